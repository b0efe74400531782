import { ascii, at, viewOf } from '../media-types/read-bytes'
import type { Pixels } from './box'
import type { PngLines } from './png-lines'

/** A PNG of 8 bits a channel, or of a palette, in one pass and in sRGB, of which nothing has to be converted. */
export interface PlainPng extends PngLines {
  readonly width: number
  readonly channels: number
  /** Bits of a place in the palette, or of a channel. */
  readonly depth: number
  /** Four bytes each. */
  readonly palette?: Uint8Array
  readonly packed: readonly Uint8Array[]
}

/** What says nothing about colours, or that they are sRGB. */
const harmless = [
  'IHDR',
  'IDAT',
  'IEND',
  'sRGB',
  'sBIT',
  'bKGD',
  'hIST',
  'pHYs',
  'tIME',
  'tEXt',
  'zTXt',
  'iTXt',
]
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Of a PNG whose header and parts are sound; undefined where reading it takes more than this. */
export function plainPng(bytes: Uint8Array): PlainPng | undefined {
  const view = viewOf(bytes)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [depth, colour, isInterlaced] = [at(bytes, 24), at(bytes, 25), at(bytes, 28) !== 0]
  const isPalette = colour === 3
  const channels = channelsOf[colour]
  if (!channels || isInterlaced || !(depth === 8 || (isPalette && [1, 2, 4].includes(depth))))
    return undefined
  const packed: Uint8Array[] = []
  let colours: Uint8Array = new Uint8Array()
  let clear: Uint8Array = new Uint8Array()
  for (let place = 8; place + 12 <= bytes.length; place += 12 + view.getUint32(place)) {
    const name = ascii(bytes, place + 4, 4)
    const data = bytes.subarray(place + 8, place + 8 + view.getUint32(place))
    if (name === 'IDAT') packed.push(data)
    else if (name === 'PLTE') colours = data
    else if (name === 'tRNS' && isPalette) clear = data
    else if (!harmless.includes(name)) return undefined
    if (name === 'IEND') break
  }
  if (isPalette && colours.length === 0) return undefined
  const line = Math.ceil((width * channels * depth) / 8)
  const own = { width, height, channels, depth, line, step: channels, packed }
  return isPalette ? { ...own, palette: paletteOf(colours, clear) } : own
}

function paletteOf(colours: Uint8Array, clear: Uint8Array): Uint8Array {
  const palette = new Uint8Array(256 * 4)
  for (let place = 0; place < 256; place += 1) {
    palette.set(colours.subarray(place * 3, place * 3 + 3), place * 4)
    palette[place * 4 + 3] = clear[place] ?? 255
  }
  return palette
}

/** Four bytes a pixel, from the bytes of the lines. */
export function toPixels(png: PlainPng, bytes: Uint8Array): Pixels {
  const { width, height } = png
  if (png.channels === 4)
    return { width, height, data: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.length) }
  const data = new Uint8ClampedArray(width * height * 4)
  if (png.palette) lookUp(png, png.palette, bytes, data)
  else if (png.channels === 3) spread(bytes, data)
  else spreadGrey(bytes, data, png.channels)
  return { width, height, data }
}

function spread(bytes: Uint8Array, data: Uint8ClampedArray): void {
  for (let from = 0, to = 0; to < data.length; from += 3, to += 4) {
    data[to] = bytes[from] as number
    data[to + 1] = bytes[from + 1] as number
    data[to + 2] = bytes[from + 2] as number
    data[to + 3] = 255
  }
}

function spreadGrey(bytes: Uint8Array, data: Uint8ClampedArray, channels: number): void {
  for (let from = 0, to = 0; to < data.length; from += channels, to += 4) {
    data.fill(bytes[from] as number, to, to + 3)
    data[to + 3] = channels === 2 ? (bytes[from + 1] as number) : 255
  }
}

function lookUp(
  { width, height, depth, line }: PlainPng,
  palette: Uint8Array,
  bytes: Uint8Array,
  data: Uint8ClampedArray,
): void {
  const perByte = 8 / depth
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 4) {
      const byte = bytes[y * line + Math.floor(x / perByte)] as number
      const place = (byte >> (8 - depth * ((x % perByte) + 1))) & ((1 << depth) - 1)
      data.set(palette.subarray(place * 4, place * 4 + 4), to)
    }
  }
}

/** Without the alpha where it says nothing: three bytes a pixel, else four. */
export function leastChannels({ data }: Pixels): {
  readonly channels: 3 | 4
  readonly bytes: Uint8Array | Uint8ClampedArray
} {
  for (let place = 3; place < data.length; place += 4)
    if (data[place] !== 255) return { channels: 4, bytes: data }
  const bytes = new Uint8Array((data.length / 4) * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    bytes[to] = data[from] as number
    bytes[to + 1] = data[from + 1] as number
    bytes[to + 2] = data[from + 2] as number
  }
  return { channels: 3, bytes }
}
