import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'

/** What V8 made of scripts, by their names. */
export type Compiled = ReadonlyMap<string, Buffer>

/** The file, or nothing when there is none or it is not to the byte what was written: V8 itself does not look. */
export function readCompiled(file: string): Compiled {
  try {
    const bytes = readFileSync(file)
    if (bytes.readUInt32LE(0) !== crc32(bytes.subarray(4))) return new Map()
    let at = 8 + bytes.readUInt32LE(4)
    const index = JSON.parse(bytes.toString('utf8', 8, at)) as readonly (readonly [string, number])[]
    return new Map(index.map(([name, length]) => [name, bytes.subarray(at, (at += length))] as const))
  } catch {
    return new Map()
  }
}

/** checksum of the rest · length of the index · index · what V8 made, one after the other. Throws what the disk says. */
export function writeCompiled(file: string, compiled: Compiled): void {
  const index = Buffer.from(JSON.stringify([...compiled].map(([name, data]) => [name, data.length])))
  const bytes = Buffer.concat([Buffer.alloc(8), index, ...compiled.values()])
  bytes.writeUInt32LE(index.length, 4)
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, bytes)
  renameSync(`${file}.new`, file)
}
