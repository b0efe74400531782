import { promisify } from 'node:util'
import { constants, crc32, deflate } from 'node:zlib'
import type { Mask, Pixels } from '../../core/regions/box'
import { leastChannels } from '../../core/regions/plain-png'
import { foretold } from '../../core/regions/png-lines'

const pack = promisify(deflate)

/** Of what is left of a photograph once it is foretold, only runs repeat: looking for more takes twice the time for nothing. */
const packing = { level: 4, strategy: constants.Z_RLE, memLevel: 9, chunkSize: 1024 * 1024 }
const colourOf = { 1: 0, 3: 2, 4: 6 } as const

/**
 * As PNG in sRGB, every pixel to the last bit, also where it is nearly clear: the picture library multiplies colours by
 * their alpha and forgets what that rounds away.
 */
export function encodePng(pixels: Pixels): Promise<Buffer> {
  const { channels, bytes } = leastChannels(pixels)
  return encode(pixels.width, pixels.height, channels, bytes)
}

/** One grey channel. */
export const encodeGreyPng = ({ width, height, data }: Mask): Promise<Buffer> =>
  encode(width, height, 1, data)

async function encode(
  width: number,
  height: number,
  channels: 1 | 3 | 4,
  bytes: Uint8Array | Uint8ClampedArray,
): Promise<Buffer> {
  const lines = foretold(bytes, { line: width * channels, step: channels, height })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, colourOf[channels], 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...chunk('IHDR', header),
    ...chunk('sRGB', Buffer.of(0)),
    ...chunk('IDAT', await pack(lines, packing)),
    ...chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): readonly Buffer[] {
  const [length, sum, named] = [Buffer.alloc(4), Buffer.alloc(4), Buffer.from(name, 'latin1')]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(data, crc32(named)))
  return [length, named, data, sum]
}
