import { createHash, randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { DaemonCalls } from '@contract/calls'
import type { GivenOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { ObservationView, RawAssetPolicy } from '@contract/observations'
import { rawAssetPolicies } from '@contract/observations'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { ageOf } from './age-of'
import { timeOf } from './figures'
import { oneLine, type Look } from './look'
import { numberOf } from './request-flags'
import { Refused } from './session'
import { show, type Desk, type JsonOption } from './show'
import { nobodyToGoOn } from './submit-command'
import { facts, table } from './table'
import { addTokenFlags, uploadTokenOf, type TokenOptions } from './upload-token'

interface IngestOptions extends JsonOption, TokenOptions {
  readonly key?: string
  readonly type?: string
  readonly capturedAt?: number
  readonly stream?: string
  readonly seq?: number
  readonly text?: string
  readonly metadata?: Record<string, unknown>
}
interface ChoiceOptions {
  readonly observation: readonly string[]
  readonly source?: string
  readonly stream?: string
  readonly group?: string
  readonly limit?: number
  readonly lookback?: number
}
interface MaterializeOptions extends JsonOption, ChoiceOptions {
  readonly raw?: RawAssetPolicy
  readonly orNothing?: boolean
  readonly key?: string
  readonly model?: string
}

/** `kheish observations …`: what sources deliver, and giving it to models (contract 11). */
export function addObservationCommands(program: Command, desk: Desk): void {
  const observations = program.command('observations').description('what sources have delivered')
  const { terminal } = desk
  const { look } = terminal

  addTokenFlags(observations.command('ingest <source> <file>'))
    .description('deliver one recording or snapshot')
    .option('--key <key>', 'the same key again delivers nothing twice; without it, one made of the file')
    .option('--type <type>', 'its media type; without it, what the file is')
    .option(
      '--captured-at <time>',
      'when it was captured, as 2026-11-29T08:00:00Z; without it, now',
      momentOf,
    )
    .option('--stream <stream>', 'the stream it belongs to')
    .option('--seq <number>', 'its place in the stream', numberOf)
    .option('--text <text>', 'what is said or shown in it')
    .option('--metadata <json>', 'more about it', objectOf)
    .action((source_id: string, file: string, options: IngestOptions) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          const upload_token = await uploadTokenOf(terminal, options)
          const bytes = await terminal.readFileBytes(terminal.resolve(file)).catch(() => undefined)
          if (!bytes) throw new Refused(fault('asset_unreadable', 'The file can’t be read.'))
          const digest = createHash('sha256').update(bytes).digest('hex')
          return ask('observations.ingest', {
            source_id,
            upload_token,
            upload: {
              file_name: basename(file),
              media_type: options.type,
              content_base64: Buffer.from(bytes).toString('base64'),
            },
            idempotency_key: options.key ?? `file-${digest}`,
            captured_at_ms: options.capturedAt,
            stream_id: options.stream,
            seq_no: options.seq,
            canonical_text: options.text,
            metadata: options.metadata,
          })
        },
        (observation) => observationFacts(look, observation),
      ),
    )

  observations
    .command('list')
    .description('show what was captured, newest first')
    .option('--source <source>', 'by this source')
    .option('--stream <stream>', 'of this stream of the source')
    .option('--include-purged', 'with what is past its retention')
    .option('--limit <count>', 'how many', numberOf, 50)
    .action(
      (
        options: JsonOption & {
          readonly source?: string
          readonly stream?: string
          readonly includePurged?: boolean
          readonly limit: number
        },
      ) =>
        show(
          desk,
          options,
          ({ ask }) =>
            ask('observations.list', {
              source_id: options.source,
              stream_id: options.stream,
              include_purged: options.includePurged,
              limit: options.limit,
            }),
          ({ observations: all }) => observationTable(look, all),
        ),
    )

  observations
    .command('get <observation>')
    .description('show all that is known of an observation')
    .action((observation_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('observations.get', { observation_id }),
        (observation) => observationFacts(look, observation),
      ),
    )

  observations
    .command('materialize <session> [text]')
    .description('ask a model something about what was observed')
    .option(
      '--observation <id>',
      'this one; may be given several times',
      (id: string, all: readonly string[]) => [...all, id],
      [],
    )
    .option('--source <source>', 'the newest of this source')
    .option('--stream <stream>', 'only of this stream')
    .option('--group <group>', 'the newest of this capture group, whatever their sources')
    .option('--limit <count>', 'of the newest so many; without it 3', numberOf)
    .option('--lookback <age>', 'none older than this, for instance 10m', ageOf)
    .addOption(
      new Option('--raw <policy>', 'whether pictures themselves go along').choices([...rawAssetPolicies]),
    )
    .option('--or-nothing', 'ask even when nothing is there')
    .option('--key <key>', 'the same key again asks nothing twice')
    .option('--model <model>', 'which model is asked')
    .addHelpText('after', helpOnMaterialize)
    .action((target_session_id: string, text: string | undefined, options: MaterializeOptions) =>
      show(
        desk,
        options,
        async ({ ask, isOwn }) => {
          if (isOwn) throw new Refused(nobodyToGoOn)
          const content = text ?? (await terminal.readInput()) ?? ''
          return ask('observations.materialize', {
            target_session_id,
            selection: selectionOf(options),
            request: {
              idempotency_key: options.key ?? randomUUID(),
              content,
              model: options.model,
            },
            raw_asset_policy: options.raw,
            fail_when_empty: !options.orNothing,
          })
        },
        ({ run }) => `${run.run_id}\n`,
      ),
    )
}

