import type { AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { Failure } from '../core/failure'
import type { AssetRecord, AssetStore } from '../ports/asset-store'
import type { AssetContents, AssetDoor } from '../ports/assets'

/** In place of the asset engine until it is there: keeps files in memory as they are, believing their names. */
export function pendingEngine(store: AssetStore): {
  readonly door: AssetDoor
  readonly contents: AssetContents
} {
  const kept = new Map<AssetId, { ref: AssetRef; bytes: Uint8Array; quarantined: boolean }>()
  const types: Readonly<Record<string, string>> = {
    png: 'image/png',
    jpg: 'image/jpeg',
    wav: 'audio/wav',
    txt: 'text/plain',
    md: 'text/markdown',
  }
  const view = ({ ref, quarantined }: { ref: AssetRef; quarantined: boolean }) =>
    ({ ...ref, ...(quarantined ? { is_quarantined: true } : {}) }) as unknown as AssetView
  const find = (id: AssetId) => {
    const found = kept.get(id)
    if (!found) throw new Failure(fault('asset_not_found', 'There is no such file.'))
    if (found.quarantined) throw new Failure(fault('asset_integrity_mismatch', 'It was changed.'))
    return found
  }
  Object.assign(store, {
    get: (id: AssetId) => {
      const found = kept.get(id)
      return found && ({ view: view(found) } as AssetRecord)
    },
    ref: (id: AssetId) => kept.get(id)?.ref,
    setQuarantined: (id: AssetId, is: boolean) => void Object.assign(kept.get(id) ?? {}, { quarantined: is }),
  })
  const door: AssetDoor = {
    import: async (source) => {
      if (!('bytes' in source)) throw new Error('pending')
      const { bytes, file_name } = source
      const media_type = source.media_type ?? types[file_name.split('.').at(-1) ?? '']
      if (!media_type) throw new Failure(fault('unsupported_media_type', 'Unknown.', {}))
      const same = [...kept.values()].find((one) => Buffer.from(one.bytes).equals(bytes))
      if (same) return view(same)
      const asset_id = `asset_${kept.size + 1}` as AssetId
      const buffer = Buffer.from(bytes)
      const size =
        media_type === 'image/png' ? { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) } : {}
      const isText = media_type.startsWith('text/')
      const ref: AssetRef = {
        asset_id,
        media_type,
        file_name,
        byte_length: bytes.length,
        ...size,
        ...(isText ? { text_byte_length: bytes.length } : {}),
      }
      const made = { ref, bytes, quarantined: false }
      kept.set(asset_id, made)
      return view(made)
    },
    open: () => Promise.reject(new Error('pending')),
  }
  const contents: AssetContents = {
    bytes: async (id) => find(id).bytes,
    text: async (id) => {
      const { ref, bytes } = find(id)
      return ref.media_type.startsWith('text/') ? Buffer.from(bytes).toString() : undefined
    },
  }
  return { door, contents }
}
