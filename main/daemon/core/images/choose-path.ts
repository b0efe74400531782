import type { ProviderPreferences } from '@contract/request-settings'

interface Known {
  /** A 404 said that there is no image endpoint for this model. */
  readonly usesChat: boolean
  /** What the image catalogue of the route has; undefined when it was never fetched. */
  readonly listed: readonly string[] | undefined
  /** The model as the chat catalogue knows it. */
  readonly entry: { readonly output_modalities: readonly string[] } | undefined
  readonly preferences: ProviderPreferences | undefined
}

/**
 * Through which endpoint a model is asked (API reference 3.1). The image endpoint, unless it is known not to be there
 * for this model, or knows no way to say what was asked of the provider: it takes neither `zdr` nor `data_collection`
 * nor `max_price` (3.2), and privacy that is only wished for is none.
 */
export function choosePath(
  model: string,
  { usesChat, listed, entry, preferences }: Known,
): 'images' | 'chat' {
  if (usesChat) return 'chat'
  const isPrivate = preferences?.zdr === true || preferences?.data_collection === 'deny'
  if (isPrivate || preferences?.max_price !== undefined) return 'chat'
  if (listed === undefined || listed.includes(model)) return 'images'
  // The route has no such list, or has it without this model.
  const talks = entry?.output_modalities.includes('text') && entry.output_modalities.includes('image')
  return listed.length === 0 || talks ? 'chat' : 'images'
}
