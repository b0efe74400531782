import type { RunRecord, Store } from '../ports/store'

/** Picture runs that wait for their turn, of all chats, in the order in which they were submitted. */
export const waitingImages = ({ runs }: Pick<Store, 'runs'>): readonly RunRecord[] =>
  runs
    .unfinished()
    .filter((run) => run.kind === 'image' && run.status === 'queued')
    .toSorted((a, b) => a.submitted_at_ms - b.submitted_at_ms || (a.run_id < b.run_id ? -1 : 1))
