import {
  sensitivities,
  sourceKinds,
  type Sensitivity,
  type SourceAudit,
  type SourceStatus,
  type SourceView,
} from '@contract/observations'
import { Option, type Command } from 'commander'
import { ageOf } from './age-of'
import { timeOf } from './figures'
import { oneLine, type Look } from './look'
import { numberOf } from './request-flags'
import { show, type Desk, type JsonOption } from './show'
import { facts, table } from './table'
import { addTokenFlags, uploadTokenOf, type TokenOptions } from './upload-token'

interface CreateOptions extends JsonOption, TokenOptions {
  readonly kind: string
  readonly name: string
  readonly sensitivity?: Sensitivity
  readonly retention?: number
  readonly maxObservations?: number
  readonly maxBytes?: number
  readonly rateWindow?: number
  readonly rateBurst?: number
  readonly purgeRaw?: boolean
  readonly materialization?: boolean
  readonly outputDelivery?: boolean
}

/** `kheish sources …`: who may deliver captures (contract 11.1). */
export function addSourceCommands(program: Command, desk: Desk): void {
  const sources = program.command('sources').description('who may deliver recordings and snapshots')
  const { look } = desk.terminal
  const one = (source: SourceView) => sourceFacts(look, source)

  addTokenFlags(sources.command('create [source]'))
    .description('make a source, or give one that is there a new token and new terms at once')
    .addOption(
      new Option('--kind <kind>', 'what it delivers').choices([...sourceKinds]).makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'what people call it')
    .addOption(new Option('--sensitivity <which>', 'of what it delivers').choices([...sensitivities]))
    .option('--retention <age>', 'how long it is kept, for instance 12h or 7d', ageOf)
    .option('--max-observations <count>', 'how many are kept', numberOf)
    .option('--max-bytes <count>', 'bytes that are kept', numberOf)
    .option('--rate-window <ms>', 'length of the window of its rate limit', numberOf)
    .option('--rate-burst <count>', 'uploads within one window', numberOf)
    .option('--purge-raw', 'remove the files as well when their time is over')
    .option('--no-materialization', 'never give it to models')
    .option('--output-delivery', 'answers about it may leave this daemon')
    .addHelpText('after', helpOnTokens)
    .action((source_id: string | undefined, options: CreateOptions) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          const { retention } = options
          return ask('sources.create', {
            source_id,
            display_name: options.name,
            kind: options.kind,
            upload_token: await uploadTokenOf(desk.terminal, options),
            sensitivity: options.sensitivity,
            retention_seconds: retention === undefined ? undefined : Math.floor(retention / 1_000),
            max_active_observations: options.maxObservations,
            max_active_bytes: options.maxBytes,
            ingest_rate_limit_window_ms: options.rateWindow,
            ingest_rate_limit_burst: options.rateBurst,
            purge_raw_on_retention: options.purgeRaw,
            allow_materialization: options.materialization,
            allow_output_delivery: options.outputDelivery,
          })
        },
        one,
      ),
    )

  sources
    .command('list')
    .description('show all sources')
    .action((options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sources.list', {}),
        ({ sources: all }) => sourceTable(look, all),
      ),
    )

  sources
    .command('get <source>')
    .description('show the terms of a source, never its token')
    .action((source_id: string, options: JsonOption) =>
      show(desk, options, ({ ask }) => ask('sources.get', { source_id }), one),
    )

  for (const [word, status, about] of changes) {
    sources
      .command(`${word} <source>`)
      .description(about)
      .action((source_id: string, options: JsonOption) =>
        show(desk, options, ({ ask }) => ask('sources.setStatus', { source_id, status }), one),
      )
  }

  addTokenFlags(sources.command('rotate-token <source>'))
    .description('give a source a new token')
    .option('--grace <age>', 'how long the old one is taken too, a day at most; without it not at all', ageOf)
    .addHelpText('after', helpOnTokens)
    .action((source_id: string, options: JsonOption & TokenOptions & { readonly grace?: number }) =>
      show(
        desk,
        options,
        async ({ ask }) =>
          ask('sources.rotateToken', {
            source_id,
            upload_token: await uploadTokenOf(desk.terminal, options),
            grace_period_ms: options.grace,
          }),
        one,
      ),
    )

  sources
    .command('delete <source>')
    .description(
      'delete a source with its captures; their files stay in the library, unless the source purges them',
    )
    .action((source_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          await ask('sources.delete', { source_id })
          return { deleted: source_id }
        },
        ({ deleted }) => `deleted ${deleted}\n`,
      ),
    )

  sources
    .command('audit <source>')
    .description('show what happened at a source, newest first')
    .option('--limit <count>', 'how many', numberOf, 50)
    .action((source_id: string, options: JsonOption & { readonly limit: number }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('sources.audit', { source_id, limit: options.limit }),
        ({ events }) => auditTable(look, events),
      ),
    )
}

const changes: readonly (readonly [string, SourceStatus, string])[] = [
  ['pause', 'paused', 'take nothing from a source for now'],
  ['resume', 'active', 'take from a source again'],
  ['disable', 'disabled', 'take nothing from a source any more'],
]

const helpOnTokens = `
The token never stands in the command itself and is never shown again.

Example:
  openssl rand -hex 32 | tee token | kheish sources create desk \\
    --kind microphone_segment --name "Desk microphone" --token-stdin
`

const sourceTable = (look: Look, sources: readonly SourceView[]): string =>
  table(
    look,
    [
      { head: 'SOURCE', of: (source) => source.source_id },
      { head: 'NAME', of: (source) => oneLine(source.display_name), isFlexible: true },
      { head: 'KIND', of: (source) => source.kind },
      { head: 'STATUS', of: (source) => source.status },
      { head: 'KEPT', of: (source) => String(source.active_observations) },
    ],
    sources,
    'no sources',
  )

const sourceFacts = (look: Look, source: SourceView): string =>
  facts(look, [
    ['source', source.source_id],
    ['name', oneLine(source.display_name)],
    ['kind', source.kind],
    ['status', source.status],
    ['sensitivity', source.sensitivity],
    ['kept', `${source.active_observations} of ${source.max_active_observations}`],
    ['bytes', `${source.active_bytes} of ${source.max_active_bytes}`],
    ['retention', `${source.retention_seconds} s${source.purge_raw_on_retention ? ', files too' : ''}`],
    ['rate', `${source.ingest_rate_limit_burst} in ${source.ingest_rate_limit_window_ms} ms`],
    ['models', source.allow_materialization ? 'may be given it' : 'are never given it'],
    ['answers', source.allow_output_delivery ? 'may leave this daemon' : 'stay in this daemon'],
    ['token', `version ${source.upload_token_version}`],
    [
      'old token',
      source.previous_token_until_ms === undefined
        ? undefined
        : `until ${timeOf(look, source.previous_token_until_ms)}`,
    ],
  ])

const auditTable = (look: Look, events: readonly SourceAudit[]): string =>
  table(
    look,
    [
      { head: 'WHEN', of: (line) => timeOf(look, line.at_ms) },
      { head: 'WHAT', of: (line) => line.event },
      { head: 'DATA', of: (line) => (line.data ? JSON.stringify(line.data) : ''), isFlexible: true },
    ],
    events,
    'nothing happened',
  )
