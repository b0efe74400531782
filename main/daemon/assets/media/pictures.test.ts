import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas'
import { afterAll, describe, expect, test } from 'vitest'
import { join } from '../../core/media-types/samples.fake'
import { corpus } from './corpora.fake'
import { bmp, heic } from './samples.fake'
import { openBench } from './testing'

const bench = openBench()
afterAll(() => bench.close())

const orange = [200, 100, 50]

describe.runIf(process.platform === 'linux')('pictures of others', () => {
  test('PngSuite, every picture of it', async () => {
    const paths = corpus('pngsuite', '.png')
    expect(paths.length).toBeGreaterThan(30)
    for (const path of paths) {
      const bytes = readFileSync(path)
      const taken = await bench.take(basename(path), bytes)
      expect(taken, path).toMatchObject({ raw: { media_type: 'image/png' }, width: bytes.readUInt32BE(16) })
      expect(await difference(taken.read('raw'), bytes), path).toBeLessThan(1)
    }
  })

  test.each([
    ['invalid-crc32.png', 'png_checksum'],
    ['invalid-noend.png', 'png_end'],
    ['invalid-trunc.png', 'png_end'],
  ])('%s is refused', async (name, check) => {
    const path = corpus('png', name)[0] as string
    await expect(bench.take(name, readFileSync(path))).rejects.toMatchObject({ fault: { check } })
  })

  test('JPEG in every sampling, progressive, grey, RGB and CMYK, looks like its PNG', async () => {
    const paths = corpus('images', '.jpeg')
    expect(paths.length).toBeGreaterThan(20)
    for (const path of paths) {
      const bytes = readFileSync(path)
      const half = bytes.subarray(0, bytes.length / 2)
      await expect(bench.take('a.jpeg', half)).rejects.toMatchObject({ fault: { check: 'jpeg_end' } })
      const taken = await bench.take(basename(path), bytes)
      expect(taken.raw.media_type).toBe('image/jpeg')
      const still = /^(.*\/video-\d+(?:\.(?:gray|cmyk|rgb|progressive\.truncated))?)/.exec(path)?.[1] ?? ''
      expect(await difference(taken.read('raw'), readFileSync(`${still}.png`)), path).toBeLessThan(12)
    }
  })

  test('GIF, the first picture of it', async () => {
    for (const path of corpus('images', '.gif')) {
      const taken = await bench.take(basename(path), readFileSync(path))
      expect(taken.source_media_type).toBe('image/gif')
      expect(taken.raw.media_type).toMatch(/^image\/(?:png|jpeg)$/)
    }
  })
})

test('a telephone’s picture is turned upright and keeps nothing of where it was taken', async () => {
  const plain = await halves().encode('jpeg', 95)
  // Orientation 6, and a place as GPS writes it.
  const exif = join('Exif\0\0II*\0', [8, 0, 0, 0, 2, 0], [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0])
  const place = join([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0], [0, 0, 0, 0], 'GPSVersion 52N 13E')
  const turned = join(
    plain.subarray(0, 2),
    [0xff, 0xe1, 0, exif.length + place.length + 2],
    exif,
    place,
    plain.subarray(2),
  )
  const taken = await bench.take('a.jpg', turned)
  expect(taken).toMatchObject({ width: 20, height: 40, source_width: 20, source_height: 40 })
  const [top, bottom] = await Promise.all([pixel(taken.read('raw'), 10, 5), pixel(taken.read('raw'), 10, 35)])
  expect([top[0], bottom[2]].every((each) => (each ?? 0) > 240)).toBe(true)
  for (const role of ['raw', 'thumbnail'] as const) {
    expect(taken.read(role).includes('Exif')).toBe(false)
    expect(taken.read(role).includes('GPS')).toBe(false)
  }
})

const packedPixel = deflateSync(Buffer.from([0, ...orange]))
test.each([
  ['a wrong checksum', packedPixel.map((byte, at) => byte ^ Number(at === packedPixel.length - 1))],
  ['no end', packedPixel.subarray(0, -4)],
])('a PNG whose pixels have %s under sound parts is refused', async (_, packed) => {
  await expect(bench.take('a.png', onePixel([], packed))).rejects.toMatchObject({
    fault: { code: 'asset_invalid', check: 'png_pixels' },
  })
})

