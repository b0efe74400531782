import type { startDaemon } from '../daemon/index'
import type { Look } from './look'

export type Keychain = Parameters<typeof startDaemon>[0]['keychain']
export type ForkMedia = NonNullable<Parameters<typeof startDaemon>[0]['forkMedia']>

/** Carries out one command; what it answers is the exit code, nothing is 0. */
export type Run = (work: () => Promise<number | void>) => Promise<void>

/** What a command may touch of the machine. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly home: string
  readonly version: string
  /** How results are laid out; plain when nobody is watching. */
  readonly look: Look
  /** Makes a path absolute. */
  readonly resolve: (path: string) => string
  /** Results, and nothing else. */
  readonly out: (text: string) => void
  /** A result that is no text; resolves when there is room for more. */
  readonly outBytes: (bytes: Uint8Array) => Promise<void>
  /** Everything said about a result. */
  readonly err: (text: string) => void
  /** All of standard input; undefined when a person sits there and nothing was piped in. */
  readonly readInput: () => Promise<string | undefined>
  /** The same as bytes. */
  readonly readBytes: () => Promise<Uint8Array | undefined>
  readonly readFile: (path: string) => Promise<string>
  readonly readFileBytes: (path: string) => Promise<Uint8Array>
  /** For its owner only. */
  readonly writeFile: (path: string, content: string | AsyncIterable<Uint8Array>) => Promise<void>
  /** Calls back on Ctrl-C; answers the undo. */
  readonly onInterrupt: (work: () => void) => () => void
  /** Calls back when the system asks to end (SIGTERM, SIGHUP); answers the undo. */
  readonly onTerminate: (work: () => void) => () => void
  readonly openKeychain: () => Keychain
  /** For a daemon that is started here; absent: it looks at files in this process. */
  readonly forkMedia?: ForkMedia
  readonly hashThread?: string
}
