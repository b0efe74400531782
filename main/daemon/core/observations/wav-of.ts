/** A WAV file of 16-bit mono samples (little-endian), with its real sizes. `rate` in hertz. */
export function wavOf(samples: Uint8Array, rate: number): Uint8Array {
  const head = 44
  const wav = new Uint8Array(head + samples.byteLength)
  const view = new DataView(wav.buffer)
  const text = (at: number, word: string) => {
    for (let each = 0; each < word.length; each += 1) wav[at + each] = word.charCodeAt(each)
  }
  text(0, 'RIFF')
  view.setUint32(4, head - 8 + samples.byteLength, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.byteLength, true)
  wav.set(samples, head)
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
