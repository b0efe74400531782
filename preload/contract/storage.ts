import { z } from 'zod'
import { takes } from './define'

/** A kind of thing the daemon keeps, where it is, and how large. */
export interface StoragePart {
  readonly name: 'database' | 'assets' | 'recordings' | 'logs' | 'evidence' | 'routes_file' | 'window'
  /** Below the state root. */
  readonly path: string
  readonly bytes: number
  readonly files: number
}

export interface StorageView {
  /** Absolute, for the person at this computer. */
  readonly state_root: string
  readonly parts: readonly StoragePart[]
  readonly chats: number
  readonly messages: number
  readonly keys: number
}

/** A line of the log, secrets already scrubbed. */
export interface LogLine {
  readonly at_ms: number
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly data: { readonly [key: string]: unknown }
}

export const storageCalls = {
  'storage.get': takes(() => z.strictObject({})).returns<StorageView>(),
  /**
   * Everything a person made: chats, recordings, drafts, costs, evidence, logs, choices; on wish the keys too. What runs is stopped
   * first. The routes file stays. There is no way back.
   */
  'storage.deleteAll': takes(() =>
    z.strictObject({ confirm: z.literal('delete everything'), with_keys: z.boolean().default(false) }),
  ).returns<StorageView>(),
  /** Newest last. */
  'logs.read': takes(() =>
    z.strictObject({
      limit: z.int().min(1).max(2_000).default(200),
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    }),
  ).returns<{ readonly lines: readonly LogLine[] }>(),
}
