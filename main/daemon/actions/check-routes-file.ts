import type { InputOf } from '@contract/define'
import type { DoctorReport, runtimeCalls } from '@contract/routes'
import { doctorRoutes } from '../core/routes/doctor-routes'
import { checkDrift } from '../core/routes/inventory-record'
import { unreadableFile } from '../core/routes/rejections'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { World } from './world'

type Ports = Pick<World, 'files' | 'hash' | 'parseToml' | 'env' | 'routesFile' | 'inventoryFile'> & {
  readonly keyring: Pick<World['keyring'], 'find'>
}

/** `doctor.routes`: all that is wrong with a routes file, without the network (contract 13.3). */
export const checkRoutesFile =
  (on: Ports) =>
  async (input: InputOf<(typeof runtimeCalls)['doctor.routes']>): Promise<DoctorReport> => {
    const file = input.routes_file ?? on.routesFile
    if (file === undefined) throw new Failure(fault('not_ready', 'The demo has no routes file.'))
    const text = await readOrNothing(on.files, file)
    if (text === undefined) return unreadable(file)
    const isInForce = file === on.routesFile
    const record = isInForce ? await readOrNothing(on.files, on.inventoryFile) : undefined
    const drift = record === undefined ? undefined : checkDrift(record, on.hash(text, 'hex'))
    return doctorRoutes(
      { file, text },
      {
        parse: on.parseToml,
        env: on.env,
        ...(input.default_route === undefined ? {} : { defaultOverride: input.default_route }),
        ...(input.check_auth ? { slots: on.keyring.find } : {}),
        ...(drift ? { drift } : {}),
      },
    )
  }

async function readOrNothing(files: World['files'], path: string): Promise<string | undefined> {
  try {
    return await files.readText(path)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

const unreadable = (file: string): DoctorReport => ({
  ok: false,
  source: file,
  default_route: null,
  route_count: 0,
  auth_checked: false,
  reference_checked: false,
  canary_checked: false,
  routes: [],
  diagnostics: [],
  warnings: [],
  errors: [unreadableFile(file)],
})
