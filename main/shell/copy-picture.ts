import * as electron from 'electron'
import type { NativeImage } from 'electron'

/** Two ways to the same clipboard: Electron 33 has a call of its own, Electron 45 takes items as pages do. */
interface Clipboards {
  readonly clipboard: {
    readonly writeImage?: (image: NativeImage) => void
    readonly write?: (items: readonly object[]) => Promise<void>
  }
  readonly ClipboardItem?: new (items: Readonly<Record<string, Blob>>) => object
}

export async function copyPicture(image: NativeImage): Promise<void> {
  const { clipboard, ClipboardItem } = electron as unknown as Clipboards
  if (clipboard.writeImage) return clipboard.writeImage(image)
  if (!clipboard.write || !ClipboardItem) throw new TypeError('this Electron copies no pictures')
  const png = new Blob([new Uint8Array(image.toPNG())], { type: 'image/png' })
  await clipboard.write([new ClipboardItem({ 'image/png': png })])
}
