import type { InputOf } from '@contract/define'
import type { runCalls } from '@contract/runs'
import { findRun, findSession } from './find'
import type { World } from './world'

type RunCalls = typeof runCalls

/** Asking about runs, and stopping them. */
export const readRuns = ({ store, queue }: Pick<World, 'store' | 'queue'>) => ({
  get: ({ run_id }: InputOf<RunCalls['runs.get']>) => queue.view(findRun(store, run_id)),

  list: ({ session_id, status, limit }: InputOf<RunCalls['runs.list']>) => ({
    runs: store.runs
      .list({ limit, ...(session_id ? { session_id } : {}), ...(status ? { status } : {}) })
      .map(queue.view),
  }),

  events: ({ run_id }: InputOf<RunCalls['runs.events']>) => {
    findRun(store, run_id)
    return { events: store.runs.events(run_id) }
  },

  output: ({ run_id }: InputOf<RunCalls['runs.output']>) => {
    const run = findRun(store, run_id)
    const id = run.assistant_message_id
    return { run: queue.view(run), message: id ? (store.messages.get(id) ?? null) : null }
  },

  outputs: ({ run_id }: InputOf<RunCalls['runs.outputs']>) => {
    findRun(store, run_id)
    return { outputs: store.outputs.of(run_id) }
  },

  /** Faults: `run_not_found`, `run_state_conflict`. */
  cancel: ({ run_id }: InputOf<RunCalls['runs.cancel']>) => queue.view(queue.cancel(run_id)),

  interrupt: ({ session_id }: InputOf<RunCalls['sessions.interrupt']>) => {
    findSession(store, session_id)
    const run = queue.interrupt(session_id)
    return { run: run ? queue.view(run) : null }
  },
})
