import type { AssetView, ImportStage } from '@contract/assets'
import type { Fault } from '@contract/fault'
import type { AssetRef } from '@contract/message'

/** A file beside the message that is being written. */
export interface Attachment {
  /** The window's own name for it, and the id of its import. */
  readonly key: string
  readonly name: string
  readonly mediaType: string
  readonly state: AttachmentState
}

export type AttachmentState =
  /** `share`: 0 to 1, null before it has begun. */
  | { readonly kind: 'importing'; readonly share: number | null }
  | { readonly kind: 'ready'; readonly asset: AssetRef | AssetView }
  | { readonly kind: 'failed'; readonly fault: Fault }

export type AttachmentList = readonly Attachment[]

/** One message takes 256 items (contract `RunRequest.input_items`), its words are one of them. */
export const mostAttachments = 250

const stages: Readonly<Record<ImportStage, readonly [from: number, upto: number]>> = {
  waiting: [0, 0],
  reading: [0.05, 0.5],
  checking: [0.5, 0.9],
  storing: [0.9, 1],
}

/** How much of the way is done, 0 to 1. */
export function shareOf(stage: ImportStage, done?: number, all?: number): number {
  const [from, upto] = stages[stage]
  const part = done !== undefined && all ? Math.min(1, done / all) : 0
  return from + (upto - from) * part
}

/** Progress never runs backwards; what is over stays over. */
export const progressed = (list: AttachmentList, key: string, share: number): AttachmentList =>
  changed(list, key, (each) =>
    each.state.kind === 'importing' && share > (each.state.share ?? -1)
      ? { ...each, state: { kind: 'importing', share } }
      : each,
  )

/** An import has ended well. The same bytes twice are one attachment: the later one goes. */
export function settled(
  list: AttachmentList,
  key: string,
  asset: AssetView,
): { readonly list: AttachmentList; readonly isDuplicate: boolean } {
  const isDuplicate = list.some((each) => each.key !== key && assetIdOf(each) === asset.asset_id)
  if (isDuplicate) return { list: without(list, key), isDuplicate }
  return { list: changed(list, key, (each) => ({ ...each, state: { kind: 'ready', asset } })), isDuplicate }
}

export const failed = (list: AttachmentList, key: string, fault: Fault): AttachmentList =>
  changed(list, key, (each) => ({ ...each, state: { kind: 'failed', fault } }))

export const without = (list: AttachmentList, key: string): AttachmentList =>
  list.filter((each) => each.key !== key)

/** Puts one at another place; places beyond the ends are the ends. */
export function movedTo(list: AttachmentList, key: string, place: number): AttachmentList {
  const from = list.findIndex((each) => each.key === key)
  const item = list[from]
  const to = Math.max(0, Math.min(list.length - 1, place))
  return !item || from === to ? list : list.toSpliced(from, 1).toSpliced(to, 0, item)
}

/** What the store has already joins the list, before or behind what is there; nothing is there twice. */
export function joined(
  assets: readonly AssetRef[],
  list: AttachmentList,
  side: 'before' | 'behind' = 'before',
): AttachmentList {
  const known = new Set(list.map(assetIdOf))
  const fresh = assets.filter(({ asset_id }) => !known.has(asset_id)).map(readyAttachment)
  return side === 'before' ? [...fresh, ...list] : [...list, ...fresh]
}

/** One that the store has already. */
export const readyAttachment = (asset: AssetRef | AssetView): Attachment => ({
  key: asset.asset_id,
  name: asset.file_name,
  mediaType: asset.media_type,
  state: { kind: 'ready', asset },
})

/** What travels, in order. */
export const readyAssets = (list: AttachmentList): readonly AssetRef[] =>
  list.flatMap(({ state }) => (state.kind === 'ready' ? [refOf(state.asset)] : []))

/** Trying again makes sense where the file may be another by now, or the daemon in another mood. */
export const canRetry = ({ code }: Fault): boolean =>
  code !== 'unsupported_media_type' && code !== 'folder_refused' && code !== 'asset_too_large'

export const countOf = (list: AttachmentList, kind: AttachmentState['kind']): number =>
  list.reduce((count, { state }) => count + (state.kind === kind ? 1 : 0), 0)

const assetIdOf = ({ state }: Attachment): string | undefined =>
  state.kind === 'ready' ? state.asset.asset_id : undefined

function changed(
  list: AttachmentList,
  key: string,
  change: (each: Attachment) => Attachment,
): AttachmentList {
  const at = list.findIndex((each) => each.key === key)
  const item = list[at]
  if (!item) return list
  const next = change(item)
  return next === item ? list : list.with(at, next)
}

function refOf(asset: AssetRef | AssetView): AssetRef {
  const {
    asset_id,
    media_type,
    file_name,
    byte_length,
    sha256,
    width,
    height,
    duration_ms,
    text_byte_length,
  } = asset
  return {
    asset_id,
    media_type,
    file_name,
    byte_length,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(duration_ms === undefined ? {} : { duration_ms }),
    ...(text_byte_length === undefined ? {} : { text_byte_length }),
  }
}
