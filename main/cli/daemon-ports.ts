import { join } from 'node:path'
import type { startDaemon } from '../daemon/index'
import { stateRootFor } from '../daemon/index'
import type { Terminal } from './terminal'

export type Started = Awaited<ReturnType<typeof startDaemon>>
export type Assets = Started['assets']
type Ports = Parameters<typeof startDaemon>[0]

/** What every daemon that is started from a terminal has in common. */
export function portsOf(terminal: Terminal): Omit<Ports, 'keychain' | 'publish'> {
  const routesFile = chosenRoutesFile(terminal)
  return {
    stateRoot: stateRootOf(terminal),
    ...(routesFile === undefined ? {} : { routesFile }),
    env: terminal.env,
    version: terminal.version,
    ...(terminal.forkMedia ? { forkMedia: terminal.forkMedia } : {}),
    ...(terminal.hashThread === undefined ? {} : { hashThread: terminal.hashThread }),
    browser: {
      open: () => Promise.reject(new Error('there is no browser here')),
      awaitCallback: () => Promise.reject(new Error('there is no browser here')),
    },
  }
}

/** All state of the product is under this folder, whoever starts it. */
export const stateRootOf = ({ env, platform, home, resolve }: Terminal): string =>
  resolve(stateRootFor({ env, platform, home }))

/** The routes file that a start would read. */
export const routesFileOf = (terminal: Terminal): string =>
  chosenRoutesFile(terminal) ?? join(stateRootOf(terminal), 'routes.toml')

function chosenRoutesFile({ env, resolve }: Terminal): string | undefined {
  const chosen = env['KHEISH_ROUTES_FILE']?.trim()
  return chosen ? resolve(chosen) : undefined
}
