import { open } from 'node:fs/promises'
import { decideType } from '../../core/media-types/detect'
import { checkSize } from '../../core/media-types/limits'
import { kindOf, type AcceptedType } from '../../core/media-types/media-types'
import type { MediaJob } from '../../ports/media'

const headLength = 4_096

/**
 * The file whole and what it is taken as; one that is too large for its kind is refused before it is read.
 * Faults: `asset_empty`, `asset_too_large`, `unsupported_media_type`, `media_type_mismatch`.
 */
export async function readSource({
  source,
  file_name,
  media_type,
}: MediaJob): Promise<{ readonly type: AcceptedType; readonly bytes: Buffer }> {
  const file = await open(source, 'r')
  try {
    const { size } = await file.stat()
    checkSize(size)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(headLength, size)), { position: 0 })
    const type = decideType(buffer.subarray(0, bytesRead), file_name, media_type)
    checkSize(size, kindOf(type))
    const bytes = Buffer.allocUnsafe(size)
    let filled = 0
    while (filled < size) {
      const { bytesRead: more } = await file.read(bytes, filled, size - filled, filled)
      if (more === 0) break
      filled += more
    }
    checkSize(filled)
    return { type, bytes: bytes.subarray(0, filled) }
  } finally {
    await file.close()
  }
}
