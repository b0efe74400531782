import type { AnyEvent } from '@contract/events'
import type { Answer } from '@contract/fault'
import type { AssetView } from '@contract/assets'
import type { AssetId, SessionId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../../client/client'
import { createFileQueue } from '../../../lib/file-queue'
import {
  type Attachment,
  type AttachmentList,
  failed,
  joined,
  mostAttachments,
  movedTo,
  progressed,
  readyAssets,
  readyAttachment,
  settled,
  shareOf,
  without,
} from './attachment'

/** The chat that a list belongs to; null: the one to come. */
type Chat = SessionId | null

export interface AttachmentLists {
  readonly lists: ReadonlyMap<string, AttachmentList>
}

export interface AttachmentStore extends StoreApi<AttachmentLists> {
  of(chat: Chat): AttachmentList
  /** At the end of the list, in order. Answers how many there was no room for. */
  add(chat: Chat, files: readonly File[]): number
  retry(chat: Chat, key: string): void
  /** Ends its import, if one is under way. */
  remove(chat: Chat, key: string): void
  moveTo(chat: Chat, key: string, place: number): void
  /** Takes what is ready out, to be sent; what failed stays. */
  take(chat: Chat): readonly AssetRef[]
  /** At the end of the list, what the store has already. Answers how many there was no room for. */
  attach(chat: Chat, assets: readonly AssetRef[]): number
  /** What was taken, or was in a message that comes back. */
  putBack(chat: Chat, assets: readonly AssetRef[]): void
  /** What the daemon has with a draft; a list that this window has touched stays. */
  restore(chat: Chat, assets: readonly (AssetRef | AssetView)[]): void
  /** The chat to come has come: its list is that one's now. */
  settleIn(chat: SessionId): void
  /** The file behind an import, for a first look at it. */
  fileOf(key: string): File | undefined
  /** Another daemon: nothing of this is its own. */
  forget(): void
  hear(event: AnyEvent): void
}

export interface AttachmentStoreOptions {
  /** What is to be kept with the draft, after every change. */
  readonly onKept: (chat: Chat, assets: readonly AssetId[]) => void
  /** Names of files that were attached already. */
  readonly onDuplicates: (names: readonly string[]) => void
  /** How long what imports tell may wait to be shown together (ms). */
  readonly togetherMs?: number
}

/** Imports under way at once: more would only wait in the daemon, and a person's own next file behind them. */
export const mostImports = 4

export function createAttachmentStore(
  client: RendererClient,
  { onKept, onDuplicates, togetherMs = 60 }: AttachmentStoreOptions,
): AttachmentStore {
  const store = createStore<AttachmentLists>(() => ({ lists: new Map() }))
  /** The newest; what is drawn may be a few imports behind: two hundred of them end in a second. */
  let lists: ReadonlyMap<string, AttachmentList> = new Map()
  let showing: ReturnType<typeof setTimeout> | undefined
  const files = new Map<string, File>()
  /** Where each import's file is shown. */
  const places = new Map<string, string>()
  let duplicates: string[] = []

  const listOf = (place: string): AttachmentList => lists.get(place) ?? []
  const of = (chat: Chat): AttachmentList => listOf(chat ?? '')

  function draw(): void {
    clearTimeout(showing)
    showing = undefined
    store.setState({ lists })
  }

  function put(place: string, list: AttachmentList, isSoonEnough = false): void {
    lists = new Map(lists).set(place, list)
    if (!isSoonEnough) draw()
    else showing ??= setTimeout(draw, togetherMs)
  }

  function show(place: string, list: AttachmentList, isSoonEnough = false): void {
    const before = listOf(place)
    if (list === before) return
    put(place, list, isSoonEnough)
    const kept = readyAssets(list).map(({ asset_id }) => asset_id)
    if (
      kept.join() !==
      readyAssets(before)
        .map(({ asset_id }) => asset_id)
        .join()
    )
      onKept(place === '' ? null : (place as SessionId), kept)
  }

  function enqueue(place: string, keys: readonly string[]): void {
    for (const key of keys) places.set(key, place)
    queue.add(keys.map((key) => ({ key, file: files.get(key) as File })))
  }

  const queue = createFileQueue<File, Answer<AssetView>>({
    atOnce: mostImports,
    work: (file, key) => client.importFile(file, key),
    ended: (key, answer) => {
      const place = places.get(key)
      // Removed meanwhile, or another daemon's by now.
      if (place !== undefined) end(place, key, answer)
    },
    idle: () => {
      const told = duplicates
      duplicates = []
      if (told.length > 0) onDuplicates(told)
    },
  })

  function end(place: string, key: string, answer: Answer<AssetView>): void {
    places.delete(key)
    if (!answer.ok) return show(place, failed(listOf(place), key, answer.fault), true)
    const { list, isDuplicate } = settled(listOf(place), key, answer.value)
    if (isDuplicate) duplicates.push(files.get(key)?.name ?? answer.value.file_name)
    files.delete(key)
    show(place, list, true)
  }

  /** Nobody waits for it any more. */
  function drop(key: string): void {
    if (queue.withdraw(key) === 'running') void client.ask['assets.cancelImport']({ import_id: key })
    places.delete(key)
    files.delete(key)
  }

  return Object.assign(store, {
    of,
    add(chat: Chat, given: readonly File[]) {
      const list = of(chat)
      const taken = given.slice(0, Math.max(0, mostAttachments - list.length))
      const added = taken.map(beginning)
      added.forEach(({ key }, place) => files.set(key, taken[place] as File))
      show(chat ?? '', [...list, ...added])
      enqueue(
        chat ?? '',
        added.map(({ key }) => key),
      )
      return given.length - taken.length
    },
    retry(chat: Chat, key: string) {
      if (!files.has(key)) return
      const again = of(chat).map((each): Attachment =>
        each.key === key ? { ...each, state: { kind: 'importing', share: null } } : each,
      )
      show(chat ?? '', again)
      enqueue(chat ?? '', [key])
    },
    remove(chat: Chat, key: string) {
      drop(key)
      show(chat ?? '', without(of(chat), key))
    },
    moveTo: (chat: Chat, key: string, place: number) => show(chat ?? '', movedTo(of(chat), key, place)),
    take(chat: Chat) {
      const list = of(chat)
      show(
        chat ?? '',
        list.filter(({ state }) => state.kind !== 'ready'),
      )
      return readyAssets(list)
    },
    attach(chat: Chat, assets: readonly AssetRef[]) {
      const list = of(chat)
      const wanted = joined(assets, list, 'behind')
      const taken = wanted.slice(0, Math.max(list.length, mostAttachments))
      if (taken.length > list.length) show(chat ?? '', taken)
      return wanted.length - taken.length
    },
    putBack: (chat: Chat, assets: readonly AssetRef[]) => {
      if (assets.length > 0) show(chat ?? '', joined(assets, of(chat)))
    },
    restore(chat: Chat, assets: readonly (AssetRef | AssetView)[]) {
      const place = chat ?? ''
      // They come from where they are kept: nothing is to be kept anew.
      if (assets.length > 0 && !lists.has(place)) put(place, assets.map(readyAttachment))
    },
    settleIn(chat: SessionId) {
      const list = listOf('')
      if (list.length === 0) return
      for (const { key } of list) if (places.has(key)) places.set(key, chat)
      show('', [])
      show(chat, [...listOf(chat), ...list])
    },
    fileOf: (key: string) => files.get(key),
    forget() {
      for (const key of files.keys()) drop(key)
      lists = new Map()
      draw()
    },
    hear(event: AnyEvent) {
      if (event.type === 'import.progress') {
        const place = places.get(event.import_id)
        if (place === undefined) return
        const share = shareOf(event.stage, event.done, event.all)
        show(place, progressed(listOf(place), event.import_id, share), true)
      } else if (event.type === 'asset.deleted') {
        for (const [place, list] of lists) {
          const left = list.filter(
            ({ state }) => state.kind !== 'ready' || state.asset.asset_id !== event.asset_id,
          )
          if (left.length < list.length) show(place, left)
        }
      }
    },
  } satisfies Omit<AttachmentStore, keyof StoreApi<AttachmentLists>>)
}

/** Its size is not asked for: every one would be looked up on the disk, in the frame of the drop. */
const beginning = (file: File): Attachment => ({
  key: crypto.randomUUID(),
  name: file.name,
  mediaType: file.type,
  state: { kind: 'importing', share: null },
})
