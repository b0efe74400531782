import type { Capabilities } from '@contract/routes'

/** Where a route's key comes from. Data only, but for the inline key, which is hidden in a function. */
export type CredentialSource =
  | { readonly kind: 'auth_ref'; readonly slot_id: string }
  /** `reveal` keeps the key out of anything that copies, prints or serialises the route. */
  | { readonly kind: 'inline_api_key'; readonly reveal: () => string }
  | { readonly kind: 'api_key_env'; readonly variable: string }
  | { readonly kind: 'provider_default'; readonly variable: string }

/** A route as the file defines it, checked. */
export interface LoadedRoute {
  readonly route_id: string
  readonly driver: 'openrouter'
  /** A raw model id, never split (contract 2.2). */
  readonly default_model: string
  /** The base of every endpoint (contract 2.4). */
  readonly prefix: string
  readonly credential: CredentialSource
  readonly capabilities: Capabilities
  /** Which backends the route registers; never shown in `runtime.get` (contract 5.1). */
  readonly backends: { readonly audio_generation: boolean; readonly transcription: boolean }
}

/** Throws on broken text; an error with numbers `line` and `column` (1-based) says where. */
export type ParseToml = (text: string) => unknown

export type Env = Readonly<Record<string, string | undefined>>

/** What is known of a secret slot, without its bytes. */
export type FindSlot = (slotId: string) => { readonly provider: string } | undefined
