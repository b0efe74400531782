import { access, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fault } from '@contract/fault'
import writeFileAtomic from 'write-file-atomic'
import { Failure } from '../core/failure'
import type { Files } from '../ports/files'

const ownerOnly = 0o600

/** Files of this machine. */
export const systemFiles: Files = {
  async readText(path) {
    try {
      // A pipe would hold the reader, and the end of the process, until somebody writes into it.
      if (!(await stat(path)).isFile()) throw new TypeError('not a file')
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
  async writeText(path, text, { keepBackup = false, keepMode = false } = {}) {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const mode = await modeOf(path)
      if (keepBackup && mode !== undefined)
        await writeFileAtomic(`${path}.bak`, await readFile(path), { mode, fsync: true })
      await writeFileAtomic(path, text, { mode: (keepMode ? mode : undefined) ?? ownerOnly, fsync: true })
    } catch (error) {
      throw asFailure(error, path)
    }
  },
}

/** Of the file itself, links followed; undefined when it is not there. */
const modeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  )

function asFailure(error: unknown, file: string): unknown {
  const code = String(Object(error).code)
  if (/^(ENOSPC|EDQUOT)$/.test(code)) {
    const detail = 'The disk is full. The file is as it was; free some space and try again.'
    return new Failure(fault('storage_full', detail), { cause: error })
  }
  if (!/^(EACCES|EPERM|EROFS|EISDIR|ENOTDIR|EEXIST|EBUSY)$/.test(code)) return error
  const detail = 'The file can’t be written: it, or its folder, is read-only or in use. It is as it was.'
  return new Failure(fault('route_file_write_failed', detail, { file }), { cause: error })
}
