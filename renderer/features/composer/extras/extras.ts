import type { ModelView } from '@contract/models'
import type { Generation } from '@contract/request-settings'

/** What a choice adds to the price of words. */
export type Extra =
  | { readonly kind: 'pictures'; readonly usd: number | undefined }
  | { readonly kind: 'web' }
  | { readonly kind: 'reasoning' }

export interface ChatChoice {
  readonly model: string
  readonly view: ModelView | undefined
  readonly generation: Generation
}

const costly = new Set(['high', 'xhigh', 'max'])

/** Pictures that come out, the web plugin behind `:online`, and long thought. */
export function extrasOf({ model, view, generation }: ChatChoice): readonly Extra[] {
  const found: Extra[] = []
  // Its price per picture is the image catalogue's affair; as tokens they are in the price of what comes out.
  if (view?.output_modalities.includes('image')) found.push({ kind: 'pictures', usd: undefined })
  if (model.endsWith(':online')) found.push({ kind: 'web' })
  const effort = generation.reasoning_effort
  if (effort !== undefined && costly.has(effort)) found.push({ kind: 'reasoning' })
  return found
}

/** The same choice is told of once. */
export const extrasKey = (model: string, extras: readonly Extra[]): string =>
  [model, ...extras.map(({ kind }) => kind)].join(' ')
