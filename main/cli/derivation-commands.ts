import { derivationProfiles, type DerivationProfile, type DerivationView } from '@contract/derivations'
import type { AssetId, ObservationId, SessionId } from '@contract/ids'
import { Option, type Command } from 'commander'
import { timeOf } from './figures'
import { numberOf } from './request-flags'
import { show, type Desk, type JsonOption } from './show'
import { table } from './table'
import { tellDerived } from './transcribe-command'
import { withDaemon } from './with-daemon'

interface SubjectFlags extends JsonOption {
  readonly asset?: string
  readonly observation?: string
  readonly session?: string
  readonly offset?: number
}
interface CreateFlags extends SubjectFlags {
  readonly profile: DerivationProfile
  readonly language?: string
  readonly prompt?: string
  readonly model?: string
  readonly provider?: string
  readonly forceRefresh?: boolean
  readonly retryFailed?: boolean
}

/** `kheish derivations …`: what was made readable of recordings, files, captures and inputs. */
export function addDerivationCommands(program: Command, desk: Desk): void {
  const derivations = program
    .command('derivations')
    .description('texts and previews that were made of recordings, files and captures')
  const { terminal, run } = desk

  withSubject(
    derivations.command('create').description('make the text or the preview of something, or find it'),
  )
    .addOption(
      new Option('--profile <profile>', 'what is made of it')
        .choices([...derivationProfiles])
        .default('canonical_text'),
    )
    .option('--language <code>', 'what is spoken in a recording')
    .option('--prompt <words>', 'names and words that may come up in a recording')
    .option('--model <model>', 'the model that writes down')
    .option('--provider <route>', 'route id')
    .option('--force-refresh', 'make it anew, though it is there')
    .option('--retry-failed', 'try again what failed before')
    .action((flags: CreateFlags) =>
      run(() =>
        withDaemon(terminal, async ({ ask }) => {
          const { language, prompt } = flags
          const made = await ask('derivations.create', {
            profile: flags.profile,
            subject: subjectOf(flags),
            ...(language === undefined && prompt === undefined ? {} : { options: { language, prompt } }),
            model: flags.model,
            provider: flags.provider,
            force_refresh: flags.forceRefresh ?? false,
            retry_failed: flags.retryFailed ?? false,
          })
          return tellDerived(terminal, made, flags.json)
        }),
      ),
    )

  derivations
    .command('get <derivation>')
    .description('show one of them')
    .action((id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('derivations.get', { derivation_id: id }),
        (one) => list(desk, [one]),
      ),
    )

  withSubject(derivations.command('list').description('show them, newest first'))
    .option('--limit <count>', 'at most so many; 50 without it', numberOf)
    .action((flags: SubjectFlags & { readonly limit?: number }) =>
      show(
        desk,
        flags,
        ({ ask }) =>
          ask('derivations.list', {
            ...((flags.asset ?? flags.observation ?? flags.session) === undefined
              ? {}
              : { subject: subjectOf(flags) }),
            ...(flags.limit === undefined ? {} : { limit: flags.limit }),
          }),
        ({ derivations: all }) => list(desk, all),
      ),
    )
}

const withSubject = (command: Command): Command =>
  command
    .option('--asset <asset>', 'of a recording or another file')
    .option('--observation <observation>', 'of a capture')
    .option('--session <session>', 'of an input of this chat, with --offset')
    .option('--offset <place>', 'place of the input in the chat’s journal', numberOf)

/** Of several the first; the daemon says what is missing. */
function subjectOf({ asset, observation, session, offset = 0 }: SubjectFlags) {
  if (observation !== undefined)
    return { type: 'observation' as const, observation_id: observation as ObservationId }
  if (session !== undefined)
    return { type: 'session_input' as const, session_id: session as SessionId, offset }
  return { type: 'asset' as const, asset_id: (asset ?? '') as AssetId }
}

const list = ({ terminal }: Desk, all: readonly DerivationView[]): string =>
  table(
    terminal.look,
    [
      { head: 'DERIVATION', of: (one) => one.derivation_id },
      { head: 'OF', of: (one) => idOf(one), isFlexible: true },
      { head: 'STATUS', of: (one) => (one.fault ? `${one.status}: ${one.fault.code}` : one.status) },
      { head: 'RESULT', of: (one) => one.result_asset_id ?? '' },
      { head: 'MADE', of: (one) => timeOf(terminal.look, one.created_at_ms) },
    ],
    all,
    'nothing was derived yet',
  )

function idOf({ subject }: DerivationView): string {
  if (subject.type === 'asset') return subject.asset_id
  if (subject.type === 'observation') return subject.observation_id
  return `${subject.session_id} ${String(subject.offset)}`
}
