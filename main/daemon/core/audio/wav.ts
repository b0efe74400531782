/** Where the sound of a WAV file is, and how it is written. The file has passed `checkWav`. */
export interface WavLayout {
  readonly is_float: boolean
  readonly bits: number
  readonly channels: number
  readonly sample_rate: number
  /** Bytes. */
  readonly from: number
  readonly to: number
  /** 16-bit PCM under a plain header whose lengths are right: everybody reads it. */
  readonly is_plain: boolean
}

const streaming = 0xffff_ffff

export function layoutOf(bytes: Uint8Array): WavLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const declared = view.getUint32(4, true)
  const end = declared === streaming ? bytes.length : Math.min(bytes.length, declared + 8)
  let isPlain = declared + 8 === bytes.length
  let format = { is_float: false, bits: 16, channels: 1, sample_rate: 16_000 }
  let data = { from: end, to: end }
  for (let place = 12; place + 8 <= end;) {
    const name = String.fromCharCode(...bytes.subarray(place, place + 4))
    const said = view.getUint32(place + 4, true)
    const from = place + 8
    const length = name === 'data' && said === streaming ? end - from : Math.min(said, end - from)
    if (name === 'fmt ') {
      const word = view.getUint16(from, true)
      const isExtended = word === 0xfffe
      const kind = isExtended ? view.getUint16(from + 24, true) : word
      format = {
        is_float: kind === 3,
        bits: view.getUint16(from + 14, true),
        channels: view.getUint16(from + 2, true),
        sample_rate: view.getUint32(from + 4, true),
      }
      isPlain &&= !isExtended && kind === 1 && format.bits === 16
    }
    if (name === 'data') {
      data = { from, to: from + length }
      isPlain &&= said === length
    }
    place = from + length + (length % 2)
  }
  return { ...format, ...data, is_plain: isPlain }
}

/** All sample bytes are zero (contract 10.4). */
export function isSilentWav(bytes: Uint8Array): boolean {
  const { from, to } = layoutOf(bytes)
  for (let place = from; place < to; place += 1) if (bytes[place] !== 0) return false
  return true
}

/** Samples from frame `at` on, mixed to one channel, from -1 to 1. */
export function monoOf(
  bytes: Uint8Array,
  layout: Pick<WavLayout, 'is_float' | 'bits' | 'channels' | 'from' | 'to'>,
  at: number,
  count: number,
): Float32Array {
  const { channels, bits, is_float } = layout
  const size = bits / 8
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = sampleReader(view, bits, is_float)
  const frames = Math.max(0, Math.min(count, Math.floor((layout.to - layout.from) / (size * channels)) - at))
  const mono = new Float32Array(frames)
  let place = layout.from + at * size * channels
  for (let frame = 0; frame < frames; frame += 1) {
    let sum = 0
    for (let channel = 0; channel < channels; channel += 1, place += size) sum += read(place)
    mono[frame] = sum / channels
  }
  return mono
}

function sampleReader(view: DataView, bits: number, isFloat: boolean): (place: number) => number {
  if (isFloat) {
    const raw =
      bits === 64 ? (at: number) => view.getFloat64(at, true) : (at: number) => view.getFloat32(at, true)
    return (at) => {
      const value = raw(at)
      return Number.isFinite(value) ? value : 0
    }
  }
  switch (bits) {
    case 8:
      return (at) => (view.getUint8(at) - 128) / 128
    case 24:
      return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608
    case 32:
      return (at) => view.getInt32(at, true) / 2_147_483_648
    default:
      return (at) => view.getInt16(at, true) / 32_768
  }
}
