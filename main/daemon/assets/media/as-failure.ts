import { Failure } from '../../core/failure'
import { invalid } from '../../core/media-types/refuse'
import { codeOf, diskFull, isDiskFull, unreadable } from '../asset-failures'

/** What went wrong as a fault: of the disk, of the source, or, what nobody foresaw, of a library on a broken file. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (isDiskFull(error)) return diskFull(error)
  if (/^(EISDIR|ENOENT|EACCES|EPERM|EBUSY)$/.test(codeOf(error))) return unreadable(error)
  return invalid('unreadable', 'This file is damaged: it could not be read to its end', { cause: error })
}
