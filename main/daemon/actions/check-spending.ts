import { Failure } from '../core/failure'
import type { World } from './world'

/** Refuses what is new above the limit. Fault: `spending_limit_reached`. */
export function checkSpending({ spending }: Pick<World, 'spending'>): void {
  const refusal = spending.refusal()
  if (refusal) throw new Failure(refusal)
}
