import { connectControl } from '../control/connect'
import { stateRootOf } from './daemon-ports'
import { Refused, refusing, type Session } from './session'
import type { Terminal } from './terminal'

/** A daemon of another process. */
export interface Remote extends Session {
  close(): void
}

/** The daemon that serves the state root, over its socket; undefined when nobody does. */
export async function reach(terminal: Terminal): Promise<Remote | undefined> {
  const client = await connectControl(stateRootOf(terminal))
  if (!client) return undefined
  let lose!: () => void
  const lost = new Promise<void>((resolve) => (lose = resolve))
  return {
    async ask(name, input) {
      const answered = await client.ask(name, input)
      if (answered.ok) return answered.value
      throw new Refused(answered.fault)
    },
    assets: refusing(client.assets),
    async listen(hear, { session_id, missed } = {}) {
      const hangUp = new AbortController()
      const options = {
        signal: hangUp.signal,
        ...(session_id === undefined ? {} : { session_id }),
        ...(missed ? { onReset: missed } : {}),
      }
      const listening = await client.listen(options, (event) => hear(event))
      if (!listening.ok) throw new Refused(listening.fault)
      void listening.value.ended.then(({ reason }) => {
        if (reason !== 'stopped') lose()
      })
      return () => hangUp.abort()
    },
    lost,
    isOwn: false,
    close: () => client.close(),
  }
}
