import { fault } from '@contract/fault'
import { Failure } from '../failure'

/** An id that nothing is known of, or a role that the asset does not have. */
export const assetNotFound = (): Failure =>
  new Failure(fault('asset_not_found', 'There is no such file; it may have been deleted.'))
