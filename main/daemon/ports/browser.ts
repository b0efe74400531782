/** The person's own browser, for signing in. */
export interface Browser {
  open(url: string): Promise<void>
  /**
   * A loopback page on a free port that waits for one visit.
   * `url` goes into the sign-in link; `visit` resolves with the query of the first request for it.
   */
  awaitCallback(
    signal: AbortSignal,
  ): Promise<{ readonly url: string; readonly visit: Promise<URLSearchParams> }>
}
