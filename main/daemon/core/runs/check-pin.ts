import type { FaultOf } from '@contract/fault'
import { fault } from '@contract/fault'
import type { Upstream } from '@contract/models'
import type { Receipt } from '@contract/receipt'
import type { ProviderPreferences } from '@contract/request-settings'
import type { FindModel } from './served'
import { choosesByItself, isSameModel, plain } from './served'

export type PinVerdict = NonNullable<Receipt['pin']>

/** What a run was pinned to. */
export interface Pinned {
  readonly model: string
  readonly fallback_models?: readonly string[]
  readonly provider_preferences?: ProviderPreferences
}
/** What an answer says of itself, as far as it has. */
export interface Served {
  readonly served_model?: string
  readonly served_provider?: string
}
/** What is known of the route, to tell names that look alike from names that mean the same. */
export interface Known {
  readonly upstreams: readonly Upstream[]
  readonly find: FindModel
}

/** The upstreams a run may be served by and no others; empty when every one may (API reference 2.8). */
export function pinnedProviders({
  only,
  order,
  allow_fallbacks,
}: ProviderPreferences = {}): readonly string[] {
  const strict = allow_fallbacks === false ? order : undefined
  if (!only || !strict) return only ?? strict ?? []
  const both = strict.filter((slug) => only.some((other) => other === slug || other === baseOf(slug)))
  return both.length > 0 ? both : only
}

/**
 * Whether an answer comes from where it was asked. `undecided` where a name can't be told from another: a false alarm
 * would stop an answer that is right. Undefined while the answer has not named itself.
 */
export function checkPin(pinned: Pinned, served: Served, known: Known): PinVerdict | undefined {
  const verdicts = [checkProvider(pinned, served, known), checkModel(pinned, served, known)]
  const severe = ['not_honoured', 'undecided', 'honoured'] as const
  return severe.find((verdict) => verdicts.includes(verdict))
}

/** The fault of an answer that `checkPin` calls not honoured. */
export function pinFault(pinned: Pinned, served: Served, known: Known): FaultOf<'pin_not_honoured'> {
  const isProvider = checkProvider(pinned, served, known) === 'not_honoured'
  const what = isProvider ? 'provider' : 'model'
  const asked = isProvider ? pinnedProviders(pinned.provider_preferences) : modelsOf(pinned)
  const name = (isProvider ? served.served_provider : served.served_model) ?? ''
  return fault(
    'pin_not_honoured',
    `${name} answered, but this message was only meant for ${asked.join(', ')}. The answer was stopped; what arrived is kept, and it may have cost money.`,
    { pinned: what, asked, served: name },
  )
}

const modelsOf = ({ model, fallback_models = [] }: Pinned): readonly string[] => [model, ...fallback_models]

/** By the provider's own list; where it does not have a name, only likeness counts, and only in favour. */
function checkProvider(pinned: Pinned, served: Served, { upstreams }: Known): PinVerdict | undefined {
  const slugs = pinnedProviders(pinned.provider_preferences)
  const name = served.served_provider
  if (slugs.length === 0) return undefined
  // It answers and does not say who it is.
  if (name === undefined) return served.served_model === undefined ? undefined : 'undecided'
  const listed = upstreams.filter((one) => alike(one.name, name)).map((one) => one.slug)
  const meant =
    listed.length > 0 ? listed : upstreams.filter((one) => alike(one.slug, name)).map((one) => one.slug)
  const isServed = (slug: string) =>
    meant.length > 0 ? meant.includes(baseOf(slug)) : alike(baseOf(slug), name)
  const hits = slugs.filter(isServed)
  // The name of an upstream says nothing of its region or variant.
  if (hits.length > 0) return hits.some((slug) => slug === baseOf(slug)) ? 'honoured' : 'undecided'
  const areKnown = slugs.every((slug) => upstreams.some((one) => one.slug === baseOf(slug)))
  return meant.length > 0 && areKnown ? 'not_honoured' : 'undecided'
}

/** Only another model of the catalogue is surely another model: ids are renamed, dated and aliased all the time. */
function checkModel(pinned: Pinned, served: Served, { find }: Known): PinVerdict | undefined {
  const name = served.served_model
  if (name === undefined) return undefined
  const asked = modelsOf(pinned)
  if (asked.some((model) => isSameModel(model, name, find))) return 'honoured'
  const entry = (id: string) => find(id) ?? find(plain(id))
  const areKnown = [...asked, name].every((id) => entry(id) !== undefined)
  return areKnown && !asked.some((model) => choosesByItself(model, find)) ? 'not_honoured' : 'undecided'
}

const baseOf = (slug: string): string => slug.split('/')[0] ?? slug

const alike = (one: string, other: string): boolean => letters(one) === letters(other)
const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
