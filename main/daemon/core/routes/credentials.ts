import type { CredentialSource, Env } from './route'

/** The variable that a route named `openrouter` falls back to. */
const providerVariable = 'OPENROUTER_API_KEY'
const providerRoute = 'openrouter'

export interface CredentialFields {
  readonly auth_ref?: string | undefined
  readonly api_key?: string | undefined
  readonly api_key_env?: string | undefined
}

export type FoundCredential =
  | { readonly ok: true; readonly source: CredentialSource }
  | { readonly ok: false; readonly rule: 'V24_unset' | 'V24_empty' | 'V24_not_text' | 'V25' }

/** Where a route's key comes from, in the order of contract 2.2; rejections V24 and V25. */
export function findCredential(routeId: string, fields: CredentialFields, env: Env): FoundCredential {
  const { auth_ref: slotId, api_key: key, api_key_env: variable } = fields
  if (slotId !== undefined) return { ok: true, source: { kind: 'auth_ref', slot_id: slotId } }
  if (key !== undefined) return { ok: true, source: { kind: 'inline_api_key', reveal: () => key } }
  if (variable !== undefined) {
    const rule = troubleWith(readVariable(variable, env))
    return rule ? { ok: false, rule } : { ok: true, source: { kind: 'api_key_env', variable } }
  }
  const isProvided = routeId === providerRoute && !troubleWith(readVariable(providerVariable, env))
  if (!isProvided) return { ok: false, rule: 'V25' }
  return { ok: true, source: { kind: 'provider_default', variable: providerVariable } }
}

/** The key of a route that does not use a slot; undefined for one that does, or when the variable is gone. */
export function readOwnKey(source: CredentialSource, env: Env): string | undefined {
  switch (source.kind) {
    case 'auth_ref':
      return undefined
    case 'inline_api_key':
      return source.reveal()
    case 'api_key_env':
    case 'provider_default':
      return readVariable(source.variable, env)
  }
}

/** Names such as `constructor` must not reach the prototype. */
const readVariable = (name: string, env: Env): string | undefined =>
  Object.hasOwn(env, name) ? env[name] : undefined

function troubleWith(value: string | undefined): 'V24_unset' | 'V24_empty' | 'V24_not_text' | undefined {
  if (value === undefined) return 'V24_unset'
  if (value.trim() === '') return 'V24_empty'
  // Bytes that were not UTF-8 arrive as replacement characters or lone surrogates.
  return /[\uFFFD\p{Cs}]/u.test(value) ? 'V24_not_text' : undefined
}
