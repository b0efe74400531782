import type { SpendingLimit } from '@contract/costs'
import type { RunId } from '@contract/ids'
import type { Span } from '../core/pricing/calendar'
import type { CostEntry } from '../core/pricing/cost-entry'
import type { KeyedSums, TimedSums } from '../core/pricing/cost-report'

/** The ledger, and the limit on spending. What a chat cost stays when the chat goes. */
export interface CostStore {
  /** A run has one entry; a later one takes its place and keeps its time. */
  put(entry: CostEntry): void
  get(id: RunId): CostEntry | undefined
  /** Answers whose records may still say what an entry cost, in place of those before; none: nothing more to come. */
  await(id: RunId, generations: readonly string[]): void
  awaited(id: RunId): readonly string[]
  /** Entries from then on that wait for such a record. */
  open(since_ms: number): readonly RunId[]
  /** Sums by the quarter of an hour, ascending. */
  quarters(span: Span): readonly TimedSums[]
  by(group: 'session' | 'model' | 'route', span: Span): readonly KeyedSums[]
  /** Billionths of a dollar, reported and estimated. */
  spent(span: Span): number
  limit(): SpendingLimit | null
  setLimit(to: SpendingLimit | null): void
}
