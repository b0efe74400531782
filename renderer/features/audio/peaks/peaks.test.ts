import { describe, expect, test, vi } from 'vitest'
import type { AssetId } from '@contract/ids'
import { createFakeClient } from '../../../client/fake'
import { fromBase64, toBase64 } from './base64'
import { createPeaks } from './create-peaks'
import { drawWav } from './draw-wav'
import { createStretches } from './stretches'
import { loudestOf, wavLayout, type WavLayout } from './wav-layout'

/** 16 bits unless told; `length` is what the head says of the samples. */
function wav(
  samples: readonly number[],
  { channels = 1, bits = 16, kind = 1, length = -1 } = {},
): Uint8Array {
  const width = bits / 8
  const file = new DataView(new ArrayBuffer(44 + samples.length * width))
  const word = (at: number, text: string) =>
    [...text].forEach((sign, by) => file.setUint8(at + by, sign.charCodeAt(0)))
  word(0, 'RIFF')
  word(8, 'WAVEfmt ')
  file.setUint32(16, 16, true)
  file.setUint16(20, kind, true)
  file.setUint16(22, channels, true)
  file.setUint32(24, 8000, true)
  file.setUint16(34, bits, true)
  word(36, 'data')
  file.setUint32(40, length < 0 ? samples.length * width : length, true)
  samples.forEach((sample, at) => {
    const place = 44 + at * width
    if (kind === 3) file.setFloat32(place, sample, true)
    else if (bits === 8) file.setUint8(place, 128 + 127 * sample)
    else if (bits === 16) file.setInt16(place, 32_767 * sample, true)
    else if (bits === 24) {
      const value = Math.round(8_388_607 * sample)
      file.setUint16(place, value & 0xffff, true)
      file.setInt8(place + 2, value >> 16)
    } else file.setInt32(place, 2_147_483_647 * sample, true)
  })
  return new Uint8Array(file.buffer)
}

const readerOf = (file: Uint8Array) => {
  const read = vi.fn(async (from: number, to: number) => file.slice(from, to))
  return Object.assign(read, { size: file.byteLength })
}

describe('a wav', () => {
  test.each([
    [8, 1],
    [16, 1],
    [24, 1],
    [32, 1],
    [32, 3],
  ])('of %d bits, kind %d, is as loud as it is', (bits, kind) => {
    const file = wav([0, 0.5, -0.75, 0], { channels: 2, bits, kind })
    const layout = wavLayout(new DataView(file.buffer), file.byteLength) as WavLayout
    expect(layout).toMatchObject({ channels: 2, bits, from: 44, to: file.byteLength })
    expect(loudestOf(file.subarray(44), layout, 1)).toBeCloseTo(0.75, 1)
  })
  test('that never knew its length ends where the file ends', () => {
    for (const length of [0, 0xffff_ffff]) {
      const file = wav([0, 1], { length })
      expect(wavLayout(new DataView(file.buffer), file.byteLength)?.to).toBe(48)
    }
  })
  test('of a kind that is decoded, or none at all, is left to the decoder', () => {
    expect(wavLayout(new DataView(wav([0], { kind: 6 }).buffer), 46)).toBeNull()
    expect(wavLayout(new DataView(new ArrayBuffer(4)), 4)).toBeNull()
  })
  test('is drawn with every loud moment in its own place, and read once', async () => {
    const samples = Array.from({ length: 50_000 }, (_, at) => (at === 25_010 ? 1 : at < 50 ? 0.5 : 0))
    const read = readerOf(wav(samples))
    const peaks = await drawWav(read, read.size)
    expect(peaks).toHaveLength(1000)
    expect([peaks?.[0], peaks?.[499], peaks?.[500], peaks?.[501]]).toEqual([127, 0, 255, 0])
    const bytes = read.mock.calls.slice(1).reduce((sum, [from, to]) => sum + to - from, 0)
    expect(bytes).toBe(100_000)
  })
  test('shorter than its drawing is drawn all the same', async () => {
    const read = readerOf(wav([0.5, 0.5, 0.5]))
    expect(new Set(await drawWav(read, read.size))).toEqual(new Set([127]))
  })
})

test('samples of one piece are spread over the stretches that they fill', () => {
  const stretches = createStretches(4)
  stretches.add(Float32Array.of(0.1, -1, 0.2, 0), 0, 1)
  expect([...stretches.peaks()]).toEqual([26, 255, 51, 0])
  const half = createStretches(4)
  half.add(Float32Array.of(1, 1), 0.5, 0.75)
  expect([...half.peaks()]).toEqual([0, 0, 255, 255])
})

describe('peaks', () => {
  const recording = { asset_id: 'a' as AssetId, file_name: 'a.wav', byte_length: 1 }
  const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 256)

  test('are drawn once, and kept', async () => {
    const { client, asked } = createFakeClient({
      'audio.peaks': () => ({ peaks: null }),
      'audio.keepPeaks': () => undefined,
    })
    const draw = vi.fn(async () => bytes)
    const peaksOf = createPeaks(client, draw)
    expect(await Promise.all([peaksOf(recording), peaksOf(recording)])).toEqual([bytes, bytes])
    expect(draw).toHaveBeenCalledOnce()
    expect(asked.at(-1)).toEqual({
      name: 'audio.keepPeaks',
      input: { asset_id: 'a', peaks: toBase64(bytes) },
    })
    expect(toBase64(bytes)).toHaveLength(1336)
  })
  test('that were kept are drawn by nobody', async () => {
    const { client } = createFakeClient({ 'audio.peaks': () => ({ peaks: toBase64(bytes) }) })
    const draw = vi.fn(async () => null)
    expect(await createPeaks(client, draw)(recording)).toEqual(bytes)
    expect(draw).not.toHaveBeenCalled()
    expect(fromBase64(toBase64(bytes))).toEqual(bytes)
  })
  test('that can’t be kept are still drawn, and one that fails does not hold up the next', async () => {
    const { client } = createFakeClient()
    const peaksOf = createPeaks(client, async ({ asset_id }) => {
      if (asset_id === 'a') throw new Error('broken')
      return bytes
    })
    expect(await peaksOf(recording)).toBeNull()
    expect(await peaksOf({ ...recording, asset_id: 'b' as AssetId })).toEqual(bytes)
  })
})
