import { link, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { extensionOf, type AcceptedType } from '../../core/media-types/media-types'
import type { MadeFile } from '../../ports/media'
import { sync, writeSynced } from './write-made'

/**
 * The source as what is kept: one more name for the bytes that lie there already, or a copy where the disk has none.
 * The disk is told at once; whoever has read and hashed the file waits for it.
 */
export function beginKeeping(
  source: string,
  type: AcceptedType,
  out: string,
): (bytes: Uint8Array, sha256: string) => Promise<MadeFile> {
  const path = join(out, `raw.${extensionOf(type)}`)
  const linked = linkSynced(source, path).then(
    () => true,
    () => false,
  )
  return async (bytes, sha256) => {
    if (!(await linked)) {
      await rm(path, { force: true })
      await writeSynced(path, bytes)
    }
    return { path, media_type: type, sha256, byte_length: bytes.length }
  }
}

async function linkSynced(source: string, path: string): Promise<void> {
  await link(source, path)
  await sync(await open(path, 'r+'))
}
