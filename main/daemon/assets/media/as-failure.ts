import { fault } from '@contract/fault'
import { Failure } from '../../core/failure'
import { invalid } from '../../core/media-types/refuse'

/** What went wrong as a fault: of the disk, of the source, or, what nobody foresaw, of a library on a broken file. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Failure(
      fault('storage_full', 'The disk is full. Nothing was stored; free some space and add it again.'),
      {
        cause: error,
      },
    )
  if (code === 'EISDIR' || code === 'ENOENT' || code === 'EACCES' || code === 'EPERM' || code === 'EBUSY')
    return new Failure(fault('asset_unreadable', 'This file can’t be read. Nothing was stored.'), {
      cause: error,
    })
  return invalid('unreadable', 'This file is damaged: it could not be read to its end', { cause: error })
}
