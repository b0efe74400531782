import type {
  AssetCollection,
  AssetDeletion,
  AssetGraph,
  AssetReference,
  AssetRow,
  AssetView,
} from '@contract/assets'
import { countOf, durationOf, sizeOf, timeOf } from './figures'
import { styled, type Look } from './look'
import { facts, table } from './table'

/** `1024×768`, `3.2 s`, or nothing: how large it is for whoever looks or listens. */
function extentOf({ width, height, duration_ms }: AssetRow): string {
  if (width !== undefined && height !== undefined) return `${width}×${height}`
  return duration_ms === undefined ? '' : durationOf(duration_ms)
}

export const assetTable = (look: Look, rows: readonly AssetRow[], none = 'no assets'): string =>
  table(
    look,
    [
      { head: 'ASSET', of: (row) => row.asset_id },
      { head: 'NAME', of: (row) => row.file_name, isFlexible: true },
      { head: 'TYPE', of: (row) => (row.is_quarantined ? `${row.media_type} (damaged)` : row.media_type) },
      { head: 'SIZE', of: (row) => sizeOf(row.byte_length), isNumber: true },
      { head: 'EXTENT', of: extentOf },
      { head: 'ORIGIN', of: (row) => row.origin },
      { head: 'MADE', of: (row) => timeOf(look, row.created_at_ms) },
    ],
    rows,
    none,
  )

export function assetFacts(look: Look, asset: AssetView): string {
  const { source_media_type, source_byte_length, media_type, byte_length } = asset
  const isChanged = source_media_type !== media_type || source_byte_length !== byte_length
  return facts(look, [
    ['asset', asset.asset_id],
    ['name', asset.file_name],
    ['type', media_type],
    ['size', sizeOf(byte_length)],
    ['extent', extentOf(asset) || undefined],
    ['given as', isChanged ? `${source_media_type}, ${sizeOf(source_byte_length)}` : undefined],
    ['pages', asset.pages?.toString()],
    [
      'text',
      asset.text_byte_length === undefined
        ? undefined
        : `${sizeOf(asset.text_byte_length)}${asset.is_text_cut ? ', cut' : ''}`,
    ],
    ['origin', asset.origin],
    ['made', timeOf(look, asset.created_at_ms)],
    ['sha256', asset.sha256],
    ['state', asset.is_quarantined ? 'damaged: its bytes are missing or were altered' : undefined],
    ...asset.provenance.map(
      (way) => ['by', `${way.tool_name} with ${way.model} in ${way.session_id}`] as const,
    ),
  ])
}

export const referenceLines = (look: Look, rows: readonly AssetReference[]): string =>
  table(
    look,
    [
      { head: 'HELD BY', of: (row) => row.domain.replaceAll('_', ' ') },
      { head: 'ID', of: (row) => row.owner_id },
      { head: 'AS', of: (row) => row.role },
      { head: 'HARD', of: (row) => (row.hard ? 'yes' : 'no') },
      { head: 'CHAT', of: (row) => row.parent_id ?? '' },
      { head: 'TITLE', of: (row) => row.title ?? '', isFlexible: true },
    ],
    rows,
    'nothing holds it',
  )

export function graphLines(look: Look, { made_from, made_into, used_in }: AssetGraph): string {
  const head = (text: string) => `${styled(look, 'bold', text)}\n`
  const uses = table(
    look,
    [
      { head: 'CHAT', of: (row) => row.session_id },
      { head: 'TITLE', of: (row) => row.title, isFlexible: true },
      { head: 'MESSAGE', of: (row) => row.message_id },
      { head: 'OF', of: (row) => (row.role === 'user' ? 'you' : 'the model') },
      { head: 'WHEN', of: (row) => timeOf(look, row.at_ms) },
    ],
    used_in,
    'nowhere',
  )
  return [
    head('made from') + assetTable(look, made_from, 'nothing'),
    head('made into') + assetTable(look, made_into, 'nothing'),
    head('used in') + uses,
  ].join('\n')
}

export function deletionLines(look: Look, deletion: AssetDeletion): string {
  const { asset_id, blocked, dry_run, reclaimable_bytes, references } = deletion
  if (blocked)
    return `${asset_id} can not be deleted, because it is needed:\n${referenceLines(look, references)}`
  return `${dry_run ? 'would delete' : 'deleted'} ${asset_id}, ${sizeOf(reclaimable_bytes)}\n`
}

export function collectionLines(look: Look, collection: AssetCollection): string {
  const { dry_run, assets, orphan_files, reclaimable_bytes, skipped } = collection
  const rows = table(
    look,
    [
      { head: 'ASSET', of: (row) => row.asset_id },
      { head: 'SIZE', of: (row) => sizeOf(row.reclaimable_bytes), isNumber: true },
    ],
    assets,
    'no asset is unused',
  )
  const what = [countOf(assets.length, 'asset'), countOf(orphan_files, 'file of nobody', 'files of nobody')]
  const kept = skipped > 0 ? `; ${countOf(skipped, 'other')} needed` : ''
  const sum = `${dry_run ? 'would delete' : 'deleted'} ${what.join(' and ')}, ${sizeOf(reclaimable_bytes)}${kept}\n`
  return rows + sum
}
