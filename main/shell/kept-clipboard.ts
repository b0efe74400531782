import * as electron from 'electron'
import type { NativeImage } from 'electron'

/** Two ways to the same clipboard: Electron 33 has calls of its own, Electron 45 takes and gives items as pages do. */
interface Clipboards {
  readonly clipboard: {
    readText?(): string | Promise<string>
    writeText?(text: string): void | Promise<void>
    readHTML?(): string
    readRTF?(): string
    readImage?(): NativeImage
    clear?(): void
    read?(format?: string): unknown
    write?(data: unknown): void | Promise<void>
  }
  readonly ClipboardItem?: new (items: Readonly<Record<string, Blob>>) => object
}
interface Item {
  readonly types: readonly string[]
  getType(type: string): Promise<Blob>
}

/** The person's clipboard, lent for a moment. */
export interface KeptClipboard {
  text(): Promise<string>
  put(text: string): Promise<void>
  /** What is in it; answers how it comes back. Formats that only other programs know are not among it. */
  keep(): Promise<() => Promise<void>>
}

export const systemClipboard = (): KeptClipboard => {
  const { clipboard, ClipboardItem } = electron as unknown as Clipboards
  const text = async () => (await clipboard.readText?.()) ?? ''
  return {
    text,
    put: async (given) => {
      if (clipboard.writeText) await clipboard.writeText(given)
      else if (clipboard.write && ClipboardItem)
        await clipboard.write([
          new ClipboardItem({ 'text/plain': new Blob([given], { type: 'text/plain' }) }),
        ])
    },
    keep: async () => {
      if (!clipboard.readHTML && clipboard.read && ClipboardItem) {
        const items = (await clipboard.read()) as readonly Item[]
        const kept = (await Promise.all(items.map(blobsOf))).filter((blobs) => Object.keys(blobs).length > 0)
        return async () => {
          if (kept.length === 0) clipboard.clear?.()
          else await clipboard.write?.(kept.map((blobs) => new ClipboardItem(blobs)))
        }
      }
      const image = clipboard.readImage?.()
      const kept = {
        text: await text(),
        html: clipboard.readHTML?.() ?? '',
        rtf: clipboard.readRTF?.() ?? '',
      }
      const data = Object.fromEntries(Object.entries(kept).filter(([, each]) => each !== ''))
      const whole = image && !image.isEmpty() ? { ...data, image } : data
      return async () => {
        if (Object.keys(whole).length === 0) clipboard.clear?.()
        else await clipboard.write?.(whole)
      }
    },
  }
}

/** A type that is not given after all is left out. */
async function blobsOf(item: Item): Promise<Readonly<Record<string, Blob>>> {
  const asked = item.types.map(async (type) => [type, await item.getType(type)] as const)
  const given = await Promise.allSettled(asked)
  return Object.fromEntries(given.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])))
}
