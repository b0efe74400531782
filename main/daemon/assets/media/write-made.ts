import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { MadeFile } from '../../ports/media'

const piece = 1024 * 1024

/** Writes, syncs and closes a new file of a job, and hashes it meanwhile. */
export async function writeMade(
  folder: string,
  name: string,
  media_type: string,
  bytes: Uint8Array,
): Promise<MadeFile> {
  const path = join(folder, name)
  const [sha256] = await Promise.all([hashed(bytes), writeSynced(path, bytes)])
  return { path, media_type, sha256, byte_length: bytes.length }
}

/** In pieces, so that the disk is told what is next as soon as it can take it. */
async function hashed(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += piece) {
    hash.update(bytes.subarray(at, at + piece))
    await setImmediate()
  }
  return hash.digest('hex')
}

export async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  await sync(file, () => file.writeFile(bytes))
}

/** Waits until the disk has what was written, and closes the file. */
export async function sync(file: FileHandle, write?: () => Promise<void>): Promise<void> {
  try {
    await write?.()
    await file.datasync()
  } finally {
    await file.close()
  }
}
