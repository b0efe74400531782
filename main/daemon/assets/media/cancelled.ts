import { fault } from '@contract/fault'
import { Failure } from '../../core/failure'

export const cancelled = () =>
  new Failure(fault('import_cancelled', 'The import was stopped. Nothing was stored.'))
