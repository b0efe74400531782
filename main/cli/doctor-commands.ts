import type { Command } from 'commander'
import { inspectRoutesFile } from '../daemon/index'
import { exitCodes } from './exit-code'
import { doctorLines, toJson } from './print'
import type { Run, Terminal } from './terminal'
import { orRefuse, routesFileOf, withDaemon } from './with-daemon'

interface Options {
  readonly routesFile?: string
  readonly defaultRoute?: string
  readonly checkAuth?: boolean
  readonly json?: boolean
}

/** `kheish doctor routes`: what is wrong with a routes file, without the network (contract 13.3). */
export function addDoctorCommands(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('doctor')
    .description('look for trouble')
    .command('routes')
    .description('check a routes file')
    .option('--routes-file <file>', 'the file to check; without it the one that a start would read')
    .option('--default-route <route>', 'as if this route had been chosen at the start')
    .option('--check-auth', 'also look for the key of every route')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      run(async () => {
        const { routesFile, defaultRoute, checkAuth = false } = options
        const input = {
          routes_file: routesFile === undefined ? routesFileOf(terminal) : terminal.resolve(routesFile),
          ...(defaultRoute === undefined ? {} : { default_route: defaultRoute }),
          check_auth: checkAuth,
        }
        // Slots are known to the state root only; without them no lock is taken and nothing is made.
        const report = checkAuth
          ? await withDaemon(terminal, ({ ask }) => ask('doctor.routes', input))
          : await orRefuse(() => inspectRoutesFile(terminal.env)(input))
        terminal.out(options.json ? toJson(report) : doctorLines(report))
        return report.ok ? exitCodes.ok : exitCodes.failed
      }),
    )
}
