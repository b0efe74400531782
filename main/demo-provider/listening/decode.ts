/** What was heard: 16 kHz mono. Undefined sound: a container that can't be opened here. */
export interface Heard {
  readonly sound?: Float32Array
  readonly seconds: number
}

const rate = 16_000

/** What the bytes are, as an upstream would tell. */
export function formatOf(bytes: Uint8Array): string | undefined {
  const word = (from: number, length: number) => String.fromCharCode(...bytes.subarray(from, from + length))
  if (word(0, 4) === 'RIFF' && word(8, 4) === 'WAVE') return 'wav'
  if (word(0, 4) === '\x1a\x45\xdf\xa3') return 'webm'
  if (word(0, 4) === 'OggS') return 'ogg'
  if (word(0, 4) === 'fLaC') return 'flac'
  if (word(4, 4) === 'ftyp') return 'm4a'
  if (word(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)) return 'mp3'
  return undefined
}

/** Decodes a recording; rejects when there is nothing in it that could be decoded. */
export async function decode(format: string, bytes: Uint8Array): Promise<Heard> {
  if (format === 'wav') return heard(decodeWav(bytes))
  if (format === 'mp3') return heard(await decodeMp3(bytes))
  return decodePackets(bytes)
}

const heard = (sound: Float32Array): Heard => ({ sound, seconds: sound.length / rate })

function decodeWav(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let format = { kind: 1, channels: 1, rate, bits: 16 }
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4))
    const said = view.getUint32(at + 4, true)
    const length = Math.min(said, bytes.length - at - 8)
    if (name === 'fmt ') {
      const kind = view.getUint16(at + 8, true)
      format = {
        kind: kind === 0xfffe ? view.getUint16(at + 32, true) : kind,
        channels: view.getUint16(at + 10, true),
        rate: view.getUint32(at + 12, true),
        bits: view.getUint16(at + 22, true),
      }
    }
    if (name === 'data') {
      const step = format.bits / 8
      const frames = Math.floor(length / (step * format.channels))
      const mono = Float32Array.from({ length: frames }, (_, frame) => {
        let sum = 0
        for (let channel = 0; channel < format.channels; channel++)
          sum += sampleAt(view, at + 8 + (frame * format.channels + channel) * step, format)
        return sum / format.channels
      })
      return slower(mono, format.rate)
    }
    at += 8 + length + (length % 2)
  }
  throw new Error('no sound')
}

function sampleAt(view: DataView, at: number, { kind, bits }: { kind: number; bits: number }): number {
  if (kind === 3) return bits === 64 ? view.getFloat64(at, true) : view.getFloat32(at, true)
  if (bits === 8) return (view.getUint8(at) - 128) / 128
  if (bits === 24) return (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608
  return bits === 32 ? view.getInt32(at, true) / 2 ** 31 : view.getInt16(at, true) / 32_768
}

/** The mean over each new sample's time: plain, and enough for speech. */
function slower(samples: Float32Array, from: number): Float32Array {
  if (from === rate) return samples
  const step = from / rate
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, at) => {
    const begin = Math.floor(at * step)
    const end = Math.max(begin + 1, Math.floor((at + 1) * step))
    let sum = 0
    for (let each = begin; each < end; each++) sum += samples[each] ?? 0
    return sum / (end - begin)
  })
}

async function decodeMp3(bytes: Uint8Array): Promise<Float32Array> {
  const { MPEGDecoder } = await import('mpg123-decoder')
  const decoder = new MPEGDecoder()
  await decoder.ready
  try {
    const { channelData, samplesDecoded, sampleRate } = decoder.decode(bytes)
    if (samplesDecoded === 0) throw new Error('no sound')
    return slower(mixed(channelData, samplesDecoded), sampleRate)
  } finally {
    decoder.free()
  }
}

async function decodePackets(bytes: Uint8Array): Promise<Heard> {
  const { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } = await import('mediabunny')
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  try {
    const track = await input.getPrimaryAudioTrack()
    if (!track) throw new Error('no sound')
    if ((await track.getCodec()) !== 'opus') return { seconds: await track.computeDuration() }
    const { OpusDecoder } = await import('opus-decoder')
    const decoder = new OpusDecoder({ sampleRate: rate, channels: await track.getNumberOfChannels() })
    await decoder.ready
    const pieces: Float32Array[] = []
    try {
      for await (const packet of new EncodedPacketSink(track).packets()) {
        const { channelData, samplesDecoded } = decoder.decodeFrame(packet.data)
        pieces.push(mixed(channelData, samplesDecoded))
      }
    } catch (error) {
      // Cut short: what came before is heard.
      if (pieces.length === 0) throw error
    } finally {
      decoder.free()
    }
    const sound = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
    let at = 0
    for (const piece of pieces) {
      sound.set(piece, at)
      at += piece.length
    }
    return heard(sound)
  } finally {
    input.dispose()
  }
}

const mixed = (channels: readonly Float32Array[], length: number): Float32Array =>
  Float32Array.from(
    { length },
    (_, at) => channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length,
  )
