import { observedIn, type Observed } from '@contract/attached'
import type { DaemonEvent } from '@contract/events'
import type { Message } from '@contract/message'
import type { SearchHit, SessionEvent } from '@contract/sessions'
import { Option, type Command } from 'commander'
import { timeOf } from './figures'
import { harmless, oneLine, styled, type Look } from './look'
import { toJsonLine } from './print'
import { numberOf } from './request-flags'
import type { Session } from './session'
import { show, type Desk, type JsonOption } from './show'
import { table } from './table'
import type { Terminal } from './terminal'
import { visibleText } from './text-tap'
import { untilInterrupted } from './until-interrupted'
import { withDaemon } from './with-daemon'

interface EventOptions extends JsonOption {
  readonly after: number
  readonly follow?: boolean
}

/** What was said in chats: read, exported, searched. */
export function addTranscriptCommands(sessions: Command, desk: Desk): void {
  const { look } = desk.terminal

  sessions
    .command('transcript <session>')
    .description('show the newest messages of a chat, oldest first')
    .option('--limit <count>', 'how many', numberOf, 20)
    .action((session_id: string, options: JsonOption & { readonly limit: number }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sessions.transcript', { session_id, limit: options.limit }),
        ({ messages, queued }) =>
          messages.map((message) => messageLines(look, message)).join('\n') +
          queued.map((run) => `\n(queued ${run.run_id}) ${oneLine(run.request.text_preview)}\n`).join(''),
      ),
    )

  sessions
    .command('events <session>')
    .description("show a chat's journal: what came in, what was appended, what ended")
    .option('--after <offset>', 'only what came behind it', numberOf, 0)
    .option('--follow', 'go on until Ctrl-C')
    .addHelpText('after', '\nWith --follow and --json each record is a line of its own.\n')
    .action((session_id: string, options: EventOptions) =>
      options.follow
        ? desk.run(() =>
            withDaemon(desk.terminal, (session) =>
              followJournal(desk.terminal, session, session_id, options),
            ),
          )
        : show(
            desk,
            options,
            async ({ ask }) => ({ events: await journalOf(ask, session_id, options.after) }),
            ({ events }) => events.map((event) => journalLine(look, event)).join(''),
          ),
    )

  sessions
    .command('export <session>')
    .description('write a whole chat to standard output')
    .addOption(
      new Option('--format <format>', 'of the text').choices(['markdown', 'json']).default('markdown'),
    )
    .addHelpText('after', '\nExample:\n  kheish sessions export notes > notes.md\n')
    .action((session_id: string, options: JsonOption & { readonly format: 'markdown' | 'json' }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sessions.export', { session_id, format: options.format }),
        ({ text }) => (text.endsWith('\n') ? text : `${text}\n`),
      ),
    )

  sessions
    .command('search <words>')
    .description('find words in all chats, newest first')
    .option('--session <id>', 'in this chat only')
    .option('--limit <count>', 'how many', numberOf, 20)
    .action((query: string, options: JsonOption & { readonly session?: string; readonly limit: number }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sessions.search', { query, session_id: options.session, limit: options.limit }),
        ({ hits }) => hitTable(look, hits),
      ),
    )
}

function messageLines(look: Look, message: Message): string {
  const who = message.role === 'user' ? 'you' : (message.receipt?.model ?? 'model')
  const state = message.status && message.status !== 'completed' ? ` · ${message.status}` : ''
  const head = `${who} · ${timeOf(look, message.created_at_ms)}${state}`
  const text = [
    ...observedIn(message.parts).map((part) => observedLine(look, part)),
    visibleText(message.parts),
  ].join('\n')
  const shown = look.isScreen ? harmless(text) : text
  return `${styled(look, 'bold', oneLine(head))}\n${shown}${shown.endsWith('\n') ? '' : '\n'}`
}

/** What the run was given beside the words. */
const observedLine = (look: Look, { source_kind, source_id, asset, captured_at_ms }: Observed): string =>
  `[${source_kind} from ${source_id}, ${timeOf(look, captured_at_ms)}: ${oneLine(asset.file_name)}]`

async function journalOf(ask: Session['ask'], session_id: string, after: number): Promise<SessionEvent[]> {
  const found: SessionEvent[] = []
  for (;;) {
    const page = await ask('sessions.events', {
      session_id,
      after: found.at(-1)?.offset ?? after,
      limit: 1_000,
    })
    found.push(...page.events)
    if (!page.has_more) return found
  }
}

function followJournal(
  terminal: Terminal,
  session: Session,
  id: string,
  options: EventOptions,
): Promise<number> {
  let { after } = options
  const read = async () => {
    for (const event of await journalOf(session.ask, id, after)) {
      after = event.offset
      terminal.out(options.json ? toJsonLine(event) : journalLine(terminal.look, event))
    }
    return false
  }
  const concerns = (event: DaemonEvent) =>
    event.type === 'run.accepted' || event.type === 'run.ended' || event.type === 'message.added'
  return untilInterrupted(terminal, session, read, concerns, id)
}

const journalLine = (look: Look, { offset, at_ms, kind, data }: SessionEvent): string =>
  `${String(offset).padStart(4)}  ${timeOf(look, at_ms)}  ${kind}  ${oneLine(JSON.stringify(data))}\n`

const hitTable = (look: Look, hits: readonly SearchHit[]): string =>
  table(
    look,
    [
      { head: 'SESSION', of: (hit) => hit.session_id },
      { head: 'WHEN', of: (hit) => timeOf(look, hit.at_ms) },
      { head: 'WHO', of: (hit) => hit.role },
      { head: 'TITLE', of: (hit) => hit.title },
      { head: 'FOUND', of: (hit) => hit.excerpt, isFlexible: true },
    ],
    hits,
    'nothing found',
  )
