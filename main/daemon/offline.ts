import { join } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { checkRoutesFile } from './actions/check-routes-file'
import { createScrubber } from './core/redaction/scrub'
import { createLog } from './log/create-log'
import type { DaemonPorts } from './ports/daemon'
import { systemFiles } from './system/files'
import { systemHash } from './system/hash'
import { systemIds } from './system/ids'

/** The log of a state root for a surprise that no daemon is there to write down. */
export async function reportSurprise(stateRoot: string, surprise: unknown): Promise<string> {
  const scrubber = createScrubber()
  const { log, close } = createLog({
    folder: join(stateRoot, 'logs'),
    newRef: () => systemIds.next('ref'),
    scrub: (value) => scrubber.scrubValue(value),
  })
  const ref = log.surprise(surprise)
  await close()
  return ref
}

/** `doctor.routes` without a daemon: no state root, no lock, no keychain. */
export const inspectRoutesFile = (env: DaemonPorts['env']) => {
  const check = checkRoutesFile({
    files: systemFiles,
    hash: systemHash,
    parseToml,
    env,
    routesFile: undefined,
    inventoryFile: '',
    keyring: { find: () => undefined },
  })
  return (input: {
    readonly routes_file: string
    readonly default_route?: string
    readonly check_auth: boolean
  }) => check({ ...input, check_references: false })
}
