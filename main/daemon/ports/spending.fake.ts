import type { SpendingWatch } from './spending'

/** Nothing is limited. */
export const fakeSpending = (): SpendingWatch => ({
  view: () => ({ limit: null, spent_usd: 0, period_started_at_ms: 0, resets_at_ms: 0 }),
  refusal: () => undefined,
  changed: () => undefined,
})