test('colours of another space become those of sRGB', async () => {
  const primaries = [31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000]
  const wide = onePixel([
    ['gAMA', words(45_455)],
    ['cHRM', words(...primaries)],
  ])
  expect(await pixel((await bench.take('a.png', wide)).read('raw'))).toEqual([216, 93, 24, 255])
  expect(await pixel((await bench.take('a.png', onePixel())).read('raw'))).toEqual([...orange, 255])
})

describe('what else a person drops', () => {
  test.each(['webp', 'avif', 'gif'] as const)(
    '%s becomes JPEG, or PNG where something shows through',
    async (as) => {
      const solid = await bench.take(
        `a.${as}`,
        await (halves().encode as (as: string) => Promise<Buffer>).call(halves(), as),
      )
      expect(solid).toMatchObject({
        source_media_type: `image/${as}`,
        raw: { media_type: 'image/jpeg' },
        width: 40,
      })
      const glass = halves()
      glass.getContext('2d').clearRect(0, 0, 10, 10)
      const clear = await bench.take('a', await (glass.encode as (as: string) => Promise<Buffer>)(as))
      expect(clear.raw.media_type).toBe('image/png')
      expect((await pixel(clear.read('raw'), 2, 2))[3]).toBe(0)
    },
  )

  test('BMP and HEIC become JPEG', async () => {
    for (const bytes of [bmp, heic]) {
      const taken = await bench.take('a', bytes)
      expect(taken.raw.media_type).toBe('image/jpeg')
      const found = await pixel(taken.read('raw'))
      for (const [index, each] of orange.entries())
        expect(Math.abs((found[index] ?? 0) - each)).toBeLessThan(6)
    }
  })
})

test('large ones are made smaller, and smaller again while their file is too large', async () => {
  const wide = createCanvas(3_000, 300)
  const taken = await bench.take('a.png', await wide.encode('png'))
  expect(taken).toMatchObject({ width: 2_048, height: 205, source_width: 3_000, source_height: 300 })
  expect(await loadImage(taken.read('thumbnail'))).toMatchObject({ width: 320, height: 32 })

  const noise = createCanvas(1_300, 1_200)
  const data = noise.getContext('2d').createImageData(1_300, 1_200)
  let seed = 1
  for (let place = 0; place < data.data.length; place++) {
    seed = (seed * 48_271) % 2_147_483_647
    data.data[place] = place % 4 === 3 ? 255 : seed & 255
  }
  noise.getContext('2d').putImageData(data, 0, 0)
  const halved = await bench.take('a.png', await noise.encode('png'))
  expect(halved).toMatchObject({ width: 650, height: 600, source_width: 1_300 })
  expect(halved.raw.byte_length).toBeLessThanOrEqual(4 * 1024 * 1024)
  const sha256 = createHash('sha256').update(halved.read('raw')).digest('hex')
  expect(halved.raw).toMatchObject({ sha256, byte_length: halved.read('raw').length })
})

/** Red on the left, blue on the right. */
function halves(): Canvas {
  const canvas = createCanvas(40, 20)
  const context = canvas.getContext('2d')
  context.fillStyle = 'red'
  context.fillRect(0, 0, 20, 20)
  context.fillStyle = 'blue'
  context.fillRect(20, 0, 20, 20)
  return canvas
}

const words = (...values: number[]) =>
  Buffer.concat(values.map((value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])))

function onePixel(
  more: readonly (readonly [string, Uint8Array])[] = [],
  packed: Uint8Array = packedPixel,
): Buffer {
  const part = (name: string, data: Uint8Array) => {
    const named = Buffer.concat([Buffer.from(name), data])
    return Buffer.concat([words(data.length), named, words(crc32(named))])
  }
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    part('IHDR', join([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
    ...more.map(([name, data]) => part(name, data)),
    part('IDAT', packed),
    part('IEND', Buffer.alloc(0)),
  ])
}

async function pixels(bytes: Buffer): Promise<Uint8ClampedArray> {
  const image = await loadImage(bytes)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height).data
}

async function pixel(bytes: Buffer, x = 0, y = 0): Promise<number[]> {
  const { width } = await loadImage(bytes)
  return [...(await pixels(bytes))].slice((y * width + x) * 4, (y * width + x) * 4 + 4)
}

/** Mean of what all channels differ by. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [left, right] = await Promise.all([pixels(one), pixels(other)])
  expect(left.length).toBe(right.length)
  return left.reduce((sum, value, place) => sum + Math.abs(value - (right[place] ?? 0)), 0) / left.length
}
