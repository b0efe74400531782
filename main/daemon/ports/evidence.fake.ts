import type { Evidence } from './evidence'

/** Keeps nothing. */
export const noEvidence: Evidence = {
  state: () => ({ level: 'off', encrypted: false }),
  levelNow: () => 'off',
  open: async () => undefined,
  provideKey: async () => undefined,
  look: async () => undefined,
  list: async () => [],
  read: async () => Promise.reject(new Error('nothing is kept')),
  prune: async () => ({ pruned_runs: 0, pruned_bytes: 0 }),
  sweep: async () => undefined,
  removeAll: async () => undefined,
}
