import { must } from './refuse'
import { ascii, at } from './read-bytes'

const ids = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  cluster: 0x1f43b675,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  codec: 0x86,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
}
/** What may follow a cluster of unknown length: another one, cues, tags, tracks, info, seek head, chapters, attachments. */
const besideCluster = [
  ids.cluster,
  ids.tracks,
  0x1c53bb6b,
  0x1254c367,
  0x1549a966,
  0x114d9b74,
  0x1043a770,
  0x1941a469,
]
const audio = 2

interface Element {
  readonly id: number
  readonly from: number
  readonly to: number
}

/** WebM with an Opus or Vorbis track that has sound (contract 7.3). Checks: `webm_…`. */
export function checkWebm(bytes: Uint8Array): void {
  must(
    readId(bytes, 0, bytes.length)?.value === ids.header,
    'webm_magic',
    'This is not a WebM file: it does not begin like one',
  )
  const [header, ...rest] = children(bytes, 0, bytes.length)
  must(header !== undefined, 'webm_element', 'A part of this WebM file is cut short')
  const docType = children(bytes, header.from, header.to).find(({ id }) => id === ids.docType)
  must(
    docType !== undefined && textOf(bytes, docType) === 'webm',
    'webm_doc_type',
    'This file calls itself something else than WebM',
  )
  const segment = rest.find(({ id }) => id === ids.segment)
  must(segment !== undefined, 'webm_segment', 'This WebM file has nothing in it')
  const parts = children(bytes, segment.from, segment.to)
  const tracks = parts
    .filter(({ id }) => id === ids.tracks)
    .flatMap(({ from, to }) => children(bytes, from, to))
    .filter(({ id }) => id === ids.track)
    .map(({ from, to }) => readTrack(bytes, children(bytes, from, to)))
    .filter(({ type }) => type === audio)
  must(tracks.length > 0, 'webm_audio_track', 'This WebM file has no sound track')
  const readable = tracks.filter(({ codec }) => codec === 'A_OPUS' || codec === 'A_VORBIS')
  must(readable.length > 0, 'webm_codec', 'The sound of this WebM file is neither Opus nor Vorbis')
  const numbers = new Set(readable.map(({ number }) => number))
  const hasSound = parts.some(
    (part) =>
      part.id === ids.cluster &&
      blocksOf(bytes, children(bytes, part.from, part.to)).some((block) => isFull(bytes, block, numbers)),
  )
  must(hasSound, 'webm_block', 'The sound track of this WebM file is empty')
}

/** Checks that each fits into its parent. One of unknown length ends with its parent or, a cluster, at the next part. */
function children(bytes: Uint8Array, from: number, end: number): Element[] {
  const found: Element[] = []
  let place = from
  while (place < end) {
    const id = readId(bytes, place, end)
    const size = id && readSize(bytes, place + id.length, end)
    must(id !== undefined && size !== undefined, 'webm_element', 'A part of this WebM file is cut short')
    const begin = place + id.length + size.length
    const to = size.value === undefined ? endOfUnknown(bytes, id.value, begin, end) : begin + size.value
    must(to <= end, 'webm_element', 'A part of this WebM file is cut short')
    found.push({ id: id.value, from: begin, to })
    place = to
  }
  return found
}

function endOfUnknown(bytes: Uint8Array, id: number, from: number, end: number): number {
  if (id !== ids.cluster) return end
  let place = from
  while (place < end) {
    const next = readId(bytes, place, end)
    if (!next || besideCluster.includes(next.value)) break
    const size = readSize(bytes, place + next.length, end)
    if (size?.value === undefined) break
    place += next.length + size.length + size.value
  }
  return place
}

function readId(bytes: Uint8Array, place: number, end: number) {
  const length = Math.clz32(at(bytes, place)) - 23
  if (at(bytes, place) <= 0 || length > 4 || place + length > end) return undefined
  let value = 0
  for (let each = 0; each < length; each++) value = value * 256 + at(bytes, place + each)
  return { value, length }
}

/** The value is undefined where the length is unknown. */
function readSize(bytes: Uint8Array, place: number, end: number) {
  const first = at(bytes, place)
  const length = Math.clz32(first) - 23
  if (first <= 0 || place + length > end) return undefined
  let value = first & (0xff >> length)
  let isUnknown = value === 0xff >> length
  for (let each = 1; each < length; each++) {
    const next = at(bytes, place + each)
    isUnknown &&= next === 0xff
    value = value * 256 + next
  }
  return { value: isUnknown ? undefined : value, length }
}

function readTrack(bytes: Uint8Array, fields: readonly Element[]) {
  const field = (id: number) => fields.find((each) => each.id === id)
  const number = (element: Element | undefined) =>
    element && bytes.subarray(element.from, element.to).reduce((sum, byte) => sum * 256 + byte, 0)
  const codec = field(ids.codec)
  return {
    number: number(field(ids.trackNumber)),
    type: number(field(ids.trackType)),
    codec: codec && textOf(bytes, codec),
  }
}

const blocksOf = (bytes: Uint8Array, parts: readonly Element[]): readonly Element[] =>
  parts.flatMap((part) => {
    if (part.id === ids.simpleBlock) return [part]
    if (part.id !== ids.blockGroup) return []
    return children(bytes, part.from, part.to).filter(({ id }) => id === ids.block)
  })

/** After the track's number come two bytes of time and one of flags; with lacing, one more and a length at least. */
function isFull(bytes: Uint8Array, { from, to }: Element, numbers: ReadonlySet<number | undefined>): boolean {
  const track = readSize(bytes, from, to)
  if (!track || !numbers.has(track.value)) return false
  const flags = from + track.length + 2
  const isLaced = (at(bytes, flags) & 0x06) !== 0
  return to > flags + 1 + (isLaced ? 2 : 0)
}

const textOf = (bytes: Uint8Array, { from, to }: Element): string =>
  ascii(bytes, from, Math.min(to - from, 64)).replace(/\0+$/, '')
