import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Argument, type Command } from 'commander'
import { completionScript, shells, type Shell } from './completion-script'
import { askedKinds, placesOf, type AskedKind } from './completion-words'
import { stateRootOf } from './daemon-ports'
import type { Session } from './session'
import { toJson } from './print'
import type { Desk, JsonOption } from './show'
import { withDaemon } from './with-daemon'

/** `kheish completions`, and what its scripts ask behind the scenes. */
export function addCompletionCommands(program: Command, { terminal, run }: Desk): void {
  program
    .command('completions')
    .description('print what a shell reads to complete commands, options and ids')
    .addArgument(new Argument('<shell>').choices([...shells]))
    .addHelpText('after', helpOnCompletions)
    .action((shell: Shell, { json }: JsonOption) =>
      run(async () => {
        const script = completionScript(shell, placesOf(program))
        terminal.out(json ? toJson({ shell, script }) : script)
      }),
    )

  program
    .command('complete-values', { hidden: true })
    .addArgument(new Argument('<kind>').choices([...askedKinds]))
    .action((kind: AskedKind) =>
      run(async () => {
        // A key that was pressed makes no folder and tells no trouble.
        if (!existsSync(join(stateRootOf(terminal), 'kheish.sqlite'))) return
        const values = await withDaemon(terminal, (session) => valuesOf[kind](session)).catch(() => [])
        terminal.out(values.map((value) => `${value}\n`).join(''))
      }),
    )
}

const helpOnCompletions = `
Where to put it:
  bash  source <(kheish completions bash)      in ~/.bashrc
  zsh   source <(kheish completions zsh)       in ~/.zshrc, after compinit
  fish  kheish completions fish > ~/.config/fish/completions/kheish.fish
`

/** Few enough to choose from. */
const limit = 100

const valuesOf: Readonly<Record<AskedKind, (session: Session) => Promise<readonly string[]>>> = {
  sessions: async ({ ask }) =>
    (await ask('sessions.list', { limit })).sessions.map((each) => each.session_id),
  runs: async ({ ask }) => (await ask('runs.list', { limit })).runs.map((each) => each.run_id),
  assets: async ({ ask }) => (await ask('assets.list', { limit })).assets.map((each) => each.asset_id),
  routes: async ({ ask }) => (await ask('runtime.get', {})).routes.map((each) => each.route_id),
  models: async ({ ask }) => {
    const [{ models }, { routes, route_id }] = await Promise.all([
      ask('models.list', {}),
      ask('runtime.get', {}),
    ])
    const ids = models.map((each) => each.id)
    // With several routes the default one's models can be told from the others' only by its name.
    return routes.length > 1 ? [...ids, ...ids.map((id) => `${route_id}/${id}`)] : ids
  },
  slots: async ({ ask }) => (await ask('secrets.list', {})).slots.map((each) => each.slot_id),
  tools: async ({ ask }) => (await ask('tools.list', {})).tools.map((each) => each.name),
  rules: async ({ ask }) => (await ask('permissions.listRules', {})).rules.map((each) => each.rule_id),
  approvals: async ({ ask }) => (await ask('approvals.list', {})).approvals.map((each) => each.approval_id),
}
