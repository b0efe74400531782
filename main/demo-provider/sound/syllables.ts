import { deliveredRate, type Sound } from './samples'
import { samplesInFrame, toneFrames } from './tone-frames'

/** One sound of a sentence: how high (1 to 8; 0 is silence), how open, how long in seconds. */
interface Beat {
  readonly pitch: number
  readonly vowel: number
  readonly seconds: number
}

const pitches = [0, 110, 123, 131, 147, 165, 175, 196, 220]
/** Where the mouth resonates, by vowel. Hertz. */
const formants = [
  [730, 1090],
  [530, 1840],
  [270, 2290],
  [570, 840],
  [300, 870],
] as const
const vowels = 'aeiou'

/** A text as somebody would hum it: a tone for each syllable, a rest where one breathes. */
export function beatsOf(text: string, speed: number): readonly Beat[] {
  const beats: Beat[] = []
  const rest = (seconds: number) => beats.push({ pitch: 0, vowel: 0, seconds: seconds / speed })
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+|[.!?。！？\n]+|[,;:、，]/gu)) {
    if (/^[.!?。！？\n]/.test(word)) rest(0.32)
    else if (/^[,;:、，]/.test(word)) rest(0.16)
    else {
      for (const [syllable] of word.matchAll(/[^aeiouyäöüáéíóúàèò]*[aeiouyäöüáéíóúàèò]+|[^aeiouy]{1,3}/gu)) {
        const sum = [...syllable].reduce((all, letter) => all + (letter.codePointAt(0) ?? 0), 0)
        const vowel = Math.max(0, vowels.indexOf(syllable.at(-1) ?? ''))
        const seconds = (0.11 + 0.015 * Math.min(4, syllable.length)) / speed
        beats.push({ pitch: 1 + (sum % 8), vowel, seconds })
      }
      rest(0.04)
    }
  }
  return beats.some(({ pitch }) => pitch > 0) ? beats : [{ pitch: 1, vowel: 0, seconds: 0.2 }]
}

/** The same as sound: a buzz through two resonances, each beat faded in and out. */
export function hum(text: string, speed: number, rate = deliveredRate): Sound {
  const beats = beatsOf(text, speed)
  const lengths = beats.map(({ seconds }) => Math.round(seconds * rate))
  const samples = new Float32Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const [index, { pitch, vowel }] of beats.entries()) {
    const length = lengths[index] ?? 0
    if (pitch > 0) sing(samples.subarray(at, at + length), pitches[pitch] ?? 110, vowel, rate)
    at += length
  }
  return { rate, samples }
}

function sing(into: Float32Array, pitch: number, vowel: number, rate: number): void {
  const wave = waveOf(pitch, vowel, rate)
  const fade = Math.min(into.length / 2, rate * 0.02)
  for (let i = 0; i < into.length; i++) {
    const envelope = Math.min(1, i / fade, (into.length - 1 - i) / fade)
    into[i] = 0.7 * envelope * (wave[i % wave.length] ?? 0)
  }
}

const waves = new Map<string, Float32Array>()

/** One period of a vowel. */
function waveOf(pitch: number, vowel: number, rate: number): Float32Array {
  const name = `${pitch} ${vowel} ${rate}`
  const known = waves.get(name)
  if (known) return known
  const [low, high] = formants[vowel] ?? formants[0]
  const strengths = Array.from({ length: 20 }, (_, at) => {
    const hertz = (at + 1) * pitch
    return 1 / (1 + ((hertz - low) / 120) ** 2) + 0.5 / (1 + ((hertz - high) / 180) ** 2)
  })
  const all = strengths.reduce((sum, strength) => sum + strength, 0)
  const length = Math.round(rate / pitch)
  const wave = Float32Array.from({ length }, (_, i) =>
    strengths.reduce(
      (sum, strength, at) => sum + (strength / all) * Math.sin((2 * Math.PI * (at + 1) * i) / length),
      0,
    ),
  )
  waves.set(name, wave)
  return wave
}

/** The same as MP3, of frames that were made beforehand: there is no encoder in here. */
export function hummedMp3(text: string, speed: number): Buffer {
  const frames: Buffer[] = []
  let due = 0
  for (const { pitch, seconds } of beatsOf(text, speed)) {
    due += (seconds * deliveredRate) / samplesInFrame
    while (frames.length < Math.round(due)) frames.push(toneFrames[pitch] ?? Buffer.alloc(0))
  }
  return Buffer.concat(frames.length === 0 ? toneFrames.slice(1, 2) : frames)
}
