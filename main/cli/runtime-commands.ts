import { debugLevels, type DebugLevel } from '@contract/debug-level'
import { permissionModes, type PermissionMode, type RuntimeView } from '@contract/routes'
import { Argument, type Command } from 'commander'
import { helpOnSelectors } from './help'
import { styled, type Look } from './look'
import { refuseRepair, type Session } from './session'
import { show, type Desk, type JsonOption } from './show'
import { facts, table } from './table'

/** `kheish runtime …`: routes and models in force (contract 13.1). */
export function addRuntimeCommands(program: Command, desk: Desk): void {
  const runtime = program.command('runtime').description('what is in force: routes, models, modes')
  const { look } = desk.terminal
  const lines = (view: RuntimeView) => runtimeLines(look, view)
  /** A routes file that was refused says so, in place of "not ready". */
  const ready =
    <T>(ask: (session: Session) => Promise<T>) =>
    async (session: Session): Promise<T> => {
      await refuseRepair(session)
      return ask(session)
    }

  runtime
    .command('get')
    .description('show what is in force')
    .action((options: JsonOption) =>
      show(
        desk,
        options,
        ready(({ ask }) => ask('runtime.get', {})),
        lines,
      ),
    )

  runtime
    .command('set-model <selector>')
    .description('choose the default route and its model: MODEL or ROUTE/MODEL')
    .option('--provider <route>', 'route id')
    .addHelpText('after', helpOnSelectors)
    .action((model: string, options: JsonOption & { readonly provider?: string }) =>
      show(
        desk,
        options,
        ready(({ ask }) => ask('runtime.setModel', { model, provider: options.provider })),
        lines,
      ),
    )

  runtime
    .command('set-permission-mode')
    .description('choose what tools may do without asking, from the next run on')
    .addArgument(new Argument('<mode>').choices([...permissionModes]))
    .action((mode: PermissionMode, options: JsonOption) =>
      show(
        desk,
        options,
        ready(({ ask }) => ask('runtime.setPermissionMode', { mode })),
        lines,
      ),
    )

  runtime
    .command('set-debug-level')
    .description('choose how much of the next runs is kept as evidence')
    .addArgument(new Argument('<level>').choices([...debugLevels]))
    .option('--encrypt', 'encrypt it with a key in the keychain')
    .option('--no-encrypt', 'do not')
    .addHelpText('after', helpOnLevels)
    .action((level: DebugLevel, options: JsonOption & { readonly encrypt?: boolean }) =>
      show(
        desk,
        options,
        ready(({ ask }) => ask('runtime.setDebugLevel', { level, encrypt: options.encrypt })),
        lines,
      ),
    )
}

const helpOnLevels = `
  off       nothing
  on        sizes and digests
  redacted  what was said to the provider and back, words as counts
  full      all of it but credentials

Kept for 7 days: kheish runs debug, kheish runs evidence.
`

export function runtimeLines(look: Look, runtime: RuntimeView): string {
  const routes = table(
    look,
    [
      { head: '', of: (route) => (route.route_id === runtime.route_id ? '*' : ' ') },
      { head: 'ROUTE', of: (route) => route.route_id },
      { head: 'DRIVER', of: (route) => route.provider },
      { head: 'MODEL', of: (route) => route.model },
      { head: 'KEY', of: (route) => route.auth_ref ?? '' },
    ],
    runtime.routes,
    'no routes',
  )
  const troubles = runtime.route_diagnostics.map((each) => `${styled(look, 'yellow', '!')} ${each.message}\n`)
  const settings = facts(look, [
    ['permission mode', runtime.permission_mode],
    ['debug level', levelOf(runtime)],
    ['revision', String(runtime.config.revision)],
  ])
  return [routes, ...troubles, settings].join('')
}

function levelOf({ debug_level, debug_capture }: RuntimeView): string {
  const { encrypted, blocked } = debug_capture
  const notes = [encrypted ? 'encrypted' : '', blocked === undefined ? '' : `blocked: ${blocked}`]
  return [debug_level, ...notes.filter(Boolean)].join(', ')
}
