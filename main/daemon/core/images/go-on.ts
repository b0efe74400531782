import type { Fault } from '@contract/fault'

/** Whether the next route is tried after this one failed (contract 9.1). */
export function mayGoOn(why: Fault): boolean {
  switch (why.code) {
    case 'provider_error':
      // Nobody knows what became of these: the picture may be made and paid for (API reference 3.7), so a person
      // decides whether it is asked for again, here or elsewhere.
      if (why.kind === 'unreachable') return why.retryable
      return why.kind !== 'timeout' && why.kind !== 'cut_short'
    case 'route_not_ready':
    case 'secret_store_locked':
    case 'secret_store_unavailable':
    case 'secret_store_unreadable':
      return true
    default:
      // Cancelled, or our own trouble, which another route would meet as well.
      return false
  }
}

/** Why a route failed, for the list of those that were tried. */
export const reasonOf = (why: Fault): string => why.detail

export const isRetryable = (why: Fault): boolean => why.code === 'provider_error' && why.retryable
