import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { CanaryResult, DoctorReport, runtimeCalls } from '@contract/routes'
import { Failure } from '../core/failure'
import { checkReferences } from '../core/routes/check-references'
import { doctorRoutes } from '../core/routes/doctor-routes'
import { checkDrift } from '../core/routes/inventory-record'
import { unreadableFile } from '../core/routes/rejections'
import { askCanary } from './ask-canary'
import type { World } from './world'

type Input = InputOf<(typeof runtimeCalls)['doctor.routes']>
type StaticPorts = Pick<World, 'files' | 'hash' | 'parseToml' | 'env' | 'routesFile' | 'inventoryFile'> & {
  readonly keyring: Pick<World['keyring'], 'find'>
}
/** What only a running daemon knows. */
type Live = Parameters<typeof askCanary>[0] & Pick<World, 'discovery'>

/**
 * `doctor.routes`: all that is wrong with a routes file (contract 13.3). Static and without the network, unless a
 * canary is asked for. Without a running daemon there is no `live`.
 */
export const checkRoutesFile =
  (on: StaticPorts, live?: Live) =>
  async (input: Input): Promise<DoctorReport> => {
    const file = input.routes_file ?? on.routesFile
    if (file === undefined) throw new Failure(fault('not_ready', 'The demo has no routes file.'))
    const isInForce = file === on.routesFile
    if (input.check_references && !live) throw notRunning('References are checked')
    if (input.canary && !live) throw notRunning('A canary is sent')
    if (input.canary && !isInForce) {
      const detail = 'A canary asks the routes in force. Put the file in place first.'
      throw new Failure(fault('call_refused', detail, { call: 'doctor.routes' }))
    }
    const text = await readOrNothing(on.files, file)
    if (text === undefined) return unreadable(file)
    const record = isInForce ? await readOrNothing(on.files, on.inventoryFile) : undefined
    const drift = record === undefined ? undefined : checkDrift(record, on.hash(text, 'hex'))
    const report = doctorRoutes(
      { file, text },
      {
        parse: on.parseToml,
        env: on.env,
        ...(input.default_route === undefined ? {} : { defaultOverride: input.default_route }),
        ...(input.check_auth ? { slots: on.keyring.find } : {}),
        ...(drift ? { drift } : {}),
      },
    )
    if (!live) return report
    const known = isInForce ? withMatrix(report, live) : report
    const referred = input.check_references ? withReferences(known, live) : known
    return input.canary ? withCanaries(referred, live, input.canary) : referred
  }

const withMatrix = (report: DoctorReport, { discovery }: Live): DoctorReport => ({
  ...report,
  routes: report.routes.map((route) => {
    const matrix = discovery.matrixOf(route.route_id)
    return matrix ? { ...route, capability_matrix: matrix } : route
  }),
})

function withReferences(report: DoctorReport, { store }: Live): DoctorReport {
  const runs = new Map<string, number>()
  for (const { route_id } of store.runs.unfinished()) runs.set(route_id, (runs.get(route_id) ?? 0) + 1)
  const stale = checkReferences(
    report.routes.map(({ route_id }) => route_id),
    {
      sessions: store.sessions.routesNamed(),
      runs: [...runs].map(([route_id, count]) => ({ route_id, count })),
    },
  )
  return { ...report, reference_checked: true, warnings: [...report.warnings, ...stale] }
}

/** One route after the other, so that what it costs is bounded at any moment. */
async function withCanaries(
  report: DoctorReport,
  live: Live,
  { routes: wanted, ...bounds }: NonNullable<Input['canary']>,
): Promise<DoctorReport> {
  const table = live.routing.ready()
  const chosen = wanted ?? table.routes.map(({ route_id }) => route_id)
  const canaries: CanaryResult[] = []
  for (const routeId of chosen) {
    const route = table.routes.find(({ route_id }) => route_id === routeId)
    if (!route) throw new Failure(fault('route_unknown', 'There is no route of this name.'))
    canaries.push(await askCanary(live, route, bounds))
  }
  const isWell = canaries.every(({ result }) => result === 'passed')
  return { ...report, ok: report.ok && isWell, canary_checked: true, canaries }
}

const notRunning = (what: string) =>
  new Failure(fault('not_ready', `${what} by a running Kheish only. Start it first.`))

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
