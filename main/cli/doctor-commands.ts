import type { DoctorReport } from '@contract/routes'
import type { Command } from 'commander'
import { inspectRoutesFile } from '../daemon/index'
import { routesFileOf } from './daemon-ports'
import { exitCodes } from './exit-code'
import { styled, type Look } from './look'
import { toJson } from './print'
import { reach } from './reach'
import { orRefuse } from './session'
import type { Desk, JsonOption } from './show'
import { table } from './table'
import { withDaemon } from './with-daemon'

interface Options extends JsonOption {
  readonly routesFile?: string
  readonly defaultRoute?: string
  readonly checkAuth?: boolean
}

/** `kheish doctor routes`: what is wrong with a routes file, without the network (contract 13.3). */
export function addDoctorCommands(program: Command, desk: Desk): Command {
  const { terminal, run } = desk
  const doctor = program.command('doctor').description('look for trouble')

  doctor
    .command('routes')
    .description('check a routes file')
    .option('--routes-file <file>', 'the file to check; without it the one in force')
    .option('--default-route <route>', 'as if this route had been chosen at the start')
    .option('--check-auth', 'also look for the key of every route')
    .addHelpText('after', helpOnDoctor)
    .action((options: Options) =>
      run(async () => {
        const report = await examine(desk, options)
        terminal.out(options.json ? toJson(report) : doctorLines(terminal.look, report))
        return report.ok ? exitCodes.ok : exitCodes.failed
      }),
    )
  return doctor
}

const helpOnDoctor = `
Without a --check… nothing is touched but the file. Exit 1 means not healthy.

Examples:
  kheish doctor routes --check-auth
  kheish doctor routes --routes-file new.toml --default-route research
`

async function examine({ terminal }: Desk, options: Options): Promise<DoctorReport> {
  const { routesFile, defaultRoute, checkAuth = false } = options
  const input = {
    ...(routesFile === undefined ? {} : { routes_file: terminal.resolve(routesFile) }),
    ...(defaultRoute === undefined ? {} : { default_route: defaultRoute }),
    check_auth: checkAuth,
  }
  // Slots are known to a daemon only; without them no lock is taken and nothing is made.
  if (checkAuth) return withDaemon(terminal, ({ ask }) => ask('doctor.routes', input))
  const remote = routesFile === undefined ? await reach(terminal) : undefined
  if (!remote)
    return orRefuse(() => inspectRoutesFile(terminal.env)({ routes_file: routesFileOf(terminal), ...input }))
  try {
    return await remote.ask('doctor.routes', input)
  } finally {
    remote.close()
  }
}

export function doctorLines(look: Look, report: DoctorReport): string {
  const routes = table(
    look,
    [
      { head: '', of: (route) => (route.route_id === report.default_route ? '*' : ' ') },
      { head: 'ROUTE', of: (route) => route.route_id },
      { head: 'MODEL', of: (route) => route.model },
      { head: 'KEY FROM', of: (route) => [route.auth_kind, route.auth_ref].filter(Boolean).join(' ') },
    ],
    report.routes,
    'no routes',
  )
  const warnings = report.warnings.map(
    (each) => `${styled(look, 'yellow', 'warning')} ${each.code}: ${each.message}${placeOf(each)}\n`,
  )
  const errors = report.errors.map(
    (each) => `${styled(look, 'red', 'error')} ${each.code}: ${each.detail}${placeOf(each)}\n`,
  )
  const verdict = report.ok ? styled(look, 'green', 'healthy') : styled(look, 'red', 'not healthy')
  return [`${report.source}: ${verdict}\n`, routes, ...warnings, ...errors].join('')
}

const placeOf = (spot: object): string => {
  const { line, column } = spot as { readonly line?: number; readonly column?: number }
  return line === undefined ? '' : ` (line ${line}, column ${column ?? 1})`
}
