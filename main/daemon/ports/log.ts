/** The daemon's log. Everything that passes is scrubbed of known secrets first. */
export interface Log {
  info(tag: string, facts?: Readonly<Record<string, unknown>>): void
  warn(tag: string, facts?: Readonly<Record<string, unknown>>): void
  /** Keeps the error with its stack and returns the reference that finds it. */
  surprise(error: unknown): string
}
