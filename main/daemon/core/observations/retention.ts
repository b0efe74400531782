import type { ObservationId } from '@contract/ids'
import type { ObservationView, SourceView } from '@contract/observations'

type Kept = Pick<ObservationView, 'observation_id' | 'captured_at_ms' | 'received_at_ms' | 'byte_length'>
type Limits = Pick<SourceView, 'max_active_observations' | 'max_active_bytes'>

/** What was received until then is over its time (contract 11.3): age counts from there, whenever it was captured. */
export const receivedUntil = ({ retention_seconds }: Pick<SourceView, 'retention_seconds'>, now: number) =>
  now - retention_seconds * 1_000

export const isOver = (
  { count, bytes }: { readonly count: number; readonly bytes: number },
  { max_active_observations, max_active_bytes }: Limits,
): boolean => count > max_active_observations || bytes > max_active_bytes

/** The oldest captures that have to go until the rest is within the limits. */
export function overflow(active: readonly Kept[], limits: Limits): readonly ObservationId[] {
  const oldestFirst = active.toSorted(
    (a, b) => a.captured_at_ms - b.captured_at_ms || a.received_at_ms - b.received_at_ms,
  )
  const left = {
    count: active.length,
    bytes: active.reduce((sum, { byte_length }) => sum + byte_length, 0),
  }
  const going: ObservationId[] = []
  for (const { observation_id, byte_length } of oldestFirst) {
    if (!isOver(left, limits)) break
    going.push(observation_id)
    left.count -= 1
    left.bytes -= byte_length
  }
  return going
}
