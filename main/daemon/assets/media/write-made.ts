import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { MadeFile } from '../../ports/media'

/** Writes, syncs and closes a new file of a job, and hashes it meanwhile. */
export async function writeMade(
  folder: string,
  name: string,
  media_type: string,
  bytes: Uint8Array,
): Promise<MadeFile> {
  const path = join(folder, name)
  const written = writeSynced(path, bytes)
  // The hash takes this thread while the disk takes its time; its failure must not be the second one.
  written.catch(() => undefined)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await written
  return { path, media_type, sha256, byte_length: bytes.length }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}