const helpOnMaterialize = `
It prints the id of the run; "kheish runs get RUN" and "kheish sessions
transcript SESSION" show what came of it.

Example:
  kheish observations materialize notes "What was decided?" --source desk --lookback 1h
`

type GivenSelection = GivenOf<DaemonCalls['observations.materialize']>['selection']

/** Fault: `call_refused` unless exactly one thing is chosen. */
function selectionOf(options: ChoiceOptions): GivenSelection {
  const { observation, source, stream, group, limit = 3, lookback } = options
  const back = lookback === undefined ? {} : { lookback_seconds: Math.max(1, Math.floor(lookback / 1_000)) }
  const chosen = [observation.length > 0, source !== undefined, group !== undefined].filter(Boolean)
  if (chosen.length !== 1 || (stream !== undefined && source === undefined))
    throw new Refused(
      fault('call_refused', 'Choose with --observation, with --source (and --stream), or with --group.', {}),
    )
  if (observation.length > 0) return { type: 'observation_ids', observation_ids: [...observation] }
  if (group !== undefined) return { type: 'observation_group', capture_group_id: group, limit, ...back }
  if (source === undefined) throw new Error('chosen, and not there')
  return stream === undefined
    ? { type: 'latest_from_source', source_id: source, limit, ...back }
    : { type: 'latest_from_stream', source_id: source, stream_id: stream, limit, ...back }
}

function momentOf(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new InvalidArgumentError('This is no date and time.')
  return at
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError('Metadata is a JSON object.')
}

const observationTable = (look: Look, observations: readonly ObservationView[]): string =>
  table(
    look,
    [
      { head: 'OBSERVATION', of: (each) => each.observation_id },
      { head: 'CAPTURED', of: (each) => timeOf(look, each.captured_at_ms) },
      { head: 'SOURCE', of: (each) => each.source_id, isFlexible: true },
      { head: 'TYPE', of: (each) => each.media_type },
      { head: 'ASSET', of: (each) => each.asset_id },
      { head: 'STATE', of: (each) => each.retention_state },
    ],
    observations,
    'nothing observed',
  )

const observationFacts = (look: Look, observation: ObservationView): string =>
  facts(look, [
    ['observation', observation.observation_id],
    ['source', observation.source_id],
    ['kind', observation.kind],
    ['state', observation.retention_state],
    ['captured', timeOf(look, observation.captured_at_ms)],
    ['received', timeOf(look, observation.received_at_ms)],
    ['stream', observation.stream_id],
    ['seq', observation.seq_no === undefined ? undefined : String(observation.seq_no)],
    ['asset', observation.asset_id],
    ['text', observation.canonical_text_asset_id],
    ['type', observation.media_type],
    ['bytes', String(observation.byte_length)],
    ['key', oneLine(observation.idempotency_key)],
    ['metadata', observation.metadata ? JSON.stringify(observation.metadata) : undefined],
  ])
