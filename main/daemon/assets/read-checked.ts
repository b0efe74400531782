import { createHash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { StoredFile } from '../ports/asset-store'
import type { ByteRange } from '../ports/assets'
import { codeOf, isAbsent, mismatch } from './asset-failures'

/** What is wrong with a stored file. `refused`: the system does not let it be read, so nobody knows. */
export type Trouble = 'missing' | 'altered' | 'refused'

/** A file that is what its record says. */
export interface Checked {
  read(range: ByteRange): AsyncIterable<Uint8Array>
}

export interface CheckedReader {
  /** Length and SHA-256, of the whole (contract 7.5). */
  check(file: StoredFile): Promise<Checked | Trouble>
}

/** Files up to here are held in memory while they are handed out, so that what was checked is what goes. */
const small = 1024 * 1024
/** Bytes that are read and hashed at a time, less than a millisecond of work. */
const piece = 256 * 1024
/** Checks that are remembered. */
const most = 1_000
/** A file that was written so short a time ago may be written again without its times telling. Milliseconds. */
const young = 2_000

/**
 * Reads stored files. The check of a larger one holds for as long as it is the same file with the same times, so that
 * seeking in audio does not hash all of it again.
 */
export function createCheckedReader(
  pathOf: (sha256: string) => string,
  now: () => number = Date.now,
): CheckedReader {
  const remembered = new Map<string, string>()
  const underWay = new Map<string, Promise<boolean>>()

  function remember(sha256: string, found: BigIntStats): void {
    if (now() - Number(found.ctimeMs) < young) return
    remembered.delete(sha256)
    remembered.set(sha256, identityOf(found))
    const [oldest] = remembered.keys()
    if (remembered.size > most && oldest !== undefined) remembered.delete(oldest)
  }

  async function isWhole(handle: FileHandle, { sha256 }: StoredFile, found: BigIntStats): Promise<boolean> {
    const identity = identityOf(found)
    if (remembered.get(sha256) === identity) return true
    const digest = await digestOf(handle)
    const after = await handle.stat({ bigint: true })
    if (digest !== sha256 || identityOf(after) !== identity) return false
    remember(sha256, after)
    return true
  }

  return {
    async check(file) {
      const { sha256, byte_length } = file
      const path = pathOf(sha256)
      const handle = await openStored(path).catch(troubleOf)
      if (typeof handle === 'string') return handle
      try {
        const found = await handle.stat({ bigint: true })
        if (!found.isFile() || found.size !== BigInt(byte_length)) return 'altered'
        if (byte_length <= small) {
          const bytes = await handle.readFile()
          const isSame = createHash('sha256').update(bytes).digest('hex') === sha256
          return isSame ? { read: ({ from, to }) => once(bytes.subarray(from, to)) } : 'altered'
        }
        const identity = identityOf(found)
        const key = `${sha256} ${identity}`
        const checking = underWay.get(key) ?? isWhole(handle, file, found)
        underWay.set(key, checking)
        try {
          if (!(await checking)) return 'altered'
        } finally {
          underWay.delete(key)
        }
        return { read: (range) => readSame(path, identity, range) }
      } catch (error) {
        return troubleOf(error)
      } finally {
        await handle.close()
      }
    },
  }
}

/** Without following links or waiting for pipes, whatever stands in its place. */
const openStored = (path: string): Promise<FileHandle> =>
  open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))

function troubleOf(error: unknown): Trouble {
  if (isAbsent(error)) return 'missing'
  const code = codeOf(error)
  if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO') return 'altered'
  if (/^(EACCES|EPERM|EIO)$/.test(code)) return 'refused'
  throw error
}

const identityOf = ({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [ino, size, mtimeNs, ctimeNs].join(' ')

async function digestOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(piece)
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, piece, at)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

/** Opened when somebody reads, so that nothing stays open for one who never does. Fault: `asset_integrity_mismatch`. */
async function* readSame(
  path: string,
  identity: string,
  { from, to }: ByteRange,
): AsyncGenerator<Uint8Array> {
  const handle = await openStored(path).catch((error: unknown) => {
    throw mismatch(error)
  })
  try {
    if (identityOf(await handle.stat({ bigint: true })) !== identity) throw mismatch()
    for (let at = from; at < to;) {
      const { buffer, bytesRead } = await handle.read(
        Buffer.allocUnsafe(piece),
        0,
        Math.min(piece, to - at),
        at,
      )
      if (bytesRead === 0) throw mismatch()
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
