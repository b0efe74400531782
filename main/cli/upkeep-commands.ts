import type { LogLine, StorageView } from '@contract/storage'
import { Option, type Command } from 'commander'
import { countOf, sizeOf, timeOf } from './figures'
import { oneLine, styled, type Look } from './look'
import { toJsonLine } from './print'
import { numberOf } from './request-flags'
import { show, type Desk, type JsonOption } from './show'
import { facts, table } from './table'
import { untilInterrupted } from './until-interrupted'
import { withDaemon } from './with-daemon'

/** What the daemon keeps and says: `kheish storage`, `kheish logs`, `kheish events`. */
export function addUpkeepCommands(program: Command, desk: Desk): void {
  const { terminal, run } = desk
  const { look } = terminal
  const storage = program.command('storage').description('what is kept on this computer, and where')

  storage
    .command('get')
    .description('show where everything is and how large')
    .action((options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('storage.get', {}),
        (view) => storageLines(look, view),
      ),
    )

  storage
    .command('delete-all')
    .description('delete chats, drafts, costs, evidence, logs and choices; the routes file stays')
    .requiredOption('--confirm <words>', 'the words "delete everything"')
    .option('--with-keys', 'the keys too')
    .addHelpText('after', '\nThere is no way back.\n')
    .action((options: JsonOption & { readonly confirm: string; readonly withKeys?: boolean }) =>
      show(
        desk,
        options,
        ({ ask }) =>
          ask('storage.deleteAll', {
            // Other words are refused by the call itself.
            confirm: options.confirm as 'delete everything',
            with_keys: options.withKeys ?? false,
          }),
        (view) => storageLines(look, view),
      ),
    )

  program
    .command('logs')
    .description('show the newest lines of the log, secrets already taken out')
    .option('--limit <count>', 'how many', numberOf, 100)
    .addOption(
      new Option('--level <level>', 'this bad or worse')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('info'),
    )
    .action((options: JsonOption & { readonly limit: number; readonly level: LogLine['level'] }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('logs.read', { limit: options.limit, level: options.level }),
        ({ lines }) => lines.map((line) => logLine(look, line)).join(''),
      ),
    )

  program
    .command('events')
    .description('show what the daemon tells everybody, one JSON line each, until Ctrl-C')
    .option('--session <id>', 'of this chat only')
    .action((options: JsonOption & { readonly session?: string }) =>
      run(() =>
        withDaemon(terminal, (session) =>
          untilInterrupted(
            terminal,
            session,
            async () => false,
            (event) => {
              terminal.out(toJsonLine(event))
              return false
            },
            options.session,
          ),
        ),
      ),
    )
}

const storageLines = (look: Look, view: StorageView): string =>
  facts(look, [
    ['folder', view.state_root],
    [
      'holds',
      [countOf(view.chats, 'chat'), countOf(view.messages, 'message'), countOf(view.keys, 'key')].join(', '),
    ],
  ]) +
  table(
    look,
    [
      { head: 'PART', of: (part) => part.name },
      { head: 'SIZE', of: (part) => sizeOf(part.bytes), isNumber: true },
      { head: 'FILES', of: (part) => String(part.files), isNumber: true },
      { head: 'PATH', of: (part) => part.path, isFlexible: true },
    ],
    view.parts,
    'nothing',
  )

const colourOf = { debug: 'dim', info: 'cyan', warn: 'yellow', error: 'red' } as const

function logLine(look: Look, { at_ms, level, message, data }: LogLine): string {
  const more = Object.keys(data).length > 0 ? ` ${oneLine(JSON.stringify(data))}` : ''
  return `${timeOf(look, at_ms)} ${styled(look, colourOf[level], level.padEnd(5))} ${oneLine(message)}${more}\n`
}
