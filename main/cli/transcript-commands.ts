import type { Message } from '@contract/message'
import type { SearchHit } from '@contract/sessions'
import { Option, type Command } from 'commander'
import { timeOf } from './figures'
import { harmless, oneLine, styled, type Look } from './look'
import { numberOf } from './request-flags'
import { show, type Desk, type JsonOption } from './show'
import { table } from './table'
import { visibleText } from './text-tap'

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
  const text = visibleText(message.parts)
  const shown = look.isScreen ? harmless(text) : text
  return `${styled(look, 'bold', oneLine(head))}\n${shown}${shown.endsWith('\n') ? '' : '\n'}`
}

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
