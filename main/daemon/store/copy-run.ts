import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { Database } from 'better-sqlite3'
import type { AssetHolds } from './hold-assets'

/**
 * Copies a run beside the messages of a branch, so that receipts stay and an answer can be asked for again there.
 * A run that was still going on ends `interrupted` in the copy; its own goes on.
 */
export function copyRun(db: Database, hold: AssetHolds) {
  const messages = db.prepare<
    [string],
    { user_message_id: MessageId | null; assistant_message_id: MessageId | null }
  >(`SELECT user_message_id, assistant_message_id FROM run WHERE run_id = ?`)
  const copy = db.prepare<
    [{ from: string; run_id: string; to: string; user: string | null; assistant: string | null }]
  >(
    // The key is nobody's: idempotency keys are hashes, so none of them finds a copy.
    `INSERT INTO run (run_id, session_id, kind, status, submitted_at_ms, updated_at_ms, started_at_ms,
       finished_at_ms, position, source_kind, route_id, model, generation, provider_preferences,
       fallback_models, replaces,
       user_message_id, assistant_message_id, receipt, fault, key_hash, fingerprint, input, context_assets, image,
       observed)
     SELECT @run_id, @to, kind,
       iif(status IN ('completed', 'failed', 'interrupted', 'cancelled'), status, 'interrupted'),
       submitted_at_ms, updated_at_ms, started_at_ms, coalesce(finished_at_ms, updated_at_ms),
       position, source_kind, route_id, model, generation, provider_preferences, fallback_models, NULL,
       @user, @assistant, receipt, fault, 'copied:' || @run_id, fingerprint, input, context_assets, image,
       observed
       FROM run WHERE run_id = @from`,
  )
  return (from: RunId, run_id: RunId, to: SessionId, ids: ReadonlyMap<MessageId, MessageId>): void => {
    const old = messages.get(from)
    if (!old) return
    const twin = (id: MessageId | null) => (id === null ? null : (ids.get(id) ?? null))
    copy.run({ from, run_id, to, user: twin(old.user_message_id), assistant: twin(old.assistant_message_id) })
    hold.copiedRun(from, run_id)
  }
}
