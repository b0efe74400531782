import type { RunId } from '@contract/ids'
import type { RunRecord } from '../ports/store'
import type { World } from './world'

type Given = 'session_id' | 'source_kind' | 'route_id' | 'model' | 'generation' | 'input'
type Optional =
  | 'kind'
  | 'provider_preferences'
  | 'fallback_models'
  | 'context_assets'
  | 'image'
  | 'observed'
  | 'replaces'
  | 'user_message_id'
type Made = Pick<RunRecord, Given | 'key_hash' | 'fingerprint'> & Partial<Pick<RunRecord, Optional>>

/** The record of a run that is about to be admitted: queued, behind everything its session has in hand. */
export function newRun({ store, clock, ids }: Pick<World, 'store' | 'clock' | 'ids'>, made: Made): RunRecord {
  const { session_id } = made
  const last = store.runs.queued(session_id).at(-1) ?? store.runs.active(session_id)
  const at = clock.now()
  return {
    run_id: ids.next('run') as RunId,
    kind: 'input',
    status: 'queued',
    submitted_at_ms: at,
    updated_at_ms: at,
    position: (last?.position ?? 0) + 1,
    user_message_id: null,
    assistant_message_id: null,
    ...made,
  }
}
