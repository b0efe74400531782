import type { FilePlace, FaultOf } from '@contract/fault'
import { fault } from '@contract/fault'
import type { Place } from './locate'

/**
 * The rejections of contract 2.6 by their numbers. Sentences are fixed: nothing of the file goes into one, because
 * a broken line may hold a key.
 */
const rules = {
  V1: {
    code: 'route_file_read_failed',
    say: 'The routes file could not be read. Check that it exists and that you may read it.',
  },
  V2: {
    code: 'route_file_invalid',
    reason: 'toml_syntax',
    say: 'This is not valid TOML. Check quotes and brackets, and that no table or key is defined twice.',
  },
  V3: {
    code: 'route_file_invalid',
    reason: 'unknown_field',
    say: 'This top-level field is not known. Allowed are version, default_route and routes.',
  },
  V4: {
    code: 'route_file_invalid',
    reason: 'unknown_field',
    say: 'This field of a route is not known. Check its spelling or remove it.',
  },
  V5: {
    code: 'route_file_invalid',
    reason: 'schema',
    say: 'This has the wrong type or a value that is not allowed. Look up what belongs here.',
  },
  V5_driver: {
    code: 'route_file_invalid',
    reason: 'schema',
    say: 'This route has no driver. Add driver = "openrouter".',
  },
  V6: {
    code: 'route_file_invalid',
    reason: 'unsupported_driver',
    say: 'This driver is not part of Kheish. Use driver = "openrouter".',
  },
  V7: {
    code: 'route_file_invalid',
    reason: 'unsupported_version',
    say: 'This version of the file format is not supported. Use version = 1.',
  },
  V8: {
    code: 'route_file_invalid',
    reason: 'no_routes',
    say: 'The routes file defines no route. Add a table such as [routes.openrouter].',
  },
  V9: {
    code: 'route_file_invalid',
    reason: 'route_id',
    say: 'This route name is not allowed. It must be 1 to 128 characters without spaces, control characters or "/".',
  },
  V10: {
    code: 'route_file_invalid',
    reason: 'default_model',
    say: 'This route has no default_model, or a blank one. Name the model it starts with.',
  },
  V11: {
    code: 'route_file_invalid',
    reason: 'base_url',
    say: 'This base_url must be a whole http:// or https:// address with a host and without user name, "?" and "#".',
  },
  V12: {
    code: 'route_file_invalid',
    reason: 'base_url_unsupported_suffix',
    say: 'The ending of this base_url is not known. Let it end in /v1 or in one of the known endpoints.',
  },
  V13: {
    code: 'route_file_invalid',
    reason: 'credential_conflict',
    say: 'This route has both api_key and api_key_env. Keep one of them.',
  },
  V14: {
    code: 'route_file_invalid',
    reason: 'credential_conflict',
    say: 'This route has auth_ref and another key setting. Keep one of them, best auth_ref.',
  },
  V15: {
    code: 'route_file_invalid',
    reason: 'foreign_auth_field',
    say: 'This key setting belongs to another driver. Remove it from the openrouter route.',
  },
  V16: {
    code: 'route_file_invalid',
    reason: 'credential_blank',
    say: 'This key setting is blank or has spaces at its edges. Fill it in cleanly or remove it.',
  },
  V16_key: {
    code: 'route_file_invalid',
    reason: 'auth_ref',
    say:
      'auth_ref looks like a key, but takes the name of a slot. Put a name there, such as openrouter.primary, ' +
      'and store a new key under it: this one could be read in the file.',
  },
  V17: {
    code: 'route_file_invalid',
    reason: 'credential_conflict',
    say: 'This route has organization or project both directly and from the environment. Keep one of the two.',
  },
  V18: {
    code: 'route_file_invalid',
    reason: 'default_route',
    say: 'default_route names no route of this file. Use the name of one of its [routes.…] tables.',
  },
  V19: {
    code: 'default_route_unresolved',
    say: 'The file has several routes and does not say which is the default. Add default_route at the top.',
  },
  V20: {
    code: 'default_route_missing',
    say: 'The default route asked for at start is not in the routes file. Name one that is, or leave it out.',
  },
  V21: {
    code: 'unsupported_capability',
    say: 'The openrouter driver cannot do this, so it cannot be switched on. Remove the line or set it to false.',
  },
  V22: {
    code: 'route_auth_ref_missing',
    say: 'No key is stored in the slot that this route uses. Store one, then try again.',
  },
  V23: {
    code: 'route_auth_provider_mismatch',
    say: 'The slot that this route uses holds a secret of another provider. Store an OpenRouter key in a slot for it.',
  },
  V24_unset: {
    code: 'api_key_env_missing',
    say: 'The environment variable that this route takes its key from is not set. Set it and start again.',
  },
  V24_empty: {
    code: 'api_key_env_empty',
    say: 'The environment variable that this route takes its key from is empty. Put the key into it and start again.',
  },
  V24_not_text: {
    code: 'api_key_env_invalid',
    say: 'The environment variable that this route takes its key from is not valid text. Set it again and start again.',
  },
  V25: {
    code: 'route_credentials_missing',
    say: 'This route says nowhere where its key comes from. Add auth_ref with the name of a stored key.',
  },
} as const

type Rules = typeof rules
export type Rule = keyof Rules
export type SlotRule = 'V22' | 'V23'
export type RouteFault = FaultOf<Rules[Rule]['code']>

/** Where a rejection points to. `at` is absent when the trouble is not in the text. */
export interface Spot {
  readonly file: string
  readonly at?: Place | undefined
  readonly route_id?: string | undefined
}

/** The fault of a rejection, with place and reason and nothing of the file's content. */
export function reject(rule: Exclude<Rule, SlotRule>, spot: Spot): RouteFault {
  return fault(rules[rule].code, detailOf(rule, spot), placeIn(rule, spot))
}

/** V22 and V23 also name the slot, for the set-up screen. */
export function rejectSlot(rule: SlotRule, spot: Spot, slotId: string): RouteFault {
  return fault(rules[rule].code, detailOf(rule, spot), { ...placeIn(rule, spot), slot_id: slotId })
}

/** V1 is found by whoever reads files. */
export const unreadableFile = (file: string): RouteFault => reject('V1', { file })

const detailOf = (rule: Rule, { at }: Spot): string =>
  at === undefined ? rules[rule].say : `Routes file, line ${at.line}, column ${at.column}: ${rules[rule].say}`

function placeIn(rule: Rule, { file, at, route_id }: Spot): FilePlace {
  const facts = rules[rule]
  return {
    file,
    ...at,
    ...(route_id === undefined ? {} : { route_id }),
    ...('reason' in facts ? { reason: facts.reason } : {}),
  }
}
