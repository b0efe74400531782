import type { RunView } from '@contract/runs'
import { gist } from '../core/runs/text-of'
import { toView, type Moment } from '../core/runs/view'
import type { RunRecord, Store } from '../ports/store'
import { waitingImages } from './waiting-images'

/** A run's view with what the store knows besides its record: its place in the queue, what a retry answers, what it waits for. */
export function viewRun(
  store: Pick<Store, 'runs' | 'messages' | 'approvals'>,
  run: RunRecord,
  live: Pick<Moment, 'progress' | 'retry_at_ms'> = {},
): RunView {
  const queue = () => (run.kind === 'image' ? waitingImages(store) : store.runs.queued(run.session_id))
  const place = run.status === 'queued' ? queue().findIndex((each) => each.run_id === run.run_id) : -1
  const asked =
    run.input.length === 0 && run.user_message_id ? store.messages.get(run.user_message_id) : undefined
  return toView(run, {
    position: place >= 0 ? place + 1 : undefined,
    ...live,
    approvals:
      run.status === 'waiting_for_approval'
        ? store.approvals.list({ run_id: run.run_id, pending: true, limit: 10_000 })
        : undefined,
    asked: asked ? gist(asked.parts) : undefined,
  })
}
