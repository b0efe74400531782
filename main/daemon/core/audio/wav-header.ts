/** Samples without a header: signed, 16 bits, little-endian. */
export interface Samples {
  /** Hertz. */
  readonly sample_rate: number
  readonly channels: number
}
export const wavHeaderLength = 44

/** What makes samples playable. `byte_length`: of the samples alone. */
export function wavHeader({ sample_rate, channels }: Samples, byte_length: number): Uint8Array {
  const header = new Uint8Array(wavHeaderLength)
  const view = new DataView(header.buffer)
  const word = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) header[at + i] = text.charCodeAt(i)
  }
  word(0, 'RIFF')
  view.setUint32(4, 36 + byte_length, true)
  word(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sample_rate, true)
  view.setUint32(28, sample_rate * channels * 2, true)
  view.setUint16(32, channels * 2, true)
  view.setUint16(34, 16, true)
  word(36, 'data')
  view.setUint32(40, byte_length, true)
  return header
}
