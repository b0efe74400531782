import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Syllables of a voice, a second of pause after each `sentence` (seconds), in the noise of a room; 16-bit. */
export function speechLike(rate: number, seconds: number, sentence = 5): Int16Array<ArrayBuffer> {
  let state = 1
  return Int16Array.from({ length: rate * seconds }, (_, at) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    const noise = state / 2 ** 31
    const second = at / rate
    if (second % (sentence + 1) > sentence) return 12 * noise
    const swell = 0.55 + 0.45 * Math.cos(2 * Math.PI * 4 * second)
    const pitch = 2 * Math.PI * 140 * second + 2 * Math.sin(2 * Math.PI * 0.7 * second)
    const voice = Math.sin(pitch) + 0.6 * Math.sin(3 * pitch) + 0.3 * Math.sin(7 * pitch) + 0.1 * noise
    return 4_000 * swell * voice
  })
}

/** A WAV of mono samples as they lie in memory. */
export function wavOf(samples: Uint8Array, rate: number, bits: 8 | 16 = 16): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.byteLength, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE((rate * bits) / 8, 28)
  head.writeUInt16LE(bits / 8, 32)
  head.writeUInt16LE(bits, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([head, samples])
}

/** Switches of a runtime whose microphone speaks without end. */
export function speakingMicrophone(): readonly string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'kheish-bench-microphone-')), 'speech.wav')
  writeFileSync(file, wavOf(new Uint8Array(speechLike(48_000, 12).buffer), 48_000))
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`]
}
