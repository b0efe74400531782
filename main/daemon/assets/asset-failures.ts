import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'

/** The system's word for it. */
export const codeOf = (error: unknown): string => String(Object(error).code)

export const isAbsent = (error: unknown): boolean => /^(ENOENT|ENOTDIR)$/.test(codeOf(error))

/** Gone is an answer; anything else is trouble. */
export function absent(error: unknown): undefined {
  if (isAbsent(error)) return undefined
  throw error
}

export const mismatch = (cause?: unknown) =>
  failure(
    fault(
      'asset_integrity_mismatch',
      'What is on the disk is not what was stored, so it is not shown. Add the file again to repair it.',
    ),
    cause,
  )

export const unreadable = (cause?: unknown) =>
  failure(
    fault('asset_unreadable', 'The file can’t be read. Check that it is there and yours to read.'),
    cause,
  )

export const folderRefused = () =>
  failure(fault('folder_refused', 'A folder can’t be added; choose the files in it.'))

export const tooLarge = (limit: number, byte_length: number) =>
  failure(
    fault('asset_too_large', `The file is too large; ${String(limit / 1024 / 1024)} MB is the most.`, {
      limit,
      byte_length,
    }),
  )

export const cancelled = () => failure(fault('import_cancelled', 'Adding this file was stopped.'))
export const stopping = () => failure(fault('daemon_stopping', 'Kheish is closing.'))

/** What the disk says while something is written, as a fault where a person can act on it. */
export function writeFailure(error: unknown): unknown {
  const code = codeOf(error)
  if (/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$/.test(code)) {
    const said = 'Kheish can’t write to its data folder. Allow writing there, then add the file again.'
    return failure(fault('store_unreadable', said), error)
  }
  return isDiskFull(error) ? diskFull(error) : error
}

export const isDiskFull = (error: unknown): boolean => /^(ENOSPC|EDQUOT)$/.test(codeOf(error))

export const diskFull = (cause: unknown) =>
  failure(
    fault(
      'storage_full',
      'The disk is full. Nothing was half-written; free some space and add the file again.',
    ),
    cause,
  )

const failure = (why: Fault, cause?: unknown) => new Failure(why, cause === undefined ? undefined : { cause })
