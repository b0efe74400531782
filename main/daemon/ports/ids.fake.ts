import type { Ids } from './ids'

/** Ids that count, and chance that always says the same. */
export function fakeIds(chance = 0.5): Ids {
  let count = 0
  return {
    next: (prefix) => `${prefix}_${String((count += 1)).padStart(6, '0')}`,
    token: (bytes) => `token-${String((count += 1))}-${'x'.repeat(bytes)}`,
    chance: () => chance,
  }
}
