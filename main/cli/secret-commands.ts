import { fault } from '@contract/fault'
import type { Command } from 'commander'
import { secretLine, secretLines, toJson } from './print'
import type { Run, Terminal } from './terminal'
import { Refused, withDaemon } from './with-daemon'

interface SetOptions {
  readonly provider: string
  readonly mode: string
  readonly fromEnv?: string
  readonly fromFile?: string
  readonly stdin?: boolean
  readonly verify?: boolean
  readonly json?: boolean
}

/** `kheish secrets …`: the slots of the state root, before and between the window's runs (contract 4.2, 4.5). */
export function addSecretCommands(program: Command, terminal: Terminal, run: Run): void {
  const secrets = program.command('secrets').description('keys in the keychain of this computer')

  secrets
    .command('set <slot>')
    .description('store or rotate a key; give exactly one source')
    .option('--provider <provider>', 'openrouter or generic', 'openrouter')
    .option('--mode <mode>', 'api_key or opaque_secret', 'api_key')
    .option('--from-env <name>', 'take the value from an environment variable')
    .option('--from-file <file>', 'take the value from a file')
    .option('--stdin', 'take the value from standard input')
    .option('--verify', 'ask the provider about the key first; store nothing when it says no')
    .option('--json', 'answer as JSON')
    .action((slot: string, options: SetOptions) =>
      run(async () => {
        const source = await sourceOf(terminal, options)
        const { provider, mode, verify = false } = options
        const stored = await withDaemon(terminal, ({ ask }) =>
          // What is not one of the allowed words is refused by the call itself.
          ask('secrets.set', {
            slot_id: slot,
            provider: provider as 'openrouter',
            mode: mode as 'api_key',
            verify,
            source,
          }),
        )
        terminal.out(options.json ? toJson(stored) : secretLine(stored.secret))
      }),
    )

  secrets
    .command('list')
    .description('show every slot, never a value')
    .option('--json', 'answer as JSON')
    .action((options: { readonly json?: boolean }) =>
      run(async () => {
        const list = await withDaemon(terminal, ({ ask }) => ask('secrets.list', {}))
        terminal.out(options.json ? toJson(list) : secretLines(list))
      }),
    )

  secrets
    .command('get <slot>')
    .description('show one slot, never its value')
    .option('--json', 'answer as JSON')
    .action((slot: string, options: { readonly json?: boolean }) =>
      run(async () => {
        const secret = await withDaemon(terminal, ({ ask }) => ask('secrets.get', { slot_id: slot }))
        terminal.out(options.json ? toJson(secret) : secretLine(secret))
      }),
    )

  secrets
    .command('delete <slot>')
    .description('remove a key that no route uses')
    .option('--json', 'answer as JSON')
    .action((slot: string, options: { readonly json?: boolean }) =>
      run(async () => {
        await withDaemon(terminal, ({ ask }) => ask('secrets.delete', { slot_id: slot }))
        terminal.out(options.json ? toJson({ deleted: slot }) : `deleted ${slot}\n`)
      }),
    )
}

async function sourceOf(terminal: Terminal, { fromEnv, fromFile, stdin }: SetOptions) {
  const given = [fromEnv !== undefined, fromFile !== undefined, stdin === true].filter(Boolean).length
  if (given !== 1) throw invalid('Give exactly one of --from-env, --from-file and --stdin.')
  if (fromEnv !== undefined) return { kind: 'environment' as const, name: fromEnv }
  if (fromFile !== undefined) return { kind: 'file' as const, path: terminal.resolve(fromFile) }
  const value = await terminal.readInput()
  if (value === undefined)
    throw invalid('Nothing was piped in. Try: printf %s "$KEY" | kheish secrets set … --stdin')
  return { kind: 'inline' as const, value: value.replace(/\r?\n$/u, '') }
}

const invalid = (detail: string) => new Refused(fault('secret_source_invalid', detail))
