import { readFileSync } from 'node:fs'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pixels } from '../../core/regions/box'
import { corpus } from './corpora.fake'
import { decodePlainPng } from './decode-plain-png'
import { encodeGreyPng, encodePng } from './encode-png'

const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
const pictures = (channels: number) =>
  sizes.chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
      .map((data) => ({ width, height, data })),
  )

async function byLibrary(bytes: Uint8Array): Promise<Pixels> {
  const picture = await loadImage(bytes)
  const { width, height } = picture
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(picture, 0, 0)
  return { width, height, data: context.getImageData(0, 0, width, height).data }
}

test('every pixel comes back to the last bit, also where it is nearly clear', async () => {
  await fc.assert(
    fc.asyncProperty(pictures(4), async ({ width, height, data }) => {
      const pixels = { width, height, data: Uint8ClampedArray.from(data) }
      expect(await decodePlainPng(await encodePng(pixels))).toEqual(pixels)
    }),
  )
})

test('what is written is what the picture library reads: colours, and greys', async () => {
  await fc.assert(
    fc.asyncProperty(pictures(4), async ({ width, height, data }) => {
      const pixels = {
        width,
        height,
        data: Uint8ClampedArray.from(data, (each, at) => (at % 4 === 3 ? 255 : each)),
      }
      const bytes = await encodePng(pixels)
      expect(bytes[25]).toBe(2)
      expect(await byLibrary(bytes)).toEqual(pixels)
    }),
    { numRuns: 30 },
  )
  await fc.assert(
    fc.asyncProperty(pictures(1), async (mask) => {
      const { data } = await byLibrary(await encodeGreyPng(mask))
      expect(data.filter((_, at) => at % 4 === 0)).toEqual(Uint8ClampedArray.from(mask.data))
    }),
    { numRuns: 30 },
  )
})

describe.runIf(process.platform === 'linux')('pictures of others', () => {
  test('PngSuite is read as the picture library reads it, or left to it', async () => {
    let read = 0
    for (const path of corpus('pngsuite', '.png')) {
      const bytes = without(readFileSync(path), 'gAMA')
      const own = await decodePlainPng(bytes)
      if (!own) continue
      read += 1
      const { data } = await byLibrary(bytes)
      // The library rounds colours by their alpha; what is left of that can't be seen.
      const wrong = own.data.filter((each, place) => {
        const alpha = own.data[place | 3] ?? 0
        const difference = Math.abs(each - (data[place] ?? 0))
        return place % 4 === 3 || alpha === 255 ? difference > 0 : (difference * alpha) / 255 > 1
      })
      expect(wrong, path).toHaveLength(0)
    }
    expect(read).toBeGreaterThan(10)
  })
})

function without(png: Buffer, name: string): Buffer {
  const kept = [png.subarray(0, 8)]
  for (let place = 8; place < png.length;) {
    const end = place + 12 + png.readUInt32BE(place)
    if (png.toString('latin1', place + 4, place + 8) !== name) kept.push(png.subarray(place, end))
    place = end
  }
  return Buffer.concat(kept)
}
