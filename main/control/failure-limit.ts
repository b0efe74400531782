export interface FailureLimit {
  /** Milliseconds until this peer may fail again; 0: now. */
  waitOf(peer: string): number
  /** Counts a failure; true when it was the one too many. */
  failed(peer: string): boolean
}

const allowed = 10
const withinMs = 60_000
const mostPeers = 1_000

/** Ten failures in a minute, then each other is refused without a line in the log until the minute is over. */
export function createFailureLimit(now: () => number = Date.now): FailureLimit {
  /** Oldest first. */
  const peers = new Map<string, { count: number; readonly until: number }>()

  function find(peer: string) {
    const known = peers.get(peer)
    if (known && known.until > now()) return known
    peers.delete(peer)
    return undefined
  }

  return {
    waitOf(peer) {
      const known = find(peer)
      return known && known.count >= allowed ? known.until - now() : 0
    },
    failed(peer) {
      const known = find(peer) ?? { count: 0, until: now() + withinMs }
      known.count += 1
      peers.set(peer, known)
      const [oldest] = peers.keys()
      if (peers.size > mostPeers && oldest !== undefined) peers.delete(oldest)
      return known.count === allowed
    },
  }
}
