import { access, copyFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fault } from '@contract/fault'
import writeFileAtomic from 'write-file-atomic'
import { Failure } from '../core/failure'
import type { Files } from '../ports/files'

const ownerOnly = 0o600

/** Files of this machine. What is written is for its owner only. */
export const systemFiles: Files = {
  async readText(path) {
    try {
      const bytes = await readFile(path)
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
    } catch (error) {
      throw new Failure(
        fault('route_file_read_failed', 'The file is not there or is not readable text.', { file: path }),
        { cause: error },
      )
    }
  },
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  async writeText(path, text, options) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    if (options?.keepBackup && (await systemFiles.exists(path))) await copyFile(path, `${path}.bak`)
    await writeFileAtomic(path, text, { mode: ownerOnly, fsync: true })
  },
}
