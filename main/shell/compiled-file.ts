import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'

/** What V8 made of scripts, by their names. */
export type Compiled = ReadonlyMap<string, Buffer>

/** The file, or nothing when there is none or it is not to the byte what was written: V8 itself does not look. */
export function readCompiled(file: string): Compiled {
  try {
    const bytes = readFileSync(file)
    const body = bytes.subarray(8)
    if (bytes.readUInt32LE(0) !== crc32(body)) return new Map()
    const start = bytes.readUInt32LE(4)
    const index = JSON.parse(body.toString('utf8', 0, start)) as readonly (readonly [string, number])[]
    let at = start
    return new Map(index.map(([key, length]) => [key, body.subarray(at, (at += length))] as const))
  } catch {
    return new Map()
  }
}

/** checksum of the rest · length of the index · index · what V8 made, one after the other. Throws what the disk says. */
export function writeCompiled(file: string, compiled: Compiled): void {
  const index = Buffer.from(JSON.stringify([...compiled].map(([key, data]) => [key, data.length])))
  const body = Buffer.concat([index, ...compiled.values()])
  const head = Buffer.alloc(8)
  head.writeUInt32LE(crc32(body), 0)
  head.writeUInt32LE(index.length, 4)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, Buffer.concat([head, body]))
  renameSync(`${file}.new`, file)
}
