/** Time from outside. Milliseconds since the epoch. */
export interface Clock {
  now(): number
  /** Runs `work` after `ms`; returns the undo. */
  after(ms: number, work: () => void): () => void
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
