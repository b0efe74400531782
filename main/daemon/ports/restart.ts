/** A restart in place that loses no run (contract 2: the routes file is read at start only). */
export interface Restart {
  /**
   * Waits for the runs under way, or stops them, then loads the routes again. Returns at once. A second request joins
   * the first, and may stop what the first would have waited for.
   */
  request(inFlight: 'drain' | 'interrupt'): void
  /** How many runs it still waits for; undefined when none was asked for. Nothing new starts meanwhile. */
  runsLeft(): number | undefined
}
