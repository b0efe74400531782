import type { AssetKind, AssetOrder, AssetOrigin } from '@contract/assets'
import { assetKinds, assetOrders, assetOrigins } from '@contract/assets'
import { Option, type Command } from 'commander'
import { ageOf } from './age-of'
import { addAssetByteCommands } from './asset-byte-commands'
import {
  assetFacts,
  assetTable,
  collectionLines,
  deletionLines,
  graphLines,
  referenceLines,
} from './asset-lines'
import { harmless } from './look'
import { numberOf } from './request-flags'
import { show, type Desk, type JsonOption } from './show'

interface ListOptions extends JsonOption {
  readonly query?: string
  readonly kind?: AssetKind
  readonly origin?: AssetOrigin
  readonly order: AssetOrder
  readonly session?: string
  readonly limit: number
}

/** `kheish assets …`: the files the daemon keeps. */
export function addAssetCommands(program: Command, desk: Desk): void {
  const assets = program.command('assets').description('files: take in, look at, hand out, delete')
  const { look } = desk.terminal

  addAssetByteCommands(assets, desk)

  assets
    .command('list')
    .description('show what is kept')
    .option('--query <text>', 'with this in their name, type, id or text')
    .addOption(new Option('--kind <kind>', 'of this kind').choices([...assetKinds]))
    .addOption(new Option('--origin <origin>', 'that came to be like this').choices([...assetOrigins]))
    .option('--session <id>', 'held by this chat')
    .addOption(new Option('--order <order>', 'which comes first').choices([...assetOrders]).default('newest'))
    .option('--limit <count>', 'how many', numberOf, 20)
    .action(({ query, kind, origin, session: session_id, order, limit, ...options }: ListOptions) =>
      show(
        desk,
        options,
        ({ ask }) => ask('assets.list', { query, kind, origin, session_id, order, limit }),
        ({ assets: rows, total }) =>
          assetTable(look, rows) + (total > rows.length ? `${rows.length} of ${total}\n` : ''),
      ),
    )

  assets
    .command('get <asset>')
    .description('show all that is known of an asset')
    .action((asset_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('assets.get', { asset_id }),
        (asset) => assetFacts(look, asset),
      ),
    )

  assets
    .command('text <asset>')
    .description('show the text that was read out of an asset')
    .option('--limit <count>', 'characters at most', numberOf)
    .action((asset_id: string, options: JsonOption & { readonly limit?: number }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('assets.text', { asset_id, limit: options.limit }),
        ({ text, is_cut }) => {
          if (is_cut) desk.terminal.err('kheish: the text goes on; this is its beginning\n')
          return `${look.isScreen ? harmless(text) : text}${text.endsWith('\n') ? '' : '\n'}`
        },
      ),
    )

  assets
    .command('references <asset>')
    .description('show who holds an asset; what is held hard can not be deleted')
    .action((asset_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('assets.references', { asset_id }),
        ({ references }) => referenceLines(look, references),
      ),
    )

  assets
    .command('graph <asset>')
    .description('show what an asset was made from, what was made from it, and where it is used')
    .action((asset_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('assets.graph', { asset_id }),
        (graph) => graphLines(look, graph),
      ),
    )

  assets
    .command('delete <asset>')
    .description('delete an asset that nothing needs; its id is never used again')
    .option('--dry-run', 'only say what would be deleted, or what is in the way')
    .action((asset_id: string, options: JsonOption & { readonly dryRun?: boolean }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('assets.delete', { asset_id, dry_run: options.dryRun }),
        (deletion) => deletionLines(look, deletion),
      ),
    )

  assets
    .command('gc')
    .description('show what nothing needs any more; with --apply delete it')
    .option('--apply', 'delete it')
    .option('--older-than <age>', 'for instance 12h or 7d; one day without it', ageOf)
    .action((options: JsonOption & { readonly apply?: boolean; readonly olderThan?: number }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('assets.gc', { dry_run: !options.apply, older_than_ms: options.olderThan }),
        (collection) => collectionLines(look, collection),
      ),
    )
}
