import { peakCount, type Read } from './peaks-task'
import { createStretches } from './stretches'
import { loudestOf, wavLayout } from './wav-layout'

/** Bytes that are in memory at once, twice: one piece is read while the other is looked at. */
const piece = 4_194_304
/** More than this is not read whole: of each stretch its beginning. */
const readWhole = 100_000_000
/** Frames of a stretch that are looked at; of a longer one every second, third … */
const looked = 16_384

/** Samples as they lie in the file: nothing is to be decoded. Null: it is no such file. */
export async function drawWav(read: Read, size: number): Promise<Uint8Array | null> {
  const head = await read(0, Math.min(size, 65_536))
  const layout = wavLayout(new DataView(head.buffer, head.byteOffset, head.byteLength), size)
  if (!layout) return null
  const frame = (layout.bits / 8) * layout.channels
  const frames = Math.floor((layout.to - layout.from) / frame)
  const stretches = createStretches()
  const perStretch = Math.max(1, Math.ceil(frames / peakCount))
  const stride = Math.max(1, Math.floor(perStretch / looked))
  const startOf = (stretch: number): number =>
    layout.from + Math.floor((stretch * frames) / peakCount) * frame
  const look = (bytes: Uint8Array, stretch: number): void =>
    stretches.put((stretch + 0.5) / peakCount, loudestOf(bytes, layout, stride))
  const isWhole = layout.to - layout.from <= readWhole
  const share = isWhole ? 1 : readWhole / (layout.to - layout.from)
  const group = Math.max(1, Math.floor(piece / (perStretch * frame)))
  const ends = (stretch: number): number => {
    const last = Math.min(peakCount, stretch + (isWhole ? group : 1))
    const from = startOf(stretch)
    const whole = last === peakCount ? layout.from + frames * frame : startOf(last)
    return isWhole ? whole : from + Math.ceil(((whole - from) / frame) * share) * frame
  }
  const readAt = (stretch: number): Promise<Uint8Array> | null =>
    stretch < peakCount && ends(stretch) > startOf(stretch) ? read(startOf(stretch), ends(stretch)) : null
  const by = isWhole ? group : 1
  let next = readAt(0)
  for (let stretch = 0; stretch < peakCount; stretch += by) {
    const bytes = await next
    next = readAt(stretch + by)
    if (!bytes) continue
    const base = startOf(stretch)
    for (let each = stretch; each < Math.min(peakCount, stretch + by); each += 1) {
      const from = startOf(each) - base
      const after = each + 1 < stretch + by ? startOf(each + 1) - base : bytes.byteLength
      const to = Math.max(after, Math.min(from + frame, bytes.byteLength))
      if (to > from) look(bytes.subarray(from, to), each)
    }
  }
  return stretches.peaks()
}
