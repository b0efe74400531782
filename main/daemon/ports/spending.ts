import type { Spending } from '@contract/costs'
import type { Fault } from '@contract/fault'

/** What was spent in the limit's period, and whether anything more may be. */
export interface SpendingWatch {
  view(): Spending
  /** `spending_limit_reached`, or undefined while there is room. */
  refusal(): Fault | undefined
  /** The ledger or the limit changed: tells everybody where that shows. */
  changed(): void
}
