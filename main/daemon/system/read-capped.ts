import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Unfetchable } from '../core/net/unfetchable'

const unpackers = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** A body from its beginning, unpacked, up to `most` bytes; what comes after them stays on the wire. */
export async function readCapped(
  body: Readable,
  coding: string,
  most: number,
): Promise<{ readonly body: Uint8Array; readonly truncated: boolean }> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of unpacked(body, coding.trim().toLowerCase()) as AsyncIterable<Uint8Array>) {
    pieces.push(piece.subarray(0, most - length))
    length += piece.length
    if (length > most) break
  }
  return { body: Buffer.concat(pieces), truncated: length > most }
}

function unpacked(body: Readable, coding: string): Readable {
  if (coding === '' || coding === 'identity') return body
  const open = unpackers.get(coding)
  if (!open) {
    body.destroy()
    throw new Unfetchable('wrong_type', 'The answer is packed in a way that Kheish can’t read.')
  }
  // Whoever reads what is unpacked hears what goes wrong.
  return pipeline(body, open(), () => undefined)
}
