import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { join as joined } from '../../core/media-types/samples.fake'
import type { Box, Mask, Pixels } from '../../core/regions/box'
import { feathered } from '../../core/regions/feather'
import { boundsOf } from '../../core/regions/mask-of'
import { corpus } from './corpora.fake'
import { decodePixels } from './decode-pixels'
import { encodeGreyPng, encodePng } from './encode-png'
import { inProcessMediaWorker } from './in-process-media-worker'

const root = mkdtempSync(join(tmpdir(), 'kheish-regions-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const worker = inProcessMediaWorker()
const { signal } = new AbortController()

/** A folder of its own with these files in it. */
function job(files: { readonly source: Uint8Array; readonly mask: Uint8Array; readonly edit?: Uint8Array }) {
  const out = mkdtempSync(join(root, 'job-'))
  const paths = Object.entries(files).map(([name, bytes]) => {
    writeFileSync(`${out}-${name}`, bytes)
    return [name, `${out}-${name}`]
  })
  return { out, ...(Object.fromEntries(paths) as Record<keyof typeof files, string>) }
}

async function compose(
  files: { readonly source: Uint8Array; readonly mask: Uint8Array; readonly edit: Uint8Array },
  feather_px: number,
  box?: Box,
) {
  const given = job(files)
  const { composite, proof } = await worker.compose({ ...given, feather_px, ...(box ? { box } : {}) }, signal)
  const source = await decodePixels(given.source)
  return { source, made: await decodePixels(composite.path), bytes: readFileSync(composite.path), proof }
}

const drawnPng = (width: number, height: number, draw: (context: SKRSContext2D) => void) => {
  const canvas = createCanvas(width, height)
  draw(canvas.getContext('2d'))
  return canvas.encode('png')
}
const blueEdit = (width: number, height: number) =>
  drawnPng(width, height, (context) => {
    context.fillStyle = 'rgb(0 0 255)'
    context.fillRect(0, 0, width, height)
  })
const maskPng = (width: number, height: number, { x, y, width: wide, height: high }: Box) =>
  drawnPng(width, height, (context) => {
    context.fillStyle = '#fff'
    context.fillRect(x, y, wide, high)
  })

const at = ({ width, data }: Pixels, x: number, y: number) =>
  Array.from(data.slice((y * width + x) * 4, (y * width + x + 1) * 4))

test('50 random masks on random pictures: outside is the source, inside the model’s, between in proportion', async () => {
  const pictures = fc
    .tuple(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 48 }))
    .chain(([width, height]) => {
      const bytes = (count: number) => fc.uint8Array({ minLength: count, maxLength: count })
      const boxes = fc.array(
        fc.tuple(
          fc.nat(width - 1),
          fc.nat(height - 1),
          fc.nat(width),
          fc.nat(height),
          fc.integer({ min: 1, max: 255 }),
        ),
        { minLength: 1, maxLength: 4 },
      )
      return fc.tuple(
        fc.constant({ width, height }),
        bytes(width * height * 4),
        bytes(width * height * 4),
        boxes,
      )
    })
  await fc.assert(
    fc.asyncProperty(pictures, fc.nat(20), async ([size, below, above, boxes], feather_px) => {
      const mask: Mask = { ...size, data: new Uint8Array(size.width * size.height) }
      for (const [left, top, wide, high, grey] of boxes)
        for (let y = top; y < Math.min(size.height, top + high + 1); y += 1)
          mask.data.fill(grey, y * size.width + left, y * size.width + Math.min(size.width, left + wide + 1))
      const [source, edit] = [below, above].map((each) => ({
        ...size,
        data: Uint8ClampedArray.from(each),
      })) as [Pixels, Pixels]
      const files = {
        source: await encodePng(source),
        edit: await encodePng(edit),
        mask: await encodeGreyPng(mask),
      }
      const { made, proof } = await compose(files, feather_px)
      const soft = feathered(mask, boundsOf(mask) as Box, feather_px)
      let outside = 0
      const wrong: number[] = []
      soft.data.forEach((share, place) => {
        if (share === 0) outside += 1
        const isRight = [0, 1, 2, 3].every((channel) => {
          const is = made.data[place * 4 + channel] ?? -1
          const [from, to] = [source, edit].map(({ data }) => data[place * 4 + channel] ?? -1) as [
            number,
            number,
          ]
          if (share === 0 || mask.data[place] === 0) return is === from && share === 0
          return share === 255 ? is === to : is >= Math.min(from, to) && is <= Math.max(from, to)
        })
        if (!isRight) wrong.push(place)
      })
      expect(wrong).toEqual([])
      expect(proof).toEqual({ ...size, outside_pixels: outside, outside_changed: 0, feather_px })
    }),
    { seed: 20_261_129, numRuns: 50 },
  )
})

