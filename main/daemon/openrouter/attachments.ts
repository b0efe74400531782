import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { longestFileText } from '../core/pricing/estimate'
import { dataUrlLength } from '../core/pricing/picture-tokens'
import { attachmentsOf } from '../core/runs/text-of'
import { isPicture } from '../core/runs/context-pictures'
import type { ChatTurn } from '../ports/driver'
import { tooLarge, type CallFacts } from './faults'

/** What was read of a turn's files, at the last moment and each once. */
export interface Attached {
  /** Data URLs of the pictures that travel as pictures, each in the message at that place of the history. */
  readonly pictures: ReadonlyMap<AssetId, { readonly url: string; readonly place: number }>
  readonly texts: ReadonlyMap<AssetId, string>
}
export const nothingAttached: Attached = { pictures: new Map(), texts: new Map() }

/**
 * Reads what a turn needs of its files. A picture that several messages hold travels with the newest of them. Faults:
 * whatever reading says (`asset_not_found`, `asset_integrity_mismatch`); `provider_error` of kind `too_large` when the
 * pictures alone are longer than `most` characters, before any is read.
 */
export async function readAttachments(turn: ChatTurn, most: number, facts: CallFacts): Promise<Attached> {
  const { contents, pictures = new Set<AssetId>() } = turn
  if (!contents) return nothingAttached
  const newest = new Map<AssetId, number>()
  const files = new Map<AssetId, AssetRef>()
  turn.history.forEach((message, place) => {
    for (const asset of message.role === 'user' ? attachmentsOf(message.parts) : []) {
      newest.set(asset.asset_id, place)
      files.set(asset.asset_id, asset)
    }
  })
  const all = [...files.values()]
  const shown = all.filter((asset) => isPicture(asset) && pictures.has(asset.asset_id))
  const length = shown.reduce((sum, asset) => sum + dataUrlLength(asset), 0)
  if (length > most) throw tooLarge(length, most, facts)
  const [urls, texts] = await Promise.all([
    Promise.all(
      shown.map(async ({ asset_id, media_type }) => {
        const base64 = Buffer.from(await contents.bytes(asset_id)).toString('base64')
        const url = `data:${media_type};base64,${base64}`
        return [asset_id, { url, place: newest.get(asset_id) ?? 0 }] as const
      }),
    ),
    Promise.all(
      all
        .filter((asset) => !isPicture(asset))
        .map(async ({ asset_id }) => [asset_id, (await contents.text(asset_id)) ?? ''] as const),
    ),
  ])
  return { pictures: new Map(urls), texts: new Map(texts) }
}

/** Names are people's own; a line of its own stays one. */
const named = ({ file_name, media_type }: AssetRef): string =>
  `${file_name.replace(/\p{Cc}+/gu, ' ')} (${media_type})`

/** Before a picture, so that a tool can be called with its id. Never in a transcript. */
export const pictureHint = (asset: AssetRef): string => `[Picture ${asset.asset_id}: ${named(asset)}]`

/** What is told of a picture that stays behind. */
export const pictureMention = (asset: AssetRef): string =>
  `[Earlier picture ${asset.asset_id}, not shown again: ${named(asset)}]`

/** A document or a transcript as one block of text, or the one line that there is none. */
export function fileBlock(asset: AssetRef, text = ''): string {
  if (text.trim() === '') {
    const lack = asset.media_type.startsWith('audio/') ? 'a recording without a transcript' : 'without text'
    return `[File: ${named(asset)}, ${lack}]`
  }
  const heading = `[File: ${named(asset)}]`
  if (text.length <= longestFileText) return `${heading}\n${text}`
  const head = text.slice(0, longestFileText).replace(/[\uD800-\uDBFF]$/, '')
  return `${heading}\n${head}\n[Cut: the first ${head.length} of ${text.length} characters.]`
}
