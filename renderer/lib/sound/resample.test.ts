import { describe, expect, it } from 'vitest'
import { createResampler } from './resample'

const tone = (hertz: number, rate: number, seconds = 0.5): Float32Array =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, at) =>
    Math.sin((2 * Math.PI * hertz * at) / rate),
  )

/** In pieces of 10 ms, as a track gives them. */
function resampled(sound: Float32Array, from: number, to: number): Float32Array {
  const resampler = createResampler(from, to)
  const out: number[] = []
  const piece = Math.round(from / 100)
  for (let at = 0; at < sound.length; at += piece) out.push(...resampler.push(sound.subarray(at, at + piece)))
  return Float32Array.from(out)
}

describe('a resampler', () => {
  it.each([8_000, 22_050, 32_000, 44_100, 48_000, 96_000])('keeps a voice at %d Hz as it is', (rate) => {
    const out = resampled(tone(440, rate), rate, 16_000)
    const wanted = tone(440, 16_000)
    expect(Math.abs(out.length - wanted.length)).toBeLessThan(40)
    // The kernel begins in the silence before the first sample.
    const off = out.map((sample, at) => Math.abs(sample - (wanted[at] ?? 0)))
    expect(Math.max(...off.subarray(20))).toBeLessThan(0.01)
  })

  it('lets nothing through that the lower rate can’t hold', () => {
    const out = resampled(tone(12_000, 48_000), 48_000, 16_000)
    expect(Math.max(...out.subarray(40).map(Math.abs))).toBeLessThan(0.01)
  })

  it('loses no sample in a minute, whatever the pieces are', () => {
    const resampler = createResampler(44_100, 16_000)
    let count = 0
    for (let at = 0, length = 1; at < 44_100 * 60; at += length, length = (length * 7 + 3) % 1_000)
      count += resampler.push(new Float32Array(Math.min(length, 44_100 * 60 - at))).length
    expect(Math.abs(count - 16_000 * 60)).toBeLessThan(40)
  })
})