describe('sources of every kind', () => {
  const region = { x: 8, y: 8, width: 8, height: 8 }

  /** Against the picture library, as far as it tells: colours as they are seen. */
  async function isLaidBack(source: Uint8Array): Promise<void> {
    const picture = await loadImage(source)
    const { width, height } = picture
    const context = createCanvas(width, height).getContext('2d')
    context.drawImage(picture, 0, 0)
    const seen: Pixels = { width, height, data: context.getImageData(0, 0, width, height).data }
    const { made, proof } = await compose(
      { source, mask: await maskPng(width, height, region), edit: await blueEdit(width, height) },
      0,
    )
    expect(proof).toEqual({
      width,
      height,
      outside_pixels: width * height - 64,
      outside_changed: 0,
      feather_px: 0,
    })
    const blue = [0, 0, 255, 255]
    let worst = 0
    made.data.forEach((each, place) => {
      const [x, y] = [(place >> 2) % width, Math.floor((place >> 2) / width)]
      const isIn = x >= 8 && x < 16 && y >= 8 && y < 16
      const theirs = isIn ? blue[place % 4] : seen.data[place]
      const alpha = made.data[place | 3] ?? 0
      const difference = Math.abs(each - (theirs ?? 0))
      // Where something shines through, the library rounds; what is left of that can't be seen.
      const isRounded = alpha < 255 && place % 4 < 3 && (difference * alpha) / 255 <= 1
      if (!isRounded) worst = Math.max(worst, difference)
    })
    expect(worst).toBe(0)
  }

  test.runIf(process.platform === 'linux')(
    'PngSuite: 16 bits, palettes, greys, clear ones, interlaced',
    async () => {
      const paths = corpus('pngsuite', '.png')
      for (const kind of [
        'basn0g16',
        'basn2c16',
        'basn4a16',
        'basn6a16',
        'basn3p01',
        'basn3p08',
        'basn0g08',
        'basn6a08',
      ])
        expect(paths.some((path) => path.includes(kind))).toBe(true)
      for (const path of paths) await isLaidBack(readFileSync(path))
    },
  )

  test.runIf(process.platform === 'linux')(
    'JPEG: grey, CMYK, progressive',
    async () => {
      const paths = corpus('images', '.jpeg').filter(
        (path) => /gray|cmyk|progressive/.test(path) && !/truncated/.test(path),
      )
      expect(paths.length).toBeGreaterThan(3)
      for (const path of paths) await isLaidBack(readFileSync(path))
    },
    20_000,
  )

  test('a telephone’s picture that lies on its side is edited upright', async () => {
    const canvas = createCanvas(40, 20)
    const context = canvas.getContext('2d')
    context.fillStyle = 'red'
    context.fillRect(0, 0, 40, 20)
    const plain = await canvas.encode('jpeg', 95)
    const exif = joined(
      'Exif\0\0II*\0',
      [8, 0, 0, 0, 1, 0],
      [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0],
      [0, 0, 0, 0],
    )
    const source = joined(plain.subarray(0, 2), [0xff, 0xe1, 0, exif.length + 2], exif, plain.subarray(2))
    const { made, proof } = await compose(
      {
        source,
        mask: await maskPng(20, 40, { x: 0, y: 30, width: 20, height: 10 }),
        edit: await blueEdit(20, 40),
      },
      0,
    )
    expect(proof).toMatchObject({ width: 20, height: 40, outside_pixels: 600, outside_changed: 0 })
    expect([at(made, 10, 29)[2], at(made, 10, 30)[2]]).toEqual([expect.closeTo(0, -1), 255])
  })
})

