import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

const unpackers = new Map<string, () => NodeJS.ReadWriteStream & Readable>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** A body as it was before it was packed; null when nobody here knows how. Whoever leaves it early closes both. */
export function unpack(body: Readable, coding: string): Readable | null {
  const name = coding.trim().toLowerCase()
  if (name === '' || name === 'identity') return body
  const open = unpackers.get(name)
  // Whoever reads what is unpacked hears what goes wrong.
  return open ? pipeline(body, open(), () => undefined) : null
}
