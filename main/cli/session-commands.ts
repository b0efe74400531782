import type { SessionView } from '@contract/sessions'
import type { Command } from 'commander'
import { costOf, timeOf } from './figures'
import { helpOnSelectors } from './help'
import { addInputCommand } from './input-command'
import type { Look } from './look'
import { numberOf } from './request-flags'
import { show, type Desk, type JsonOption } from './show'
import { addSubmitCommand } from './submit-command'
import { facts, table } from './table'
import { addTranscriptCommands } from './transcript-commands'

/** `kheish sessions …`: chats. */
export function addSessionCommands(program: Command, desk: Desk): void {
  const sessions = program.command('sessions').description('chats: make, ask, read, search')
  const { look } = desk.terminal
  const one = (session: SessionView) => sessionFacts(look, session)

  sessions
    .command('create')
    .description('make a chat; an id that is there already answers that chat')
    .option('--session <id>', 'its id; without it one is made up')
    .option('--title <title>', 'without it the first message names it')
    .addHelpText('after', '\nExample:\n  kheish sessions create --session notes --title "Notes"\n')
    .action((options: JsonOption & { readonly session?: string; readonly title?: string }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sessions.create', { session_id: options.session, title: options.title }),
        one,
      ),
    )

  sessions
    .command('list')
    .description('show the newest chats')
    .option('--limit <count>', 'how many', numberOf, 20)
    .action((options: JsonOption & { readonly limit: number }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sessions.list', { limit: options.limit }),
        ({ sessions: rows, total }) =>
          sessionTable(look, rows) + (total > rows.length ? `${rows.length} of ${total}\n` : ''),
      ),
    )

  sessions
    .command('get <session>')
    .description('show a chat: its route, cost and what it is doing')
    .action((session_id: string, options: JsonOption) =>
      show(desk, options, ({ ask }) => ask('sessions.get', { session_id }), one),
    )

  addInputCommand(sessions, desk)
  addSubmitCommand(sessions, desk)

  sessions
    .command('interrupt <session>')
    .description('stop what a chat is doing; what had arrived is kept')
    .action((session_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sessions.interrupt', { session_id }),
        ({ run }) => (run ? `${run.run_id} ${run.status}\n` : 'nothing to stop\n'),
      ),
    )

  sessions
    .command('set-route <session> [selector]')
    .description('choose route and model of the next runs; without SELECTOR and --provider the default again')
    .option('--provider <route>', 'route id')
    .addHelpText('after', helpOnSelectors)
    .action(
      (session_id: string, model: string | undefined, options: JsonOption & { readonly provider?: string }) =>
        show(
          desk,
          options,
          async ({ ask }) => {
            const split = await ask('runtime.parseSelector', { model, provider: options.provider })
            const { provider = null, model: split_model = null } = split
            return ask('sessions.setRoute', { session_id, provider, model: split_model })
          },
          one,
        ),
    )

  sessions
    .command('rename <session> <title>')
    .description('give a chat another title')
    .action((session_id: string, title: string, options: JsonOption) =>
      show(desk, options, ({ ask }) => ask('sessions.rename', { session_id, title }), one),
    )

  sessions
    .command('delete <session>')
    .description('delete a chat; the app can bring it back for half a minute, and so can "restore"')
    .action((session_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sessions.delete', { session_id }),
        (deleted) => `deleted ${session_id}, restorable until ${timeOf(look, deleted.restorable_until_ms)}\n`,
      ),
    )

  sessions
    .command('restore <session>')
    .description('bring a chat back that was just deleted')
    .action((session_id: string, options: JsonOption) =>
      show(desk, options, ({ ask }) => ask('sessions.restore', { session_id }), one),
    )

  addTranscriptCommands(sessions, desk)
}

const routeOf = ({ provider, model }: SessionView): string =>
  [provider, model].filter((each) => each !== undefined).join('/') || 'default'

const moneySpent = ({ cost_usd: usd }: SessionView): string =>
  usd === undefined ? '' : (costOf({ basis: 'reported', usd }) ?? '')

function sessionTable(look: Look, rows: readonly SessionView[]): string {
  return table(
    look,
    [
      { head: 'SESSION', of: (row) => row.session_id },
      { head: 'TITLE', of: (row) => row.title, isFlexible: true },
      { head: 'ROUTE', of: routeOf },
      { head: 'DOING', of: (row) => row.activity },
      { head: 'COST', of: moneySpent, isNumber: true },
      { head: 'CHANGED', of: (row) => timeOf(look, row.updated_at_ms) },
    ],
    rows,
    'no chats',
  )
}

const sessionFacts = (look: Look, session: SessionView): string =>
  facts(look, [
    ['session', session.session_id],
    ['title', session.title || undefined],
    ['route', routeOf(session)],
    ['doing', session.activity],
    ['cost', moneySpent(session) || undefined],
    ['made', timeOf(look, session.created_at_ms)],
    ['changed', timeOf(look, session.updated_at_ms)],
    ['draft', session.draft || undefined],
  ])
