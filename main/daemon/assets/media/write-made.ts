import { createHash } from 'node:crypto'
import { link, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { extensionOf } from '../../core/media-types/media-types'
import type { MadeFile } from '../../ports/media'
import type { Given } from './taken'

const piece = 1024 * 1024

/** Writes, syncs and closes a new file of a job, and hashes it meanwhile. */
export const writeMade = (
  folder: string,
  name: string,
  media_type: string,
  bytes: Uint8Array,
): Promise<MadeFile> => made(join(folder, name), media_type, bytes, (path) => writeSynced(path, bytes))

/** The source as what is kept: one more name for the bytes that lie there already, or a copy where the disk has none. */
export const keepSource = ({ type, bytes, source, out }: Given): Promise<MadeFile> =>
  made(join(out, `raw.${extensionOf(type)}`), type, bytes, async (path) => {
    try {
      await link(source, path)
      await sync(await open(path, 'r+'))
    } catch {
      await rm(path, { force: true })
      await writeSynced(path, bytes)
    }
  })

async function made(
  path: string,
  media_type: string,
  bytes: Uint8Array,
  write: (path: string) => Promise<void>,
): Promise<MadeFile> {
  const [sha256] = await Promise.all([hashed(bytes), write(path)])
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

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  await sync(file, () => file.writeFile(bytes))
}

async function sync(file: FileHandle, write?: () => Promise<void>): Promise<void> {
  try {
    await write?.()
    await file.datasync()
  } finally {
    await file.close()
  }
}
