import { z } from 'zod'
import type { ModelView } from '@contract/models'
import { parsePrice } from '../core/pricing/parse-price'
import { trouble, type CallFacts } from './faults'
import { askJson, type Line } from './send'

const mostPages = 40
const words = z.array(z.unknown()).nullish().catch(null)
const number = z.number().nullish().catch(null)

const Entry = z.looseObject({
  id: z.string().min(1),
  canonical_slug: z.string().nullish().catch(null),
  name: z.string().nullish().catch(null),
  created: number,
  description: z.string().nullish().catch(null),
  context_length: number,
  architecture: z.looseObject({ input_modalities: words, output_modalities: words }).nullish().catch(null),
  pricing: z.record(z.string(), z.unknown()),
  top_provider: z
    .looseObject({ context_length: number, max_completion_tokens: number })
    .nullish()
    .catch(null),
  supported_parameters: words,
  supported_voices: words,
  expiration_date: z.string().nullish().catch(null),
})

const Page = z.looseObject({
  data: z.array(z.unknown()),
  links: z
    .looseObject({ next: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
})

const strings = (list: readonly unknown[] | null | undefined): string[] =>
  (list ?? []).filter((item): item is string => typeof item === 'string')

const positive = (value: number | null | undefined): number | undefined =>
  typeof value === 'number' && value > 0 ? Math.floor(value) : undefined

const priced = [
  'prompt',
  'completion',
  'request',
  'image',
  'image_token',
  'image_output',
  'audio',
  'audio_output',
]

/** One entry, or undefined when it is not fit for use (API reference 6.1). */
export function readEntry(value: unknown): ModelView | undefined {
  const parsed = Entry.safeParse(value)
  if (!parsed.success) return undefined
  const entry = parsed.data
  const prompt = parsePrice(entry.pricing['prompt'])
  const completion = parsePrice(entry.pricing['completion'])
  const costsNothing =
    prompt === 0 && completion === 0 && priced.every((name) => (parsePrice(entry.pricing[name]) ?? 0) === 0)
  const created = positive(entry.created)
  const chats = strings(entry.architecture?.output_modalities).includes('text')
  const voices = strings(entry.supported_voices)
  const view: { -readonly [K in keyof ModelView]: ModelView[K] | undefined } = {
    id: entry.id,
    name: entry.name?.trim() || entry.id,
    canonical_slug:
      entry.canonical_slug && entry.canonical_slug !== entry.id ? entry.canonical_slug : undefined,
    created_at_ms: created === undefined ? undefined : created * 1000,
    description: entry.description ?? undefined,
    context_length: positive(entry.context_length) ?? positive(entry.top_provider?.context_length),
    max_output_tokens: positive(entry.top_provider?.max_completion_tokens),
    input_modalities: strings(entry.architecture?.input_modalities),
    output_modalities: strings(entry.architecture?.output_modalities),
    supports: strings(entry.supported_parameters),
    prompt_usd_per_million: prompt,
    completion_usd_per_million: completion,
    voices: voices.length > 0 ? voices : undefined,
    is_free: entry.id.endsWith(':free') || (chats && costsNothing),
    expires_on: entry.expiration_date ?? undefined,
  }
  // Absent means unknown; the required fields are all set above.
  return Object.fromEntries(
    Object.entries(view).filter(([, field]) => field !== undefined),
  ) as unknown as ModelView
}

/** The whole catalogue, media models too, page after page. Entries that can't be read are passed over. */
export async function listModels(
  line: Line,
  prefix: string,
  key: string,
  facts: CallFacts,
  signal: AbortSignal,
): Promise<readonly ModelView[]> {
  const models = new Map<string, ModelView>()
  let url: string | undefined = `${prefix}/models?output_modalities=all`
  for (let page = 0; url !== undefined && page < mostPages; page++) {
    const body = await askJson(line, { url, key, facts }, signal)
    const parsed = Page.safeParse(body)
    if (!parsed.success) throw trouble('malformed', facts, { said: 'The list of models has an unknown form' })
    for (const item of parsed.data.data) {
      const view = readEntry(item)
      if (view && !models.has(view.id)) models.set(view.id, view)
    }
    url = nextPage(parsed.data.links?.next, url)
  }
  return [...models.values()]
}

/** The next page, only where the key may go: the same origin. */
function nextPage(next: string | null | undefined, from: string): string | undefined {
  if (!next || !URL.canParse(next, from)) return undefined
  const url = new URL(next, from)
  return url.origin === new URL(from).origin && url.href !== from ? url.href : undefined
}
