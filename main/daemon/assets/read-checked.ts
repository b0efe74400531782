import { createHash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { StoredFile } from '../ports/asset-store'
import type { ByteRange } from '../ports/assets'
import type { FileDigest } from '../ports/file-digest'
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
  /** The same where nobody wants the bytes: none of them is held, none is hashed here. */
  look(file: StoredFile): Promise<Trouble | undefined>
}

/** Files up to here are held in memory while they are handed out, so that what was checked is what goes. */
const small = 1024 * 1024
/** Bytes that are read at a time. */
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
  digest: FileDigest,
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

  async function isSame(handle: FileHandle, { sha256 }: StoredFile, found: BigIntStats): Promise<boolean> {
    const identity = identityOf(found)
    if (remembered.get(sha256) === identity) return true
    const digested = await digest.of(handle.fd)
    const after = await handle.stat({ bigint: true })
    if (digested !== sha256 || identityOf(after) !== identity) return false
    remember(sha256, after)
    return true
  }

  /** One look for all who ask at once. */
  async function isWhole(handle: FileHandle, file: StoredFile, found: BigIntStats): Promise<boolean> {
    const key = `${file.sha256} ${identityOf(found)}`
    const checking = underWay.get(key) ?? isSame(handle, file, found)
    underWay.set(key, checking)
    try {
      return await checking
    } finally {
      underWay.delete(key)
    }
  }

  /** Answers what `look` makes of the open file, once its length is right. */
  async function opened<T>(
    file: StoredFile,
    look: (handle: FileHandle, found: BigIntStats) => Promise<T>,
  ): Promise<T | Trouble> {
    const handle = await openStored(pathOf(file.sha256)).catch(troubleOf)
    if (typeof handle === 'string') return handle
    try {
      const found = await handle.stat({ bigint: true })
      if (!found.isFile() || found.size !== BigInt(file.byte_length)) return 'altered'
      return await look(handle, found)
    } catch (error) {
      return troubleOf(error)
    } finally {
      await handle.close()
    }
  }

  return {
    check: (file) =>
      opened(file, async (handle, found) => {
        const { sha256, byte_length } = file
        if (byte_length <= small) {
          const bytes = await handle.readFile()
          const isIt = createHash('sha256').update(bytes).digest('hex') === sha256
          return isIt ? { read: ({ from, to }: ByteRange) => once(bytes.subarray(from, to)) } : 'altered'
        }
        if (!(await isWhole(handle, file, found))) return 'altered'
        return { read: (range: ByteRange) => readSame(pathOf(sha256), identityOf(found), range) }
      }),
    look: (file) =>
      opened(file, async (handle, found) => ((await isWhole(handle, file, found)) ? undefined : 'altered')),
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
