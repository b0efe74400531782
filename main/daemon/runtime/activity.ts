import type { SessionView } from '@contract/sessions'
import type { RunRecord, Store } from '../ports/store'

/** What a chat is doing when one of its runs is at `own`: an answer and pictures may be made at the same time. */
export function activityBeside(
  { runs }: Pick<Store, 'runs'>,
  { run_id, session_id }: Pick<RunRecord, 'run_id' | 'session_id'>,
  own: SessionView['activity'],
): SessionView['activity'] {
  const others = runs
    .unfinished()
    .filter((run) => run.session_id === session_id && run.run_id !== run_id && run.status !== 'queued')
  if (others.some(({ status }) => status !== 'running')) return 'waiting'
  return others.length > 0 ? 'running' : own
}
