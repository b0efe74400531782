/** Where the samples of a WAV lie, and what they are. Places in bytes of the file. */
export interface WavLayout {
  readonly from: number
  readonly to: number
  readonly channels: number
  readonly bits: 8 | 16 | 24 | 32
  readonly isFloat: boolean
}

/** Reads the head of a file of `size` bytes; null for anything but plain samples. */
export function wavLayout(head: DataView, size: number): WavLayout | null {
  const word = (at: number): string =>
    at + 4 > head.byteLength ? '' : String.fromCharCode(...[0, 1, 2, 3].map((by) => head.getUint8(at + by)))
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') return null
  let form: Pick<WavLayout, 'channels' | 'bits' | 'isFloat'> | null = null
  for (let at = 12; at + 8 <= head.byteLength;) {
    const length = head.getUint32(at + 4, true)
    if (word(at) === 'fmt ') form = formOf(head, at + 8, length)
    if (word(at) === 'data') {
      if (!form) return null
      // Who wrote it while it was recorded may never have known the length.
      const end = at + 8 + length
      return { ...form, from: at + 8, to: length === 0 || end > size ? size : end }
    }
    at += 8 + length + (length % 2)
  }
  return null
}

function formOf(
  head: DataView,
  at: number,
  length: number,
): Pick<WavLayout, 'channels' | 'bits' | 'isFloat'> | null {
  if (length < 16 || at + length > head.byteLength) return null
  const said = head.getUint16(at, true)
  const kind = said === 0xfffe && length >= 26 ? head.getUint16(at + 24, true) : said
  const channels = head.getUint16(at + 2, true)
  const bits = head.getUint16(at + 14, true)
  const isFloat = kind === 3
  const isKnown = isFloat ? bits === 32 : kind === 1 && [8, 16, 24, 32].includes(bits)
  if (!isKnown || channels === 0) return null
  return { channels, bits: bits as WavLayout['bits'], isFloat }
}

/** The loudest of some frames, from 0 to 1; every `stride`th frame is looked at. */
export function loudestOf(bytes: Uint8Array, layout: WavLayout, stride: number): number {
  const width = layout.bits / 8
  const step = width * layout.channels * stride
  const end = bytes.byteLength - width * layout.channels
  const frame = width * layout.channels
  const { buffer, byteOffset } = bytes
  let most = 0
  // The common one without a call for each sample.
  if (layout.bits === 16 && byteOffset % 2 === 0) {
    const samples = new Int16Array(buffer, byteOffset, bytes.byteLength >> 1)
    const by = layout.channels * stride
    for (let at = 0; at + layout.channels <= samples.length; at += by)
      for (let channel = 0; channel < layout.channels; channel += 1) {
        const sample = samples[at + channel] ?? 0
        if (sample > most) most = sample
        else if (-sample > most) most = -sample
      }
    return most / 32_768
  }
  const view = new DataView(buffer, byteOffset, bytes.byteLength)
  for (let at = 0; at <= end; at += step)
    for (let place = at; place < at + frame; place += width)
      most = Math.max(most, Math.abs(sampleAt(view, place, layout)))
  return Math.min(1, most)
}

function sampleAt(view: DataView, at: number, { bits, isFloat }: WavLayout): number {
  if (isFloat) return view.getFloat32(at, true)
  if (bits === 8) return (view.getUint8(at) - 128) / 128
  if (bits === 16) return view.getInt16(at, true) / 32_768
  if (bits === 24) return (view.getInt8(at + 2) * 65_536 + view.getUint16(at, true)) / 8_388_608
  return view.getInt32(at, true) / 2_147_483_648
}
