import { daemonCallNames } from '@contract/names'
import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import type { DaemonState } from '@contract/routes'
import { Failure } from '../daemon/core/failure'
import type { Daemon } from '../daemon/ports/daemon'
import type { Publish } from '../daemon/ports/events'
import { createCatchUp } from './catch-up'
import type { ControlClient } from './connect'
import type { StreamEnd } from './listen-over'

export interface RemoteOptions {
  /** The served daemon went away, after everybody was told so. */
  readonly onLost?: (why: StreamEnd['reason']) => void
  /** Events were missed: whoever shows something asks for it again. */
  readonly onReset?: () => void
  /** A listener threw: that must not end the process in whose socket it was told. */
  readonly report?: (surprise: unknown) => unknown
}

/**
 * A daemon of another process as if it were here: its calls are asked over the socket, its events published here.
 * When it goes away its state is `failed`, `daemon_unreachable`. Throws a `Failure` when it is gone already.
 * `stop` only hangs up.
 */
export async function remoteDaemon(
  client: ControlClient,
  publish: Publish,
  { onLost, onReset, report }: RemoteOptions = {},
): Promise<Daemon> {
  const hangUp = new AbortController()
  const stream = createCatchUp()
  let state: DaemonState = { phase: 'starting' }
  const tell: Publish = (event) => {
    try {
      publish(event)
    } catch (error) {
      report?.(error)
    }
  }
  const listening = await client.listen(
    { signal: hangUp.signal, onPlace: stream.told, ...(onReset ? { onReset } : {}) },
    (event) => {
      if (event.type === 'daemon.changed') state = event.state
      tell(event)
    },
  )
  if (!listening.ok) throw new Failure(listening.fault)
  const now = await client.ask('daemon.state', {})
  if (!now.ok) {
    hangUp.abort()
    throw new Failure(now.fault)
  }
  state = now.value
  void listening.value.ended.then(({ reason }) => {
    stream.end()
    if (reason === 'stopped') return
    const detail = 'The Kheish that this window belongs to has ended. What it had stored is safe.'
    state = { phase: 'failed', fault: fault('daemon_unreachable', detail) }
    tell({ type: 'daemon.changed', state })
    onLost?.(reason)
  })

  const handlers = Object.fromEntries(
    daemonCallNames.map((name) => [
      name,
      async (input: never) => {
        let place: string | undefined
        const answered = await client.ask(name, input, (id) => (place = id))
        await stream.upto(place)
        if (!answered.ok) throw new Failure(answered.fault)
        return answered.value
      },
    ]),
  )
  return {
    assets: {
      async import(source, signal) {
        let place: string | undefined
        try {
          return await client.assets.import(source, signal, (id) => (place = id))
        } finally {
          await stream.upto(place)
        }
      },
      open: client.assets.open,
      partial: client.assets.partial,
    },
    sound: client.sound,
    // Every name of the contract, each with its own signature.
    handlers: handlers as DaemonHandlers,
    state: () => state,
    stop: async () => {
      hangUp.abort()
      client.close()
    },
  }
}
