import { fault } from '@contract/fault'
import type { KeyInfo, SecretsList, SecretView } from '@contract/secrets'
import { Option, type Command } from 'commander'
import { moneyOf, timeOf } from './figures'
import type { Look } from './look'
import { Refused } from './session'
import { show, type Desk, type JsonOption } from './show'
import { facts, table } from './table'
import type { Terminal } from './terminal'

interface SetOptions extends JsonOption {
  readonly provider: 'openrouter' | 'generic'
  readonly mode: 'api_key' | 'opaque_secret'
  readonly fromEnv?: string
  readonly fromFile?: string
  readonly stdin?: boolean
  readonly verify?: boolean
}

/** `kheish secrets …`: the slots of the state root, before, between and beside the window's runs (contract 4.2, 4.5). */
export function addSecretCommands(program: Command, desk: Desk): void {
  const secrets = program.command('secrets').description('keys in the keychain of this computer')
  const { look } = desk.terminal
  const one = (secret: SecretView) => secretTable(look, [secret])

  secrets
    .command('set <slot>')
    .description('store or rotate a key; give exactly one source')
    .addOption(
      new Option('--provider <provider>', 'whose key it is')
        .choices(['openrouter', 'generic'])
        .default('openrouter'),
    )
    .addOption(
      new Option('--mode <mode>', 'what it is').choices(['api_key', 'opaque_secret']).default('api_key'),
    )
    .option('--from-env <name>', 'take the value from an environment variable')
    .option('--from-file <file>', 'take the value from a file')
    .option('--stdin', 'take the value from standard input')
    .option('--verify', 'ask the provider about the key first; store nothing when it says no')
    .addHelpText('after', helpOnSet)
    .action((slot_id: string, options: SetOptions) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          const value = await valueOf(desk.terminal, options)
          const { provider, mode, verify = false } = options
          return ask('secrets.set', { slot_id, provider, mode, verify, source: { kind: 'inline', value } })
        },
        ({ secret, key }) => one(secret) + (key ? keyFacts(look, key) : ''),
      ),
    )

  secrets
    .command('list')
    .description('show every slot, never a value')
    .action((options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('secrets.list', {}),
        (list) => secretLines(look, list),
      ),
    )

  secrets
    .command('get <slot>')
    .description('show one slot, never its value')
    .action((slot_id: string, options: JsonOption) =>
      show(desk, options, ({ ask }) => ask('secrets.get', { slot_id }), one),
    )

  secrets
    .command('test <slot>')
    .description('ask the provider about a stored key: its limit and what is left of it')
    .action((slot_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('secrets.test', { slot_id }),
        (key) => keyFacts(look, key),
      ),
    )

  secrets
    .command('delete <slot>')
    .description('remove a key that no route uses')
    .action((slot_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          await ask('secrets.delete', { slot_id })
          return { deleted: slot_id }
        },
        ({ deleted }) => `deleted ${deleted}\n`,
      ),
    )
}

const helpOnSet = `
Examples:
  kheish secrets set openrouter.primary --from-env OPENROUTER_API_KEY
  pass show openrouter | kheish secrets set openrouter.primary --stdin --verify
`

/** Read here: a daemon that serves has an environment and a folder of its own. */
async function valueOf(terminal: Terminal, { fromEnv, fromFile, stdin }: SetOptions): Promise<string> {
  const given = [fromEnv !== undefined, fromFile !== undefined, stdin === true].filter(Boolean).length
  if (given !== 1) throw invalid('Give exactly one of --from-env, --from-file and --stdin.')
  if (fromEnv !== undefined) {
    const value = Object.hasOwn(terminal.env, fromEnv) ? terminal.env[fromEnv] : undefined
    if (value === undefined) throw invalid('This environment variable is not set.')
    return value
  }
  if (fromFile !== undefined) {
    const text = await terminal.readFile(terminal.resolve(fromFile)).catch(() => undefined)
    if (text === undefined) throw invalid('The file with the key could not be read.')
    return withoutLineEnd(text)
  }
  const piped = await terminal.readInput()
  if (piped === undefined)
    throw invalid('Nothing was piped in. Try: printf %s "$KEY" | kheish secrets set … --stdin')
  return withoutLineEnd(piped)
}

const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/u, '')

const invalid = (detail: string) => new Refused(fault('secret_source_invalid', detail))

function secretLines(look: Look, { keychain, action, slots }: SecretsList): string {
  const head = `keychain: ${keychain}${action === undefined ? '' : ` (${action})`}\n`
  return head + secretTable(look, slots)
}

const secretTable = (look: Look, slots: readonly SecretView[]): string =>
  table(
    look,
    [
      { head: 'SLOT', of: (slot) => slot.slot_id },
      { head: 'PROVIDER', of: (slot) => slot.provider },
      { head: 'MODE', of: (slot) => slot.mode },
      { head: 'HELD', of: (slot) => slot.held },
      { head: 'USED BY', of: (slot) => slot.used_by.join(', ') || 'nothing', isFlexible: true },
      { head: 'CHANGED', of: (slot) => timeOf(look, slot.updated_at_ms) },
    ],
    slots,
    'no slots',
  )

const money = (usd: number | null): string | undefined => (usd === null ? undefined : moneyOf(usd))

const keyFacts = (look: Look, key: KeyInfo): string =>
  facts(look, [
    ['key', key.label],
    ['limit', money(key.limit_usd) ?? 'none'],
    ['left', money(key.limit_remaining_usd)],
    ['used', money(key.usage_usd)],
    ['free tier', key.is_free_tier === null ? undefined : key.is_free_tier ? 'yes' : 'no'],
  ])