test('a model’s picture of another size covers what was sent, the whole or a box of it', async () => {
  const source = await drawnPng(64, 48, (context) => {
    context.fillStyle = 'red'
    context.fillRect(0, 0, 64, 48)
  })
  // Left half green, right half blue.
  const edit = await drawnPng(200, 200, (context) => {
    context.fillStyle = 'rgb(0 255 0)'
    context.fillRect(0, 0, 100, 200)
    context.fillStyle = 'rgb(0 0 255)'
    context.fillRect(100, 0, 100, 200)
  })
  const mask = await maskPng(64, 48, { x: 16, y: 8, width: 32, height: 32 })
  const wholly = await compose({ source, mask, edit }, 0)
  const boxed = await compose({ source, mask, edit }, 0, { x: 30, y: 8, width: 32, height: 32 })
  const [red, green, blue] = [
    [255, 0, 0, 255],
    [0, 255, 0, 255],
    [0, 0, 255, 255],
  ]
  expect([15, 17, 45, 48].map((x) => at(wholly.made, x, 20))).toEqual([red, green, blue, red])
  // What was marked beside the box stays as it was, and counts as outside.
  expect([29, 31, 44, 47].map((x) => at(boxed.made, x, 20))).toEqual([red, green, green, blue])
  expect(boxed.proof).toMatchObject({ outside_pixels: 64 * 48 - 18 * 32, outside_changed: 0 })
})

test('what is sent: the region with some of what is beside it, the whole with the region marked, and a grey mask', async () => {
  const source = await drawnPng(1_000, 800, (context) => {
    context.fillStyle = 'rgb(20 40 60)'
    context.fillRect(0, 0, 1_000, 800)
  })
  const mask = await maskPng(1_000, 800, { x: 400, y: 300, width: 100, height: 100 })
  const made = await worker.region({ ...job({ source, mask }), feather_px: 8 }, signal)
  expect(made).toMatchObject({
    width: 1_000,
    height: 800,
    crop_box: { x: 322, y: 222, width: 256, height: 256 },
  })
  const [crop, marked, kept] = await Promise.all(
    [made.crop, made.marked, made.mask].map(({ path }) => decodePixels(path)),
  )
  expect(crop).toMatchObject({ type: 'image/jpeg', width: 256, height: 256 })
  expect(marked).toMatchObject({ type: 'image/jpeg', width: 1_000, height: 800 })
  expect(readFileSync(made.mask.path)[25]).toBe(0)
  expect([at(kept as Pixels, 399, 350), at(kept as Pixels, 400, 350)]).toEqual([
    [0, 0, 0, 255],
    [255, 255, 255, 255],
  ])
  const [before, inside] = [at(marked as Pixels, 300, 350), at(marked as Pixels, 450, 350)]
  expect((inside[0] ?? 0) - (before[0] ?? 0)).toBeGreaterThan(60)
  expect((inside[2] ?? 0) - (before[2] ?? 0)).toBeGreaterThan(60)
})

test.each([
  [
    'of another size',
    () => maskPng(20, 10, { x: 0, y: 0, width: 5, height: 5 }),
    'asset_invalid',
    'mask_size',
  ],
  ['without anything marked', () => blank(10, 20), 'asset_invalid', 'mask_empty'],
  ['that is no PNG', () => createCanvas(10, 20).encode('jpeg'), 'unsupported_media_type', undefined],
  ['that is cut short', async () => (await blank(10, 20)).subarray(0, 60), 'asset_invalid', 'png_end'],
] as const)('a mask %s is refused', async (_, mask, code, check) => {
  const given = { ...job({ source: await blueEdit(10, 20), mask: await mask() }), feather_px: 8 }
  await expect(worker.region(given, signal)).rejects.toMatchObject({
    fault: check ? { code, check } : { code },
  })
})

const blank = (width: number, height: number) => drawnPng(width, height, () => undefined)
