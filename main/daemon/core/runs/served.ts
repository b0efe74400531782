import type { ModelView } from '@contract/models'
import type { Receipt } from '@contract/receipt'

/** What the catalogue knows of a model. */
export type FindModel = (
  id: string,
) => Pick<ModelView, 'canonical_slug' | 'prompt_usd_per_million'> | undefined

const nothing: FindModel = () => undefined

/**
 * Whether an answer under the id `served` is one of the model `asked`: the same id, a variant (`:free`), the dated or
 * the permanent slug behind it, or what a router, a preset or a `~…-latest` alias chose (API reference 2.8, 2.10).
 */
export function isSameModel(asked: string, served: string, find: FindModel = nothing): boolean {
  if (choosesByItself(asked, find)) return true
  const [one, other] = [plain(asked), plain(served)]
  if (one === other || undated(one) === undated(other)) return true
  const canonical = find(asked)?.canonical_slug ?? find(one)?.canonical_slug
  if (canonical !== undefined && undated(plain(canonical)) === undated(other)) return true
  const theirs = find(other)?.canonical_slug
  if (canonical !== undefined && canonical === theirs) return true
  // A gateway may leave the author out.
  return !other.includes('/') && undated(one.slice(one.lastIndexOf('/') + 1)) === undated(other)
}

/** Routers, presets and aliases: any model may answer under them. */
export function choosesByItself(asked: string, find: FindModel = nothing): boolean {
  if (/^(openrouter\/|@|~)/.test(asked) || /(^|[/-])(auto|router|latest)($|[-:])/.test(asked)) return true
  const entry = find(asked)
  return entry !== undefined && entry.prompt_usd_per_million === undefined
}

/** Without variant, alias mark and case. */
export const plain = (id: string): string =>
  id
    .toLowerCase()
    .replace(/^~/, '')
    .replace(/(?<=.):[a-z0-9:-]+$/, '')

/** Without a date at its end: `-2026-03-01`, `-20260301`. */
const undated = (id: string): string => id.replace(/-20\d\d-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])$/, '')

interface Paid {
  readonly model: string
  readonly fallback_models?: readonly string[]
  readonly receipt?: Receipt
}

/** The model that an answer is paid for: of those that were asked the one that served, else what served. */
export function billedModel({ model, fallback_models = [], receipt }: Paid): string {
  const served = receipt?.served_model
  if (served === undefined) return model
  const meant = [model, ...fallback_models].find(
    (asked) => !choosesByItself(asked) && isSameModel(asked, served),
  )
  return meant ?? served
}
