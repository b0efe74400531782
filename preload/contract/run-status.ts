/** Contract 6.2. The first four are live, the rest terminal. */
export const runStatuses = [
  'queued',
  'running',
  'waiting_for_approval',
  'waiting_for_user_question',
  'completed',
  'failed',
  'interrupted',
  'cancelled',
] as const
export type RunStatus = (typeof runStatuses)[number]
