import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { Failure } from '../core/failure'
import type { AssetContents } from './assets'

export interface FakeContents extends AssetContents {
  /** What was read so far, oldest first: `bytes a`, `text b`, `preview c`. */
  readonly reads: string[]
}

/** Contents by asset id: bytes of pictures and of PNG previews, texts of documents. Whatever is not among them is `asset_not_found`. */
export function fakeContents(files: Readonly<Record<string, Uint8Array | string | null>> = {}): FakeContents {
  const reads: string[] = []
  const find = (what: string, id: AssetId) => {
    reads.push(`${what} ${id}`)
    const file = files[id]
    if (file === undefined) throw new Failure(fault('asset_not_found', 'There is no such file.'))
    return file
  }
  return {
    reads,
    bytes: async (id) => {
      const file = find('bytes', id)
      return typeof file === 'string' || file === null ? new Uint8Array() : file
    },
    text: async (id) => {
      const file = find('text', id)
      return typeof file === 'string' ? file : undefined
    },
    preview: async (id) => {
      const file = find('preview', id)
      return file instanceof Uint8Array ? { media_type: 'image/png', bytes: file } : undefined
    },
  }
}
