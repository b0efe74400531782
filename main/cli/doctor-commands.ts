import type { DoctorReport } from '@contract/routes'
import type { Command } from 'commander'
import { inspectRoutesFile } from '../daemon/index'
import { routesFileOf } from './daemon-ports'
import { doctorLines } from './doctor-lines'
import { exitCodes } from './exit-code'
import { toJson } from './print'
import { reach } from './reach'
import { numberOf } from './request-flags'
import { orRefuse } from './session'
import type { Desk, JsonOption } from './show'
import { statusLines } from './status-commands'
import { withDaemon } from './with-daemon'

interface Options extends JsonOption {
  readonly routesFile?: string
  readonly defaultRoute?: string
  readonly checkAuth?: boolean
  readonly checkReferences?: boolean
  readonly canary?: boolean
  readonly canaryTimeout: number
}

/** `kheish doctor`: all that can be wrong; `kheish doctor routes`: one routes file (contract 13.3). */
export function addDoctorCommands(program: Command, desk: Desk): void {
  const { terminal, run } = desk
  const doctor = program
    .command('doctor')
    .description('look for trouble: folder, keychain, routes, keys, runs')
    .option('--json', 'answer as JSON')
    .action((options: JsonOption) => run(() => examineAll(desk, options)))

  doctor
    .command('routes')
    .description('check a routes file')
    .option('--routes-file <file>', 'the file to check; without it the one in force')
    .option('--default-route <route>', 'as if this route had been chosen at the start')
    .option('--check-auth', 'also look for the key of every route')
    .option('--check-references', 'also look for chats and waiting runs that name what is not there')
    .option('--canary', 'also ask every route one short question; costs a little money')
    .option('--canary-timeout <seconds>', 'how long each may take', numberOf, 30)
    .addHelpText('after', helpOnDoctor)
    .action((options: Options) =>
      run(async () => {
        const report = await examine(desk, options)
        terminal.out(options.json ? toJson(report) : doctorLines(terminal.look, report))
        return report.ok ? exitCodes.ok : exitCodes.failed
      }),
    )
}

const helpOnDoctor = `
Without a --check… nothing is touched but the file. Exit 1 means not healthy.

Examples:
  kheish doctor routes --check-auth --check-references
  kheish doctor routes --canary --canary-timeout 10
  kheish doctor routes --routes-file new.toml --default-route research
`

async function examineAll({ terminal }: Desk, { json }: JsonOption): Promise<number> {
  const { look } = terminal
  const found = await withDaemon(terminal, async (session) => ({
    status: await session.ask('status.get', {}),
    routes: await session.ask('doctor.routes', { check_auth: true, check_references: true }),
    keys: await session.ask('secrets.list', {}),
    isOwn: session.isOwn,
  }))
  const { status, routes, keys, isOwn } = found
  const keychain = `keychain ${keys.keychain}${keys.action === undefined ? '' : `: ${keys.action}`}\n`
  terminal.out(
    json
      ? toJson({ ok: status.health.ok && routes.ok, status, routes, keys })
      : `${statusLines(look, status, isOwn)}\n${doctorLines(look, routes)}\n${keychain}`,
  )
  return status.health.ok && routes.ok ? exitCodes.ok : exitCodes.failed
}

async function examine({ terminal }: Desk, options: Options): Promise<DoctorReport> {
  const { routesFile, defaultRoute, checkAuth = false, checkReferences = false, canary = false } = options
  const input = {
    ...(routesFile === undefined ? {} : { routes_file: terminal.resolve(routesFile) }),
    ...(defaultRoute === undefined ? {} : { default_route: defaultRoute }),
    check_auth: checkAuth,
    check_references: checkReferences,
    ...(canary ? { canary: { timeout_ms: Math.round(options.canaryTimeout * 1_000) } } : {}),
  }
  // Slots are known to a daemon only; without them no lock is taken and nothing is made.
  if (checkAuth || checkReferences || canary)
    return withDaemon(terminal, ({ ask }) => ask('doctor.routes', input))
  const remote = routesFile === undefined ? await reach(terminal) : undefined
  if (!remote)
    return orRefuse(() => inspectRoutesFile(terminal.env)({ routes_file: routesFileOf(terminal), ...input }))
  try {
    return await remote.ask('doctor.routes', input)
  } finally {
    remote.close()
  }
}
