import type { AssetId } from '@contract/ids'
import type { EditDraft } from '../editor-store'
import type { Rect } from '../mask/rect'

/** What was written and marked for one picture. */
export interface KeptDraft extends EditDraft {
  /** What is marked, as a PNG with alpha in base64, and where it lies in the picture. */
  readonly mask?: { readonly png: string; readonly rect: Rect }
}

/** Drafts that outlive a reload or a crash of the page, but not the window. */
export interface KeptDrafts {
  read(id: AssetId): KeptDraft | undefined
  keep(id: AssetId, draft: KeptDraft): void
  drop(id: AssetId): void
  forget(): void
}

const mark = 'kheish.edits '
const mostDrafts = 6
/** Characters of all of them. */
const mostText = 3_000_000

/**
 * In the name of the window: it lives in memory as long as the window does, whatever happens to the page, and leaves
 * nothing on the disk that would have to be deleted there. What was changed longest ago is given up first, and the mask
 * of one that is too large alone.
 */
export function createKeptDrafts(place: { name: string } = window): KeptDrafts {
  const read = (): Map<AssetId, KeptDraft> => {
    if (!place.name.startsWith(mark)) return new Map()
    try {
      return new Map(JSON.parse(place.name.slice(mark.length)) as [AssetId, KeptDraft][])
    } catch {
      return new Map()
    }
  }
  const write = (drafts: Map<AssetId, KeptDraft>): void => {
    place.name = drafts.size === 0 ? '' : mark + JSON.stringify([...drafts])
  }
  const isTooMuch = (drafts: Map<AssetId, KeptDraft>): boolean =>
    drafts.size > mostDrafts || JSON.stringify([...drafts]).length > mostText

  return {
    read: (id) => read().get(id),
    keep(id, { mask, ...draft }) {
      const drafts = read()
      drafts.delete(id)
      drafts.set(id, mask && mask.png.length < mostText / 2 ? { ...draft, mask } : draft)
      for (const oldest of [...drafts.keys()].slice(0, -1)) {
        if (!isTooMuch(drafts)) break
        drafts.delete(oldest)
      }
      write(drafts)
    },
    drop(id) {
      const drafts = read()
      if (drafts.delete(id)) write(drafts)
    },
    forget: () => write(new Map()),
  }
}
