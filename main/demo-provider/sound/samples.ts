/** Mono sound, as numbers from -1 to 1. */
export interface Sound {
  readonly rate: number
  readonly samples: Float32Array
}

/** What every voice of the demo is delivered at. Hertz. */
export const deliveredRate = 24_000

/** Straight lines between samples: enough for voices that end below half of the lower rate. */
export function resampled({ rate, samples }: Sound, to: number): Sound {
  if (rate === to) return { rate, samples }
  const step = rate / to
  const made = new Float32Array(Math.floor(samples.length / step))
  for (let i = 0; i < made.length; i++) {
    const at = i * step
    const before = Math.floor(at)
    const a = samples[before] ?? 0
    made[i] = a + ((samples[before + 1] ?? a) - a) * (at - before)
  }
  return { rate: to, samples: made }
}

/** Signed, 16 bits, little-endian. */
export function toPcm(samples: Float32Array): Buffer {
  const bytes = Buffer.allocUnsafe(samples.length * 2)
  for (let at = 0; at < samples.length; at++)
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, samples[at] ?? 0)) * 32_767), at * 2)
  return bytes
}

/** A WAV file of 16-bit samples, as speech programs write it; the first channel of several. */
export function fromWav(file: Buffer): Sound {
  let [rate, channels, place] = [0, 1, 12]
  while (place + 8 <= file.length) {
    const name = file.toString('latin1', place, place + 4)
    const length = Math.min(file.readUInt32LE(place + 4), file.length - place - 8)
    if (name === 'fmt ') [channels, rate] = [file.readUInt16LE(place + 10), file.readUInt32LE(place + 12)]
    if (name === 'data') {
      const samples = new Float32Array(Math.floor(length / 2 / channels))
      for (let i = 0; i < samples.length; i++)
        samples[i] = file.readInt16LE(place + 8 + i * 2 * channels) / 32_768
      return { rate, samples }
    }
    place += 8 + length + (length % 2)
  }
  throw new Error('no sound in this WAV file')
}

/** The same as a WAV file. */
export function toWav({ rate, samples }: Sound): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.length * 2, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.length * 2, 40)
  return Buffer.concat([header, toPcm(samples)])
}
