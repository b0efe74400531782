import type { ProviderPreferences, RequestSettings } from './request-settings'

/**
 * Settings of several scopes as one, the farthest first: everywhere, route, session, run. The nearer one wins field by
 * field; a list counts as one field. The two privacy switches only get stricter: `zdr: true` and
 * `data_collection: 'deny'` of any scope stay.
 */
export const mergeSettings = (...scopes: readonly RequestSettings[]): RequestSettings =>
  scopes.reduce<RequestSettings>((far, near) => compact(two(far, near)), {})

/** `kept` as it is, but no less private than `now`: for what was pinned once and is sent again. */
export function noLessPrivate(kept: RequestSettings, now: RequestSettings): RequestSettings {
  const privacy = strictest(now.provider_preferences ?? {}, kept.provider_preferences ?? {})
  return compact({ ...kept, provider_preferences: { ...kept.provider_preferences, ...privacy } })
}

function two(far: RequestSettings, near: RequestSettings): RequestSettings {
  const [theirs, ours] = [far.provider_preferences ?? {}, near.provider_preferences ?? {}]
  const fallbacks = near.fallback_models ?? far.fallback_models
  return {
    generation: { ...far.generation, ...said(near.generation) },
    provider_preferences: {
      ...theirs,
      ...said(ours),
      max_price: { ...theirs.max_price, ...said(ours.max_price) },
      ...strictest(theirs, ours),
    },
    ...(fallbacks === undefined ? {} : { fallback_models: fallbacks }),
  }
}

/** Only what is switched on in one of the two. */
const strictest = (far: ProviderPreferences, near: ProviderPreferences): ProviderPreferences => ({
  ...(far.zdr === true || near.zdr === true ? { zdr: true } : {}),
  ...(far.data_collection === 'deny' || near.data_collection === 'deny' ? { data_collection: 'deny' } : {}),
})

/** Without the fields that are there but undefined: they say nothing. */
const said = <T extends object>(fields: T | undefined): Partial<T> =>
  Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>

/** Groups in which nothing is said are left out, so that equal settings look equal. */
function compact(settings: RequestSettings): RequestSettings {
  const { generation = {}, fallback_models, provider_preferences = {} } = settings
  const { max_price, ...others } = provider_preferences
  const prices = said(max_price)
  const providers = said({ ...others, ...(isEmpty(prices) ? {} : { max_price: prices }) })
  const words = said(generation)
  return {
    ...(isEmpty(words) ? {} : { generation: words }),
    ...(isEmpty(providers) ? {} : { provider_preferences: providers }),
    ...(fallback_models === undefined ? {} : { fallback_models }),
  }
}

const isEmpty = (fields: object): boolean => Object.keys(fields).length === 0
