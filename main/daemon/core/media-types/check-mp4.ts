import { must } from './refuse'
import { ascii, viewOf } from './read-bytes'

interface Box {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** MP4 or M4A with sound in it, by its boxes (contract 7.3). Checks: `mp4_…`. */
export function checkMp4(bytes: Uint8Array): void {
  const boxes = children(bytes, 0, bytes.length)
  must(
    boxes.some(({ name }) => name === 'ftyp'),
    'mp4_ftyp',
    'This is not an MP4 file: it does not say its kind',
  )
  const isFull = boxes.some(({ name, from, to }) => name === 'mdat' && to > from)
  must(isFull, 'mp4_mdat', 'This MP4 file has no sound in it')
  const into = (parents: readonly Box[], name: string) =>
    parents.flatMap(({ from, to }) => children(bytes, from, to)).filter((box) => box.name === name)
  const moov = boxes.filter(({ name }) => name === 'moov')
  const handlers = into(into(into(moov, 'trak'), 'mdia'), 'hdlr')
  const hasSound = handlers.some(({ from, to }) => to - from >= 12 && ascii(bytes, from + 8, 4) === 'soun')
  must(hasSound, 'mp4_sound_track', 'This MP4 file has no sound track')
}

/** Checks that each box fits into its parent; a size of 0 reaches to the end, one of 1 stands behind the name. */
function children(bytes: Uint8Array, from: number, end: number): Box[] {
  const view = viewOf(bytes)
  const found: Box[] = []
  let place = from
  while (place < end) {
    must(place + 8 <= end, 'mp4_box', 'A part of this MP4 file is cut short')
    const small = view.getUint32(place)
    must(small !== 1 || place + 16 <= end, 'mp4_box', 'A part of this MP4 file is cut short')
    const size = small === 0 ? end - place : small === 1 ? Number(view.getBigUint64(place + 8)) : small
    const header = small === 1 ? 16 : 8
    must(size >= header && place + size <= end, 'mp4_box', 'A part of this MP4 file is cut short')
    found.push({ name: ascii(bytes, place + 4, 4), from: place + header, to: place + size })
    place += size
  }
  return found
}
