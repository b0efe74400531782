import { z } from 'zod'
import { takes } from './define'
import { SlotId } from './ids'
import type { KeychainAdvice } from './keychain-advice'

/** Contract 4.5. */
export type KeychainState = 'secured' | 'locked' | 'missing' | 'session_only'

/** Metadata, the only readable form of a secret (contract 4.1). */
export interface SecretView {
  readonly slot_id: SlotId
  readonly provider: 'openrouter' | 'generic'
  readonly mode: 'api_key' | 'opaque_secret'
  readonly summary: 'api_key' | 'opaque_secret'
  readonly updated_at_ms: number
  readonly details: Record<string, never>
  /** Where the bytes are now; `absent` when the record stands alone. */
  readonly held: 'keychain' | 'memory' | 'absent' | 'unreadable'
  /** Routes of the loaded file that name this slot. */
  readonly used_by: readonly string[]
}

/** What the key endpoint says of a key (API reference 6.5). Money in US dollars. */
export interface KeyInfo {
  readonly label: string
  readonly limit_usd: number | null
  readonly limit_remaining_usd: number | null
  readonly usage_usd: number | null
  readonly is_free_tier: boolean | null
}

export interface SecretsList {
  readonly keychain: KeychainState
  /** What to install or unlock when the keychain is missing or locked; `action` is the same as an English sentence. */
  readonly advice?: KeychainAdvice
  readonly action?: string
  readonly slots: readonly SecretView[]
  /** True when `OPENROUTER_API_KEY` is set and could be imported. */
  readonly environment_key: boolean
}

const slot = z.strictObject({ slot_id: SlotId })

export const secretCalls = {
  'secrets.list': takes(() => z.strictObject({})).returns<SecretsList>(),
  'secrets.get': takes(() => slot).returns<SecretView>(),
  /**
   * Creates or rotates. `verify` asks the key endpoint first and stores nothing when it says no.
   * `keep: 'session'` is the person's consent to hold the key in memory until exit.
   * Faults: secret_source_invalid, secret_rejected, secret_store_*, provider_error.
   */
  'secrets.set': takes(() =>
    slot.extend({
      provider: z.enum(['openrouter', 'generic']).default('openrouter'),
      mode: z.enum(['api_key', 'opaque_secret']).default('api_key'),
      source: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('inline'), value: z.string() }),
        z.strictObject({ kind: z.literal('environment'), name: z.string().min(1) }),
        z.strictObject({ kind: z.literal('file'), path: z.string().min(1) }),
      ]),
      keep: z.enum(['keychain', 'session']).default('keychain'),
      verify: z.boolean().default(false),
    }),
  ).returns<{ readonly secret: SecretView; readonly key?: KeyInfo }>(),
  /** Refused `secret_in_use` while a loaded route names it. */
  'secrets.delete': takes(() => slot).returns<void>(),
  /** Asks the key endpoint with the stored key. */
  'secrets.test': takes(() => slot).returns<KeyInfo>(),
  /** OAuth PKCE (API reference 6.7): opens the system browser; `sign_in.ended` tells how it went. */
  'secrets.beginSignIn': takes(() =>
    slot.extend({ keep: z.enum(['keychain', 'session']).default('keychain') }),
  ).returns<{
    readonly sign_in_id: string
    readonly url: string
  }>(),
  'secrets.cancelSignIn': takes(() => z.strictObject({ sign_in_id: z.string() })).returns<void>(),
}
