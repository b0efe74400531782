import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { decideType } from '../../core/media-types/detect'
import { checkSize } from '../../core/media-types/limits'
import { kindOf, type AcceptedType } from '../../core/media-types/media-types'
import type { MadeFile, MediaJob } from '../../ports/media'
import { beginKeeping } from './keep-source'
import { lendBytes } from './lend-bytes'

const headLength = 4_096
/** Bytes read while those before are hashed. */
const piece = 512 * 1024

export interface SourceRead {
  readonly type: AcceptedType
  readonly bytes: Buffer
  /** The file as it is, as what is kept; asked for once, of whatever is no picture. */
  readonly keep: () => Promise<MadeFile>
  /** Said when all that was made of the bytes is written; not when that failed, for then something may still read them. */
  readonly giveBack: () => void
}

/**
 * The file whole and what it is taken as; one that is too large for its kind is refused before it is read. What stays
 * as it is goes to the disk meanwhile and is hashed as it comes: it is read once.
 * Faults: `asset_empty`, `asset_too_large`, `unsupported_media_type`, `media_type_mismatch`.
 */
export async function readSource({ source, file_name, media_type, out }: MediaJob): Promise<SourceRead> {
  const file = await open(source, 'r')
  try {
    const { size } = await file.stat()
    checkSize(size)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(headLength, size)), { position: 0 })
    const type = decideType(buffer.subarray(0, bytesRead), file_name, media_type)
    checkSize(size, kindOf(type))
    // Without a folder only the bytes are wanted.
    const keeping = kindOf(type) === 'image' || out === '' ? undefined : beginKeeping(source, type, out)
    const hash = createHash('sha256')
    // What decoders get is theirs alone.
    const lent =
      kindOf(type) === 'document'
        ? lendBytes(size)
        : { bytes: Buffer.allocUnsafe(size), giveBack: () => undefined }
    const bytes = await readAll(file, lent.bytes, keeping && ((some) => hash.update(some)))
    checkSize(bytes.length)
    const keep = () =>
      keeping
        ? keeping(bytes, hash.digest('hex'))
        : Promise.reject(new Error('a picture is never kept as it is'))
    return { type, bytes, keep, giveBack: lent.giveBack }
  } finally {
    await file.close()
  }
}

async function readAll(
  file: FileHandle,
  bytes: Buffer,
  each: ((bytes: Uint8Array) => unknown) | undefined,
): Promise<Buffer> {
  const size = bytes.length
  const read = (at: number) => file.read(bytes, at, Math.min(piece, size - at), at)
  let filled = 0
  let next = read(0)
  for (;;) {
    const { bytesRead } = await next
    if (bytesRead === 0) break
    const from = filled
    filled += bytesRead
    if (filled < size) next = read(filled)
    each?.(bytes.subarray(from, filled))
    if (filled >= size) break
  }
  return bytes.subarray(0, filled)
}
