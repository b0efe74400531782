import type { AnyEvent } from '@contract/events'
import type { AssetId, RunId, SessionId } from '@contract/ids'
import type { PickedFile } from '@contract/bridge'
import { createStore } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import type { EditDraft, EditorState, EditorStore } from './editor-store'
import { keepSettings, type Shelf } from './kept-settings'
import { createMaskShelf, type MaskShelf } from './mask/mask-shelf'
import { addReferences } from './store/add-references'
import { begin } from './store/begin'
import { type Desk, draw } from './store/desk'
import { hearEvent } from './store/hear-event'
import { createKeepSoon } from './store/keep-draft'
import { createKeptDrafts, type KeptDrafts } from './store/kept-drafts'
import { createReload, loadModels, openPicture } from './store/open-picture'
import { retryOrder, sendOrder } from './store/send-order'

export interface EditorParts {
  readonly shelf: Shelf
  readonly masks: MaskShelf
  readonly kept: KeptDrafts
  newKey(): string
}

/** The picture that is edited, its versions and the orders that are under way. */
export function createEditorStore(client: RendererClient, parts: Partial<EditorParts> = {}): EditorStore {
  const { ask } = client
  const shelf = parts.shelf ?? window.localStorage
  const masks = parts.masks ?? createMaskShelf()
  const store = createStore<EditorState>(() => begin(shelf))
  const { getState: get, setState: set } = store
  const desk: Desk = {
    client,
    store,
    masks,
    newKey: parts.newKey ?? (() => crypto.randomUUID()),
    drafts: new Map(),
    kept: parts.kept ?? createKeptDrafts(),
    keepSoon: () => keepSoon(),
    dismissed: new Set(),
    ended: new Set(),
    untouched: null,
    opened: 0,
  }
  const keepSoon = createKeepSoon(desk)
  const reload = createReload(desk)

  return Object.assign(store, {
    masks,
    open: (id: AssetId, session?: SessionId | null) => openPicture(desk, id, session),
    keepSoon,
    loadModels: () => loadModels(desk),
    draw: (change: Partial<EditDraft>) => draw(desk, change),
    settle(change: Partial<EditorState['settings']>) {
      const settings = { ...get().settings, ...change }
      keepSettings(shelf, settings)
      set({ settings })
    },
    addReferences: (files: readonly PickedFile[]) => addReferences(desk, files),
    sendTo: (session: SessionId | null) => set({ session }),
    apply: () => sendOrder(desk),
    async stop(run_id: RunId) {
      const answer = await ask['runs.cancel']({ run_id })
      if (!answer.ok) set({ refusal: answer.fault })
    },
    retry: (run_id: RunId) => retryOrder(desk, run_id),
    dismiss(run_id: RunId) {
      desk.dismissed.add(run_id)
      set(({ jobs }) => ({ jobs: jobs.filter((job) => job.run.run_id !== run_id) }))
    },
    show: (id: AssetId | null) => set(({ source }) => ({ result: id === source?.asset_id ? null : id })),
    async takeResult() {
      const { result, session } = get()
      if (result !== null) await openPicture(desk, result, session)
    },
    forget() {
      desk.opened += 1
      desk.drafts.clear()
      desk.dismissed.clear()
      desk.kept.forget()
      masks.forget()
      set(begin(shelf))
    },
    hear: (event: AnyEvent) => hearEvent(desk, reload, event),
  })
}
