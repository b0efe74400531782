import type { StatusView } from '@contract/status'
import type { RunId, SessionId } from '@contract/ids'
import type { RunStatus } from '@contract/run-status'

interface LiveRun {
  readonly run_id: RunId
  readonly session_id: SessionId
  readonly status: RunStatus
  readonly submitted_at_ms: number
  readonly updated_at_ms: number
}

/** How long the queues are and what in them has not moved (contract 13.2). `live` is everything not terminal. */
export function countRuns(
  live: readonly LiveRun[],
  now: number,
  stale_after_ms: number,
): Omit<StatusView['runs'], 'by_status'> {
  const queued = live.filter(({ status }) => status === 'queued')
  const depths = new Map<string, number>()
  for (const { session_id } of queued) depths.set(session_id, (depths.get(session_id) ?? 0) + 1)
  return {
    max_queue_depth: [...depths.values()].reduce((most, depth) => Math.max(most, depth), 0),
    oldest_queued_age_ms:
      queued.length === 0
        ? null
        : now - queued.reduce((first, { submitted_at_ms: at }) => Math.min(first, at), now),
    stale_after_ms,
    stale: live
      .map(({ run_id, session_id, status, updated_at_ms: at }) => ({
        run_id,
        session_id,
        status,
        age_ms: now - at,
      }))
      .filter(({ age_ms }) => age_ms >= stale_after_ms)
      .toSorted((a, b) => b.age_ms - a.age_ms),
  }
}
