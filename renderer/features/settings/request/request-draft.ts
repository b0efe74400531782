import type { RequestSettings } from '@contract/request-settings'

/** What stands in the form: text as typed, so that nothing a person writes is thrown away while it is half done. */
export interface RequestDraft {
  readonly temperature: string
  readonly maxTokens: string
  readonly effort: Effort | 'inherit'
  readonly fallbackModels: string
  readonly only: string
  readonly order: string
  readonly ignore: string
  readonly allowFallbacks: 'inherit' | 'on' | 'off'
  readonly sort: 'inherit' | 'price' | 'throughput' | 'latency'
  readonly maxPrompt: string
  readonly maxCompletion: string
  readonly zdr: boolean
  readonly noTraining: boolean
}
type Effort = NonNullable<NonNullable<RequestSettings['generation']>['reasoning_effort']>

/** Fields that hold no value yet say which sentence helps. */
export type DraftProblem = 'badNumber' | 'badTokens' | 'badSlugs' | 'badModels'
export type DraftProblems = { readonly [K in keyof RequestDraft]?: DraftProblem }

const list = (items: readonly string[] | undefined): string => items?.join(', ') ?? ''
const number = (value: number | undefined): string => (value === undefined ? '' : String(value))

export function draftOf({
  generation,
  provider_preferences,
  fallback_models,
}: RequestSettings): RequestDraft {
  const preferences = provider_preferences ?? {}
  const { allow_fallbacks } = preferences
  return {
    temperature: number(generation?.temperature),
    maxTokens: number(generation?.max_tokens),
    effort: generation?.reasoning_effort ?? 'inherit',
    fallbackModels: list(fallback_models),
    only: list(preferences.only),
    order: list(preferences.order),
    ignore: list(preferences.ignore),
    allowFallbacks: allow_fallbacks === undefined ? 'inherit' : allow_fallbacks ? 'on' : 'off',
    sort: preferences.sort ?? 'inherit',
    maxPrompt: number(preferences.max_price?.prompt),
    maxCompletion: number(preferences.max_price?.completion),
    zdr: preferences.zdr === true,
    noTraining: preferences.data_collection === 'deny',
  }
}

const slug = /^[a-z0-9][a-z0-9._/-]{0,99}$/
const split = (text: string): string[] =>
  text
    .split(/[,\s]+/u)
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** A comma is as good as a point. */
const numberIn = (text: string, from: number, to: number): number | undefined => {
  const value = Number(text.trim().replace(',', '.'))
  return text.trim() !== '' && value >= from && value <= to ? value : undefined
}

/** The settings that a draft says, and what is wrong with it; a field with a problem is not in the settings. */
export function settingsOf(draft: RequestDraft): {
  readonly settings: RequestSettings
  readonly problems: DraftProblems
} {
  const problems: { -readonly [K in keyof RequestDraft]?: DraftProblem } = {}
  const amount = (key: 'temperature' | 'maxPrompt' | 'maxCompletion', to: number): number | undefined => {
    if (draft[key].trim() === '') return undefined
    const value = numberIn(draft[key], 0, to)
    if (value === undefined) problems[key] = 'badNumber'
    return value
  }
  const tokens = (): number | undefined => {
    if (draft.maxTokens.trim() === '') return undefined
    const value = numberIn(draft.maxTokens, 1, Number.MAX_SAFE_INTEGER)
    if (value !== undefined && Number.isInteger(value)) return value
    problems.maxTokens = 'badTokens'
    return undefined
  }
  const slugs = (key: 'only' | 'order' | 'ignore'): string[] | undefined => {
    const items = split(draft[key])
    if (items.length === 0) return undefined
    if (items.length <= 20 && items.every((item) => slug.test(item))) return items
    problems[key] = 'badSlugs'
    return undefined
  }
  const models = split(draft.fallbackModels)
  if (models.length > 3) problems.fallbackModels = 'badModels'
  const max_price = present({
    prompt: amount('maxPrompt', 1_000_000),
    completion: amount('maxCompletion', 1_000_000),
  })
  const generation = present({
    temperature: amount('temperature', 2),
    max_tokens: tokens(),
    reasoning_effort: draft.effort === 'inherit' ? undefined : draft.effort,
  })
  const provider_preferences = present({
    only: slugs('only'),
    order: slugs('order'),
    ignore: slugs('ignore'),
    allow_fallbacks: draft.allowFallbacks === 'inherit' ? undefined : draft.allowFallbacks === 'on',
    sort: draft.sort === 'inherit' ? undefined : draft.sort,
    max_price,
    zdr: draft.zdr ? true : undefined,
    data_collection: draft.noTraining ? ('deny' as const) : undefined,
  })
  const fallback_models = models.length > 0 && models.length <= 3 ? models : undefined
  return { settings: present({ generation, provider_preferences, fallback_models }) ?? {}, problems }
}

/** The same without what is undefined; undefined when nothing is left. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return undefined
  // The same keys with the same values, fewer of them.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
