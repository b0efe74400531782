/** A fixed window: it begins with the first that comes, and all its places are free again when it is over. */
export interface RateWindow {
  readonly from_ms: number
  readonly count: number
}
export interface RateLimit {
  readonly window_ms: number
  readonly burst: number
}

/** Takes a place, or says after how many milliseconds (at least 1) there is one. */
export function takePlace(
  window: RateWindow | undefined,
  now: number,
  { window_ms, burst }: RateLimit,
): { readonly window: RateWindow; readonly retry_after_ms?: number } {
  // A clock that was set back begins anew, too.
  const isOpen = window !== undefined && now >= window.from_ms && now < window.from_ms + window_ms
  if (!isOpen) return { window: { from_ms: now, count: 1 } }
  if (window.count < burst) return { window: { ...window, count: window.count + 1 } }
  return { window, retry_after_ms: Math.max(1, window.from_ms + window_ms - now) }
}
