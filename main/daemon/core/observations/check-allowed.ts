import { fault } from '@contract/fault'
import type { SourceView } from '@contract/observations'
import { Failure } from '../failure'

/** Whether what a source has delivered may be given to models (contract 10.5, 11.4). Fault: `observation_source_blocked`. */
export function checkAllowed({
  status,
  allow_materialization,
}: Pick<SourceView, 'status' | 'allow_materialization'>): void {
  if (!allow_materialization)
    throw new Failure(
      fault('observation_source_blocked', 'What this source delivers may not be given to models.', {
        reason: 'forbidden',
      }),
    )
  if (status !== 'active')
    throw new Failure(
      fault('observation_source_blocked', `This source is ${status}, so nothing of it is given to models.`, {
        reason: status,
      }),
    )
}
