import type { AssetId } from '@contract/ids'
import { createMask, type Mask } from './mask'

/** The masks of the pictures somebody has worked on, for as long as the window is open. */
export interface MaskShelf {
  /** The one of this picture, or a new one where its size is another. */
  of(id: AssetId, width: number, height: number): Mask
  /** The one there is, if any. */
  find(id: AssetId): Mask | undefined
  forget(): void
}

/** Canvas pixels of all masks together: eight of the largest pictures that are kept. */
const mostPixels = 8 * 2_048 * 2_048

/** What was looked at longest ago is given up first. */
export function createMaskShelf(make: typeof createMask = createMask): MaskShelf {
  const masks = new Map<AssetId, Mask>()
  return {
    of(id, width, height) {
      const kept = masks.get(id)
      const mask = kept?.width === width && kept.height === height ? kept : make(width, height)
      masks.delete(id)
      masks.set(id, mask)
      let pixels = [...masks.values()].reduce((sum, each) => sum + each.width * each.height, 0)
      for (const [other, each] of masks) {
        if (pixels <= mostPixels || other === id) break
        masks.delete(other)
        pixels -= each.width * each.height
      }
      return mask
    },
    find: (id) => masks.get(id),
    forget: () => masks.clear(),
  }
}
