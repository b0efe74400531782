import type { AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { Failure } from '../core/failure'
import type { AssetDoor, ImportSource } from './assets'

export interface FakeAssetDoor extends AssetDoor {
  /** What was given, in order; of a stream what came of it. */
  readonly taken: readonly { readonly source: ImportSource; readonly bytes: Uint8Array }[]
  /** From now on reading it is refused. */
  alter(id: string): void
}

/** Keeps what it is given as it is, in memory; of a path it keeps the path's own letters. */
export function fakeAssetDoor(): FakeAssetDoor {
  const kept = new Map<string, { readonly view: AssetView; readonly bytes: Uint8Array }>()
  const taken: { source: ImportSource; bytes: Uint8Array }[] = []
  const altered = new Set<string>()

  return {
    taken,
    partial: () => undefined,
    alter: (id) => void altered.add(id),
    async import(source, signal) {
      const bytes = await bytesOf(source)
      if (signal?.aborted) throw new Failure(fault('import_cancelled', 'Stopped.'))
      taken.push({ source, bytes })
      if (bytes.length === 0) throw new Failure(fault('asset_empty', 'It is empty.'))
      const view = viewOf(`asset_${taken.length}`, source, bytes)
      kept.set(view.asset_id, { view, bytes })
      return view
    },
    async open(id, role, range) {
      const found = kept.get(id)
      if (!found || role !== 'raw') throw new Failure(fault('asset_not_found', 'There is no such asset.'))
      if (altered.has(id)) throw new Failure(fault('asset_integrity_mismatch', 'It was altered.'))
      const { view, bytes } = found
      const from = range?.from ?? 0
      if (from >= bytes.length) throw new RangeError('behind the end')
      const to = Math.min(range?.to ?? bytes.length, bytes.length)
      const { media_type, file_name, sha256, byte_length } = view
      const stream = inPieces(bytes.subarray(from, to))
      return { media_type, file_name, sha256, byte_length, range: { from, to }, stream }
    },
  }
}

function viewOf(id: string, source: ImportSource, bytes: Uint8Array): AssetView {
  const media_type = source.media_type ?? 'text/plain'
  return {
    asset_id: id as AssetId,
    media_type,
    file_name: source.file_name,
    sha256: bytes.length.toString(16).padStart(64, '0'),
    byte_length: bytes.length,
    created_at_ms: 1,
    kind: media_type.startsWith('image/') ? 'image' : 'document',
    origin: 'imported',
    has_thumbnail: false,
    uri: `asset://raw/${id}`,
    derivation_ids: [],
    provenance: [],
    source_media_type: media_type,
    source_byte_length: bytes.length,
  }
}

async function bytesOf(source: ImportSource): Promise<Uint8Array> {
  if ('bytes' in source) return source.bytes
  if ('path' in source) return new TextEncoder().encode(source.path)
  const pieces: Uint8Array[] = []
  for await (const piece of source.stream) pieces.push(piece)
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
