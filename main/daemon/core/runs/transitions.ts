import type { RunStatus } from '@contract/runs'

/** The moves of contract 6.2. What is not listed is a `run_state_conflict`. */
const moves: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'failed', 'cancelled'],
  running: [
    'waiting_for_approval',
    'waiting_for_user_question',
    'completed',
    'failed',
    'interrupted',
    'cancelled',
  ],
  waiting_for_approval: ['running', 'failed', 'interrupted', 'cancelled'],
  waiting_for_user_question: ['running', 'completed', 'failed', 'interrupted', 'cancelled'],
  completed: [],
  failed: [],
  interrupted: [],
  cancelled: [],
}

/** Whether a run may go from one status to another; staying is always allowed and means nothing. */
export const mayMove = (from: RunStatus, to: RunStatus): boolean => from === to || moves[from].includes(to)

/** Terminal statuses have nowhere to go. */
export const isTerminal = (status: RunStatus): boolean => moves[status].length === 0

/** Holds its session's single slot; a queued run waits for it. */
export const isActive = (status: RunStatus): boolean => !isTerminal(status) && status !== 'queued'
