import type { AssetId, RunId } from '@contract/ids'
import type { StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../../client/client'
import type { EditDraft, EditorState, Told } from '../editor-store'
import type { MaskShelf } from '../mask/mask-shelf'
import type { KeptDrafts } from './kept-drafts'
import { idsOf } from '../versions/version-tree'

/** What the deeds of the editor have in common. */
export interface Desk {
  readonly client: RendererClient
  readonly store: StoreApi<EditorState>
  readonly masks: MaskShelf
  newKey(): string
  /** By picture; each waits until somebody comes back to it. */
  readonly drafts: Map<AssetId, EditDraft>
  /** The same for the next page of this window. */
  readonly kept: KeptDrafts
  keepSoon(): void
  /** Failed orders that were put away. */
  readonly dismissed: Set<RunId>
  /** Runs that ended; the answer to their order may still be on its way. */
  readonly ended: Set<RunId>
  /** What was last sent: as long as nothing was changed since, its result may take the stage. */
  untouched: EditDraft | null
  /** Counts what was asked for to be opened: only the last is. */
  opened: number
}

/** Every picture of the tree that is open. */
export const treeOf = ({ store }: Pick<Desk, 'store'>): ReadonlySet<AssetId> =>
  idsOf(store.getState().versions)

export const tell = ({ store }: Pick<Desk, 'store'>, what: Told['what'], count = 1): void =>
  store.setState(({ told }) => ({ told: { what, count, key: (told?.key ?? 0) + 1 } }))

/** Changes the draft of the picture that is edited. */
export function draw(desk: Desk, change: Partial<EditDraft>): void {
  const { store, drafts } = desk
  const { source, draft } = store.getState()
  if (!source) return
  const next = { ...draft, ...change }
  drafts.set(source.asset_id, next)
  store.setState({ draft: next })
  desk.keepSoon()
}
