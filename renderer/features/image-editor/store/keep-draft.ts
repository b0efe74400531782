import type { AssetView } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import type { EditDraft } from '../editor-store'
import { toBase64 } from '../mask/to-base64'
import type { Desk } from './desk'
import type { KeptDraft } from './kept-drafts'

/** Milliseconds after the last change. */
const delay = 500

/** Keeps what is written and marked for the picture that is open, soon after its last change. */
export function createKeepSoon(desk: Desk): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const keep = async (id: AssetId, draft: EditDraft): Promise<void> => {
    const mask = desk.masks.find(id)
    const png = mask?.isMarked ? await mask.toPiece() : null
    const { source } = desk.store.getState()
    if (source?.asset_id !== id) return
    desk.kept.keep(id, {
      ...draft,
      ...(mask && png ? { mask: { png: await toBase64(png.blob), rect: png.rect } } : {}),
    })
  }
  return () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      const { source, draft } = desk.store.getState()
      // What can't be drawn can't be kept; it stays on the stage.
      if (source) keep(source.asset_id, draft).catch(() => undefined)
    }, delay)
  }
}

/** The mask of a picture that was kept, where the picture has none yet. */
export async function layMask(desk: Desk, asset: AssetView, kept: KeptDraft | undefined): Promise<void> {
  const { asset_id, width, height } = asset
  if (!kept?.mask || width === undefined || height === undefined || desk.masks.find(asset_id)) return
  try {
    const bytes = Uint8Array.from(atob(kept.mask.png), (letter) => letter.charCodeAt(0))
    const piece = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    desk.masks.of(asset_id, width, height).lay(piece, kept.mask.rect)
    piece.close()
  } catch {
    // What can't be read any more was not marked.
  }
}
