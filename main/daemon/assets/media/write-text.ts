import { textLimit } from '../../core/media-types/limits'
import type { MediaResult } from '../../ports/media'
import { writeMade } from './write-made'

/** At most as much as is kept, up to a whole character; nothing of an empty text. */
export async function writeText(out: string, bytes: Uint8Array): Promise<Pick<MediaResult, 'text'>> {
  if (bytes.length === 0) return {}
  let end = Math.min(bytes.length, textLimit)
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  const made = await writeMade(out, 'text.txt', 'text/plain', bytes.subarray(0, end))
  return { text: { ...made, is_cut: end < bytes.length } }
}
