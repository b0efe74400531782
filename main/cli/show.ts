import { toJson } from './print'
import type { Session } from './session'
import type { Run, Terminal } from './terminal'
import { withDaemon } from './with-daemon'

/** What every group of commands gets. */
export interface Desk {
  readonly terminal: Terminal
  readonly run: Run
}
export interface JsonOption {
  readonly json?: boolean
}

/** Asks a daemon and shows the answer: as JSON, or laid out for a person. */
export const show = <T>(
  { terminal, run }: Desk,
  { json }: JsonOption,
  ask: (session: Session) => Promise<T>,
  lines: (value: T) => string,
): Promise<void> =>
  run(async () => {
    const value = await withDaemon(terminal, ask)
    terminal.out(json ? toJson(value ?? null) : lines(value))
  })
