import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { box, join as bytesOf, pngHeader } from '../../core/media-types/samples.fake'
import { inProcessMediaWorker } from './in-process-media-worker'

// No decoder is there to be called: whoever reaches for one fails differently.
vi.mock('@napi-rs/canvas', () => {
  throw new Error('a decoder was loaded')
})
vi.mock('heic-decode', () => {
  throw new Error('a decoder was loaded')
})

const be16 = (value: number) => [value >> 8, value & 255]
const le16 = (value: number) => be16(value).reverse()
const le24 = (value: number) => [...le16(value & 0xffff), value >> 16]
const be32 = (value: number) => [...be16(value >>> 16), ...be16(value & 0xffff)]
const heif = (brand: string, ...extents: number[]) =>
  bytesOf(
    box('ftyp', brand, [0, 0, 0, 0], 'mif1'),
    ...extents.map((edge) => box('ispe', [0, 0, 0, 0], be32(edge), be32(edge))),
  )
const jpeg = (edge: number) =>
  bytesOf([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8], be16(edge), be16(edge), [1, 1, 0x11, 0])

test.each([
  ['PNG of 30,000 × 30,000', 'a.png', pngHeader(30_000, 30_000), 'picture_edge'],
  ['PNG of 8,000 × 8,000', 'a.png', pngHeader(8_000, 8_000), 'picture_area'],
  ['PNG of 16 bits', 'a.png', pngHeader(7_000, 7_000, 16), 'picture_allocation'],
  ['PNG without pixels', 'a.png', pngHeader(0, 10), 'picture_size'],
  ['JPEG', 'a.jpg', jpeg(65_535), 'picture_edge'],
  ['JPEG whose scan comes first', 'a.jpg', bytesOf([0xff, 0xd8, 0xff, 0xda, 0, 2]), 'jpeg_header'],
  ['GIF', 'a.gif', bytesOf('GIF89a', le16(65_535), le16(65_535), [0, 0, 0]), 'picture_edge'],
  [
    'WebP',
    'a.webp',
    bytesOf('RIFF', [22, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0], le24(16_777_214), le24(16_777_214)),
    'picture_edge',
  ],
  ['AVIF', 'a.avif', heif('avif', 100_000), 'picture_edge'],
  ['HEIC with a small picture first', 'a.heic', heif('heic', 16, 16_000), 'picture_area'],
  [
    'BMP',
    'a.bmp',
    bytesOf('BM', be32(0), be32(0), [54, 0, 0, 0, 40, 0, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [1, 0, 24, 0]),
    'picture_edge',
  ],
])('%s is refused by its header', async (_, name, bytes, check) => {
  await expect(imported(name, bytes)).rejects.toMatchObject({ fault: { code: 'asset_invalid', check } })
})

test('TIFF is refused by name', async () => {
  await expect(imported('a.tif', bytesOf('II*', [0, 8, 0, 0, 0]))).rejects.toMatchObject({
    fault: { code: 'unsupported_media_type', media_type: 'image/tiff' },
  })
})

async function imported(file_name: string, bytes: Uint8Array) {
  const out = mkdtempSync(join(tmpdir(), 'kheish-media-'))
  try {
    const source = join(out, 'source')
    writeFileSync(source, bytes)
    return await inProcessMediaWorker().process({ source, file_name, out }, new AbortController().signal)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
