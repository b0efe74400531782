import { fault } from '@contract/fault'
import type { RoutesFileView } from '@contract/routes-file'
import type { Command } from 'commander'
import { doctorLines } from './doctor-lines'
import { exitCodes } from './exit-code'
import { toJson } from './print'
import { Refused, type Session } from './session'
import { show, type Desk, type JsonOption } from './show'
import type { Terminal } from './terminal'
import { withDaemon } from './with-daemon'

/** `kheish routes …`: the routes file (contract 2), and `kheish restart`, which makes a changed one hold. */
export function addRoutesCommands(program: Command, desk: Desk): void {
  const { terminal, run } = desk
  const routes = program.command('routes').description('the routes file: shown, checked, changed')

  routes
    .command('show')
    .description('write the file in force to standard output')
    .action((options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('routesFile.read', {}),
        ({ text }) => text,
      ),
    )

  routes
    .command('check [file]')
    .description('say what a start would say of a file; - or none reads standard input')
    .action((file: string | undefined, options: JsonOption) =>
      run(async () => {
        const text = await textOf(terminal, file)
        const checked = await withDaemon(terminal, ({ ask }) => ask('routesFile.check', { text }))
        terminal.out(options.json ? toJson(checked.report) : doctorLines(terminal.look, checked.report))
        return checked.report.ok ? exitCodes.ok : exitCodes.failed
      }),
    )

  routes
    .command('write [file]')
    .description('put a text in place of the file in force, unless a start would refuse it')
    .addHelpText('after', helpOnWrite)
    .action((file: string | undefined, options: JsonOption) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          const text = await textOf(terminal, file)
          const expected_sha256 = await digestOf(ask)
          return ask('routesFile.write', { text, expected_sha256 })
        },
        savedLines,
      ),
    )

  routes
    .command('set <key> [value]')
    .description('change one key of the file and nothing else in it; without VALUE the key goes away')
    .option('--route <route>', 'of this route; without it at the top of the file')
    .addHelpText('after', helpOnSet)
    .action((key: string, value: string | undefined, options: JsonOption & { readonly route?: string }) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          const { text, sha256: expected_sha256 } = await ask('routesFile.read', {})
          const edit = { kind: 'set', route_id: options.route, key, value: valueOf(value) } as const
          const edited = await ask('routesFile.edit', { text, edit })
          return ask('routesFile.write', { text: edited.text, expected_sha256 })
        },
        savedLines,
      ),
    )

  routes
    .command('restore')
    .description('put back what the last change replaced')
    .action((options: JsonOption) =>
      show(desk, options, ({ ask }) => ask('routesFile.restore', {}), savedLines),
    )

  program
    .command('restart')
    .description('restart the daemon in place, so that a changed routes file holds')
    .option('--interrupt', 'stop the runs under way; without it they are waited for')
    .action((options: JsonOption & { readonly interrupt?: boolean }) =>
      show(
        desk,
        options,
        async (session) => {
          if (session.isOwn) throw new Refused(nobody)
          return session.ask('daemon.restart', { in_flight: options.interrupt ? 'interrupt' : 'drain' })
        },
        (state) =>
          state.phase === 'ready' && state.draining
            ? `waiting for ${state.draining.runs} under way\n`
            : `${state.phase}\n`,
      ),
    )
}

const helpOnWrite = `
Standard input is read when there is no FILE. What was there before is kept as a
backup; "kheish routes restore" puts it back, "kheish restart" makes it hold.
`
const helpOnSet = `
Examples:
  kheish routes set default_route research
  kheish routes set --route research default_model anthropic/claude-sonnet-4
  kheish routes set --route quiet image_edit false
`

const nobody = fault(
  'daemon_unreachable',
  'Nobody serves this folder; the next start reads the routes file by itself.',
)

async function textOf(terminal: Terminal, file = '-'): Promise<string> {
  const text =
    file === '-'
      ? await terminal.readInput()
      : await terminal.readFile(terminal.resolve(file)).catch(() => undefined)
  if (text !== undefined) return text
  throw new Refused(fault('route_file_read_failed', 'The file could not be read.', { file }))
}

/** As TOML would have it: true, false and whole numbers are what they look like. */
function valueOf(text: string | undefined): string | boolean | number | null {
  if (text === undefined) return null
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d{1,15}$/u.test(text) ? Number(text) : text
}

const savedLines = ({ file, is_in_force }: RoutesFileView): string =>
  `${file}\n${is_in_force ? 'in force' : 'holds after: kheish restart'}\n`

/** Of the file in force; null when there is none that can be read, which is no reason not to put one there. */
async function digestOf(ask: Session['ask']): Promise<string | null> {
  try {
    return (await ask('routesFile.read', {})).sha256
  } catch (error) {
    if (error instanceof Refused && error.fault.code === 'route_file_read_failed') return null
    throw error
  }
}
