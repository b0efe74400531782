import { daemonCalls } from '@contract/calls'
import type { DaemonCalls } from '@contract/calls'
import type { InputOf, OutputOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import { refuseInput } from '@contract/refuse-input'
import { startDaemon } from '../daemon/index'
import { portsOf, type Started } from './daemon-ports'
import { orRefuse, Refused, refusing, type Session } from './session'
import type { Terminal } from './terminal'

/** Runs `work` on a daemon of its own in this process. Throws `Refused`, `state_root_in_use` among the faults. */
export async function withOwnDaemon<T>(
  terminal: Terminal,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const keychain = terminal.openKeychain()
  const hearing = new Set<(event: DaemonEvent) => void>()
  const publish = (event: DaemonEvent) => {
    for (const hear of hearing) hear(event)
  }
  let daemon: Started | undefined
  try {
    daemon = await orRefuse(() => startDaemon({ ...portsOf(terminal), isPassive: true, keychain, publish }))
    const { handlers } = daemon
    return await work({
      async ask(name, input) {
        const parsed = daemonCalls[name].input.safeParse(input)
        if (!parsed.success) throw new Refused(refuseInput(name, parsed.error))
        const handle = handlers[name] as (input: unknown) => OutputOf<DaemonCalls[typeof name]>
        return orRefuse(() => handle(parsed.data as InputOf<DaemonCalls[typeof name]>))
      },
      assets: refusing(daemon.assets),
      listen: async (hear) => {
        hearing.add(hear)
        return () => void hearing.delete(hear)
      },
      lost: new Promise(() => undefined),
      isOwn: true,
    })
  } finally {
    await daemon?.stop()
    await keychain.close()
  }
}
