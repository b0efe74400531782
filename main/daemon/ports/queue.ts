import type { RunId, SessionId } from '@contract/ids'
import type { Accepted, RunView } from '@contract/runs'
import type { RunRecord } from './store'

/** One active run per session, the others behind it in order (contract 6.4). */
export interface Queue {
  /** Stores a new run and starts it when its session is free, in one transaction. */
  admit(run: RunRecord): Accepted
  /** Stores a new run of kind `image` and starts it beside everything else of its chat, as soon as few enough are under way. */
  admitImage(run: RunRecord): Accepted
  /** Approvals of a run were decided: it goes on when none is pending. */
  decided(id: RunId): void
  /** Cancels a live run; it has ended when this returns. Faults: `run_not_found`, `run_state_conflict`. */
  cancel(id: RunId): RunRecord
  /** Stops the session's active run, which ends `interrupted`; null when there is none. */
  interrupt(session: SessionId): RunRecord | null
  /** Everything of the session, active and queued, for good. */
  drop(session: SessionId): void
  /** Resolves at the run's end. */
  ended(id: RunId): Promise<RunRecord>
  view(run: RunRecord): RunView
}
