/** Small recordings and headers, made by their formats' rules. */
const text = (said: string) => Uint8Array.from(said, (each) => each.charCodeAt(0))
const le16 = (value: number) => [value & 255, (value >> 8) & 255]
const le32 = (value: number) => [...le16(value & 0xffff), ...le16(value >>> 16)]
const be32 = (value: number) => le32(value).reverse()

export const join = (...parts: readonly (string | Iterable<number>)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? text(part) : part)]))

export interface WavSettings {
  readonly format?: number
  readonly channels?: number
  readonly rate?: number
  readonly bits?: number
  readonly blockAlign?: number
  readonly byteRate?: number
  readonly data?: number
  readonly riffLength?: number
  readonly dataLength?: number
  readonly before?: Uint8Array
  readonly after?: Uint8Array
  readonly extension?: Uint8Array
}

/** Half a second of silence at 8,000 Hz, unless told otherwise. */
export function wav(settings: WavSettings = {}): Uint8Array {
  const { format = 1, channels = 1, rate = 8_000, bits = 16, data = 8_000 } = settings
  const { blockAlign = (channels * bits) / 8, before = [], after = [], extension = [] } = settings
  const head = [le16(format), le16(channels), le32(rate), le32(settings.byteRate ?? rate * blockAlign)]
  const fmt = [...head.flat(), ...le16(blockAlign), ...le16(bits), ...extension]
  const chunks = join(
    before,
    chunk('fmt ', fmt),
    'data',
    le32(settings.dataLength ?? data),
    new Uint8Array(data),
    after,
  )
  return join('RIFF', le32(settings.riffLength ?? chunks.length + 4), 'WAVE', chunks)
}

export const chunk = (name: string, data: Iterable<number>): Uint8Array => {
  const bytes = [...data]
  return join(name, le32(bytes.length), bytes)
}

/** The extension of a WAV format: valid bits, speakers, sub format. */
export const wavExtension = (format: number, tail = '\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71') =>
  join(le16(22), le16(16), le32(0), le16(format), tail)

export const box = (name: string, ...data: readonly (string | Iterable<number>)[]): Uint8Array => {
  const inner = join(...data)
  return join(be32(inner.length + 8), name, inner)
}
export const mp4 = (handler = 'soun', mdat: Uint8Array = join('sound')): Uint8Array =>
  join(
    box('ftyp', 'M4A ', be32(0)),
    box('moov', box('trak', box('mdia', box('hdlr', be32(0), be32(0), handler, new Uint8Array(12))))),
    box('mdat', mdat),
  )

/** A part of a WebM file, its length in five bytes. */
export const element = (id: number, ...data: readonly (string | Iterable<number>)[]): Uint8Array => {
  const inner = join(...data)
  return join(idBytes(id), [0x08], be32(inner.length), inner)
}
/** One whose length is unknown. */
export const openElement = (id: number, ...data: readonly Uint8Array[]): Uint8Array =>
  join(idBytes(id), [0xff], ...data)
const idBytes = (id: number) => be32(id).slice(be32(id).findIndex((each) => each > 0))

export interface WebmSettings {
  readonly docType?: string
  readonly trackType?: number
  readonly codec?: string
  readonly frame?: string
  readonly isOpen?: boolean
}
export function webm(settings: WebmSettings = {}): Uint8Array {
  const { docType = 'webm', trackType = 2, codec = 'A_OPUS', frame = 'sound', isOpen = false } = settings
  const track = element(0xae, element(0xd7, [1]), element(0x83, [trackType]), element(0x86, codec))
  const cluster = [element(0xe7, [0]), element(0xa3, [0x81, 0, 0, 0x80], frame)]
  const make = isOpen ? openElement : element
  const parts = [element(0x1654ae6b, track), make(0x1f43b675, ...cluster), make(0x1f43b675, ...cluster)]
  return join(element(0x1a45dfa3, element(0x4282, docType)), make(0x18538067, ...parts))
}

/** MPEG 1 layer III, 128 kbit/s, 44,100 Hz: frames of 417 bytes. */
export const mp3 = (third = 0x90, frames = 2): Uint8Array =>
  join(...Array.from({ length: frames }, () => join([0xff, 0xfb, third, 0xc0], new Uint8Array(413))))
export const id3 = (size: readonly number[] = [0, 0, 0, 4], flags = 0): Uint8Array =>
  join('ID3', [4, 0, flags], size, [0, 0, 0, 0], (flags & 0x10) === 0 ? [] : new Uint8Array(10))

export interface OggSettings {
  readonly version?: number
  readonly head?: string
  readonly position?: number
  readonly channels?: number
}
export function ogg({ version = 0, head = 'OpusHead', position = 48_312, channels = 2 }: OggSettings = {}) {
  const page = (at: number, body: Uint8Array) =>
    join('OggS', [version, 0], le32(at), le32(0), le32(7), le32(0), le32(0), [1, body.length], body)
  const first = join(head, [1, channels], le16(312), le32(48_000), le16(0), [0])
  return join(page(0, first), page(position, join('sound')))
}

/** ADTS at 44,100 Hz with two channels: frames of 17 bytes. */
export const aac = (rateIndex = 4, length = 17, frames = 2): Uint8Array =>
  join(
    ...Array.from({ length: frames }, () =>
      join(
        [
          0xff,
          0xf1,
          0x40 | (rateIndex << 2),
          0x80 | (length >> 11),
          (length >> 3) & 255,
          ((length & 7) << 5) | 31,
          0xfc,
        ],
        new Uint8Array(10),
      ),
    ),
  )

export function flac({ rate = 44_100, channels = 2, samples = 44_100, length = 34 } = {}): Uint8Array {
  const packed = (BigInt(rate) << 44n) | (BigInt(channels - 1) << 41n) | (15n << 36n) | BigInt(samples)
  const bytes = Array.from({ length: 8 }, (_, index) => Number((packed >> BigInt(56 - index * 8)) & 255n))
  return join('fLaC', [0x80, 0, 0, length], new Uint8Array(10), bytes, new Uint8Array(16))
}

/** Begins like a PNG of this size; no picture follows. */
export const pngHeader = (width: number, height: number, depth = 8, colour = 6): Uint8Array =>
  join(
    [0x89],
    'PNG\r\n\x1a\n',
    be32(13),
    'IHDR',
    be32(width),
    be32(height),
    [depth, colour, 0, 0, 0],
    be32(0),
  )
