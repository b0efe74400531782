import { wavHeader } from '../audio/wav-header'

/** A WAV file of 16-bit mono samples (little-endian), with its real sizes. `rate` in hertz. */
export function wavOf(samples: Uint8Array, rate: number): Uint8Array {
  const head = wavHeader({ sample_rate: rate, channels: 1 }, samples.byteLength)
  const wav = new Uint8Array(head.length + samples.byteLength)
  wav.set(head)
  wav.set(samples, head.length)
  return wav
}

/** The samples of such a file; undefined for any other. */
export function samplesOf(wav: Uint8Array, rate: number): Uint8Array | undefined {
  const samples = wav.subarray(44)
  const head = wavOf(new Uint8Array(0), rate)
  const sizes = new DataView(head.buffer)
  sizes.setUint32(4, 36 + samples.byteLength, true)
  sizes.setUint32(40, samples.byteLength, true)
  return head.every((byte, at) => wav[at] === byte) ? samples : undefined
}
