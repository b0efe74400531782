import { attachmentsOf, givenIn, isPicture, observedIn } from '@contract/attached'
import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { longestFileText } from '../core/pricing/estimate'
import { dataUrlLength } from '../core/pricing/picture-tokens'
import { Failure } from '../core/failure'
import type { ChatTurn } from '../ports/driver'
import { tooLarge, type CallFacts } from './faults'

/** What was read of a turn's files, at the last moment and each once; what can't be read any more is not among them. */
export interface Attached {
  /**
   * Data URLs of the pictures that travel as pictures, and of the first pages of documents that have no text, each in
   * the message at that place of the history.
   */
  readonly pictures: ReadonlyMap<AssetId, { readonly url: string; readonly place: number }>
  /** Those of them that only answers have shown: no answer can carry one, so the newest turn does. */
  readonly carried: readonly AssetRef[]
  readonly texts: ReadonlyMap<AssetId, string>
}
export const nothingAttached: Attached = { pictures: new Map(), carried: [], texts: new Map() }

/** How a turn's files are read. */
export interface ReadingOf {
  /** Characters of pictures that fit into one request. */
  readonly most: number
  readonly facts: CallFacts
  /** Whether the model is known to take pictures. */
  readonly sees: boolean
  readonly signal?: AbortSignal
}

/**
 * Reads what a turn needs of its files. A picture that several messages of the person hold travels with the newest of
 * them, one that only answers show with the newest message of all. Faults:
 * of the newest message's files whatever reading says (`asset_not_found`, `asset_integrity_mismatch`), while one of an
 * earlier message is left out, or no chat could go on that ever lost a file; `provider_error` of kind `too_large` when
 * the pictures alone are longer than `most` characters, before any is read. First pages travel only in the newest
 * message, as long as there is room, and only where `on.sees`.
 */
export async function readAttachments(turn: ChatTurn, on: ReadingOf): Promise<Attached> {
  const { most, facts, signal } = on
  const { contents, pictures = new Set<AssetId>() } = turn
  if (!contents) return nothingAttached
  const newest = new Map<AssetId, number>()
  const files = new Map<AssetId, AssetRef>()
  /** Where the words of what was observed may be. */
  const observedTexts = new Set<AssetId>()
  turn.history.forEach((message, place) => {
    for (const { asset, text_asset_id } of message.role === 'user' ? givenIn(message.parts) : []) {
      newest.set(asset.asset_id, place)
      files.set(asset.asset_id, asset)
      if (text_asset_id === undefined) continue
      newest.set(text_asset_id, place)
      observedTexts.add(text_asset_id)
    }
    for (const { asset } of message.role === 'user' ? observedIn(message.parts) : [])
      observedTexts.add(asset.asset_id)
  })
  const all = [...files.values()]
  const travels = (asset: AssetRef) => isPicture(asset) && pictures.has(asset.asset_id)
  const ofAnswers = new Map<AssetId, AssetRef>()
  for (const { role, parts } of turn.history) {
    for (const asset of role === 'user' ? [] : attachmentsOf(parts)) {
      if (travels(asset) && !files.has(asset.asset_id)) ofAnswers.set(asset.asset_id, asset)
    }
  }
  const carried = [...ofAnswers.values()]
  const shown = [...all.filter(travels), ...carried]
  const length = shown.reduce((sum, asset) => sum + dataUrlLength(asset), 0)
  if (length > most) throw tooLarge(length, most, facts)
  const last = turn.history.findLastIndex(({ role }) => role === 'user')
  const readOf = async <T>(
    { asset_id }: Pick<AssetRef, 'asset_id'>,
    read: (place: number) => Promise<T>,
  ): Promise<readonly [AssetId, T][]> => {
    const place = newest.get(asset_id) ?? last
    try {
      return [[asset_id, await read(place)]]
    } catch (error) {
      if (newest.get(asset_id) === last || !isLost(error)) throw error
      return []
    }
  }
  const [urls, texts] = await Promise.all([
    Promise.all(
      shown.map((asset) =>
        readOf(asset, async (place) => {
          return { url: dataUrl(asset.media_type, await contents.bytes(asset.asset_id, signal)), place }
        }),
      ),
    ),
    Promise.all(
      [
        ...all.filter((asset) => !isPicture(asset) && !observedTexts.has(asset.asset_id)),
        ...[...observedTexts].map((asset_id) => ({ asset_id })),
      ].map((asset) => readOf(asset, async () => (await contents.text(asset.asset_id, signal)) ?? '')),
    ),
  ])
  const told = new Map(texts.flat())
  const textless = all.filter(
    ({ asset_id, media_type }) =>
      newest.get(asset_id) === last &&
      !/^(audio|image)\//.test(media_type) &&
      told.get(asset_id)?.trim() === '',
  )
  const pages = on.sees ? await readPages(textless) : []
  return { pictures: new Map([...urls.flat(), ...pages]), carried, texts: told }

  /** One after the other, until there is no room: what is left is mentioned. */
  async function readPages(documents: readonly AssetRef[]) {
    const read: [AssetId, { readonly url: string; readonly place: number }][] = []
    let room = most - length
    for (const { asset_id } of documents) {
      const page = await contents?.preview(asset_id, signal).catch((error: unknown) => {
        // The document itself is there; only its picture can't be shown.
        if (isLost(error)) return undefined
        throw error
      })
      const url = page && dataUrl(page.media_type, page.bytes)
      if (url === undefined || url.length > room) continue
      room -= url.length
      read.push([asset_id, { url, place: last }])
    }
    return read
  }
}

const dataUrl = (media_type: string, bytes: Uint8Array): string =>
  `data:${media_type};base64,${Buffer.from(bytes).toString('base64')}`

const isLost = (error: unknown): boolean =>
  error instanceof Failure &&
  (error.fault.code === 'asset_not_found' || error.fault.code === 'asset_integrity_mismatch')

/** Names are people's own; a line of its own stays one. */
export const named = ({ file_name, media_type }: AssetRef): string =>
  `${file_name.replace(/\p{Cc}+/gu, ' ')} (${media_type})`

/** Before a picture, so that a tool can be called with its id. Never in a transcript. */
export const pictureHint = (asset: AssetRef): string => `[Picture ${asset.asset_id}: ${named(asset)}]`

/** Before a picture that an answer has shown. */
export const carriedHint = (asset: AssetRef): string =>
  `[Picture ${asset.asset_id}: ${named(asset)}, from an earlier answer]`

/** Before the first page of a document that has no text. */
export const pageHint = (asset: AssetRef): string =>
  `[File: ${named(asset)}, without text; its first page is the next picture]`

/** What is told of a picture that stays behind. */
export const pictureMention = (asset: AssetRef): string =>
  `[Earlier picture ${asset.asset_id}, not shown again: ${named(asset)}]`

/** A document or a transcript as one block of text, or the one line that there is none; undefined: it could not be read. */
export function fileBlock(asset: AssetRef, text: string | undefined): string {
  if (text === undefined) return `[File: ${named(asset)}, which can’t be read any more]`
  if (text.trim() === '') {
    const lack = asset.media_type.startsWith('audio/') ? 'a recording without a transcript' : 'without text'
    return `[File: ${named(asset)}, ${lack}]`
  }
  const heading = `[File: ${named(asset)}]`
  if (text.length <= longestFileText) return `${heading}\n${text}`
  const head = text.slice(0, longestFileText).replace(/[\uD800-\uDBFF]$/, '')
  return `${heading}\n${head}\n[Cut: the first ${head.length} of ${text.length} characters.]`
}
