import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinSamples } from './join-samples'
import { frameLength, samplesOf, soundRate } from './rate'
import { createSegments, longestSegment, type Cut } from './segments'

/** Noise with a seed, so that a failure is the same again. */
function noiseOf(length: number, decibels: number, seed: number): Int16Array {
  const size = 32_768 * 10 ** (decibels / 20) * Math.sqrt(3)
  let state = seed | 1
  return Int16Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return Math.round((state / 2 ** 31) * size)
  })
}

/** Syllables: a tone that swells and ebbs four times a second. */
function speakInto(sound: Int16Array, from: number, length: number, decibels: number): void {
  const size = 32_768 * 10 ** (decibels / 20) * Math.SQRT2
  for (let i = 0; i < length && from + i < sound.length; i++) {
    const swell = 0.55 + 0.45 * Math.cos((2 * Math.PI * 4 * i) / soundRate)
    const sample = (sound[from + i] ?? 0) + size * swell * Math.sin((2 * Math.PI * 180 * i) / soundRate)
    sound[from + i] = Math.max(-32_768, Math.min(32_767, Math.round(sample)))
  }
}

function cutUp(sound: Int16Array): readonly Cut[] {
  const segments = createSegments()
  const cuts: Cut[] = []
  for (let at = 0; at < sound.length; at += frameLength)
    cuts.push(...segments.push(sound.subarray(at, Math.min(sound.length, at + frameLength))))
  return [...cuts, ...segments.end()]
}

const ends = (cuts: readonly Cut[]) => cuts.flatMap((cut) => (cut.kind === 'end' ? [cut] : []))
const soundIn = (cuts: readonly Cut[]) => cuts.flatMap((cut) => (cut.kind === 'sound' ? [cut] : []))

/** Places of the samples that are sent: those of segments that are not silent. */
function sentSamples(cuts: readonly Cut[], length: number): Uint8Array {
  const sent = new Uint8Array(length)
  let from = 0
  for (const end of ends(cuts)) {
    if (!end.isSilent) sent.fill(1, from, from + end.length)
    from += end.length
  }
  return sent
}

const words = fc.array(
  fc.record({
    pauseMs: fc.integer({ min: 0, max: 6_000 }),
    lengthMs: fc.integer({ min: 80, max: 12_000 }),
    loudness: fc.integer({ min: -30, max: -12 }),
  }),
  { minLength: 1, maxLength: 6 },
)
const room = fc.record({ noise: fc.integer({ min: -80, max: -50 }), seed: fc.integer({ min: 1, max: 1e9 }) })

describe('segments', () => {
  it('keeps every sample once and in order, none longer than 30 s', () => {
    fc.assert(
      fc.property(words, room, (spoken, { noise, seed }) => {
        const total = spoken.reduce((sum, { pauseMs, lengthMs }) => sum + samplesOf(pauseMs + lengthMs), 0)
        const sound = noiseOf(total, noise, seed)
        let at = 0
        for (const { pauseMs, lengthMs, loudness } of spoken) {
          speakInto(sound, at + samplesOf(pauseMs), samplesOf(lengthMs), loudness)
          at += samplesOf(pauseMs + lengthMs)
        }
        const cuts = cutUp(sound)
        const given = new Map<number, Int16Array[]>()
        const lengths = new Map<number, number>()
        for (const { segment, fromSample, samples } of soundIn(cuts)) {
          expect(fromSample).toBe(lengths.get(segment) ?? 0)
          lengths.set(segment, fromSample + samples.length)
          given.set(segment, [...(given.get(segment) ?? []), samples])
        }
        expect(ends(cuts).map(({ segment }) => segment)).toEqual([...lengths.keys()])
        for (const { segment, length } of ends(cuts)) {
          expect(length).toBeLessThanOrEqual(lengths.get(segment) ?? 0)
          expect(length).toBeLessThanOrEqual(longestSegment)
        }
        const kept = ends(cuts).map(({ segment, length }) =>
          joinSamples(given.get(segment) ?? []).subarray(0, length),
        )
        expect(Buffer.from(joinSamples(kept).buffer)).toEqual(Buffer.from(sound.buffer))
      }),
      { numRuns: 12 },
    )
  })

  it('gives every frame at once', () => {
    const segments = createSegments()
    const sound = noiseOf(samplesOf(20_000), -70, 5)
    speakInto(sound, samplesOf(2_000), samplesOf(6_000), -20)
    speakInto(sound, samplesOf(12_000), samplesOf(1_000), -20)
    for (let at = 0; at < sound.length; at += frameLength) {
      const frame = sound.subarray(at, at + frameLength)
      expect(soundIn(segments.push(frame)).at(-1)?.samples).toEqual(frame)
    }
  })

  it('sends every sample of what is said, and what comes shortly before it', () => {
    fc.assert(
      fc.property(words, room, (spoken, { noise, seed }) => {
        const total = spoken.reduce((sum, { pauseMs, lengthMs }) => sum + samplesOf(pauseMs + lengthMs), 0)
        const sound = noiseOf(total + samplesOf(500), noise, seed)
        const places: (readonly [number, number])[] = []
        let at = 0
        for (const { pauseMs, lengthMs, loudness } of spoken) {
          const from = at + samplesOf(pauseMs)
          at = from + samplesOf(lengthMs)
          speakInto(sound, from, at - from, loudness)
          places.push([Math.max(0, from - samplesOf(150)), at])
        }
        const sent = sentSamples(cutUp(sound), sound.length)
        for (const [from, to] of places) expect(sent.subarray(from, to).includes(0)).toBe(false)
      }),
      { numRuns: 25 },
    )
  })

  it('keeps the soft beginning of a word that begins as a long silence is cut', () => {
    for (let pauseMs = 29_900; pauseMs <= 30_100; pauseMs += 16) {
      const from = samplesOf(pauseMs)
      const sound = noiseOf(from + samplesOf(1_500), -75, 11)
      speakInto(sound, from, samplesOf(1_000), -20)
      const sent = sentSamples(cutUp(sound), sound.length)
      expect(sent.subarray(from - samplesOf(150), from).includes(0), `after ${pauseMs} ms`).toBe(false)
    }
  })

  it('marks silence, in which nobody speaks, and noise that is only noise', () => {
    for (const decibels of [-96, -75, -55, -48]) {
      const cuts = cutUp(noiseOf(samplesOf(40_000), decibels, 7))
      const silentFrom = ends(cuts).filter(({ isSilent }) => isSilent)
      expect(silentFrom.length).toBeGreaterThan(0)
      if (decibels <= -55) expect(ends(cuts).every(({ isSilent }) => isSilent)).toBe(true)
    }
  })

  it('cuts at pauses and not inside a word', () => {
    const sound = noiseOf(samplesOf(60_000), -65, 3)
    for (let at = 0; at < 60_000; at += 6_000) speakInto(sound, samplesOf(at), samplesOf(5_000), -20)
    let from = 0
    const all = ends(cutUp(sound))
    expect(all.length).toBeGreaterThan(4)
    for (const { length } of all.slice(0, -1)) {
      from += length
      // Words last 5 s of every 6; the fade at their end is theirs too.
      expect((from / soundRate) % 6).toBeGreaterThan(4)
    }
  })
})
