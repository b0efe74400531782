import { lines, type Line } from './vendors'

/** An entry of `GET /models` (API reference 6.1), with the few fields the provider itself works with. */
export interface DemoModel {
  readonly id: string
  readonly name: string
  readonly pricing: { readonly prompt: string; readonly completion: string; readonly [key: string]: unknown }
  readonly architecture: {
    readonly input_modalities: readonly string[]
    readonly output_modalities: readonly string[]
    readonly [key: string]: unknown
  }
  readonly reasoning?: { readonly mandatory: boolean; readonly [key: string]: unknown }
  readonly [key: string]: unknown
}

const wanted = 420
const dayMs = 86_400_000
const newest = Date.UTC(2026, 8, 21)

const common = ['max_tokens', 'temperature', 'top_p', 'stop', 'frequency_penalty', 'presence_penalty', 'seed']
const forTools = ['tools', 'tool_choice', 'response_format', 'structured_outputs']
const forThought = ['reasoning', 'include_reasoning', 'reasoning_effort']

/** Every house names its voices in its own way. */
const voices: Readonly<Record<string, readonly string[]>> = {
  openai: 'alloy ash ballad cedar coral echo fable marin nova onyx sage shimmer verse'.split(' '),
  google: ['Kore', 'Puck', 'Charon', 'Zephyr'],
  hexgrad: ['af_bella', 'af_heart', 'am_adam', 'bf_emma'],
}

/** A number that depends on the text alone, in [0, 1): the catalogue is the same every time. */
function chanceOf(text: string): number {
  let hash = 2166136261
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619)
  return (hash >>> 0) / 2 ** 32
}

/** Dollars per million as the decimal string per token that the wire carries. */
const perToken = (usdPerMillion: number): string =>
  usdPerMillion === 0 ? '0' : (Number(usdPerMillion.toPrecision(2)) / 1e6).toFixed(12).replace(/0+$/, '')

/** `235b-a22b-instruct` as people write it: `235B A22B Instruct`. */
const spell = (size: string): string =>
  size
    .replace(/^[.-]/, '')
    .replaceAll('-', ' ')
    .replace(/\b\d[\d.x]*[bkm]\b/g, (word) => word.slice(0, -1) + word.slice(-1).toUpperCase())
    .replace(/\b(a\d+b|vl|hd|a|r)\b/g, (word) => word.toUpperCase())
    .replace(/\b[a-z]{3,}/g, (word) => word.charAt(0).toUpperCase() + word.slice(1))

function describe(from: Line, name: string): string {
  const sees = from.takes.includes('image') ? ' It reads pictures as well as text.' : ''
  const thinks = from.thinks ? ' It can think before it answers.' : ''
  return `${name} from ${from.house}, served here by the demo provider with invented answers.${sees}${thinks}`
}

function entryOf(from: Line, size: string, at: number, free: boolean): DemoModel {
  const glued = /^[.-]/.test(size) || from.slug.endsWith('-m') || from.slug === 'o'
  const tail = size === '-' ? '' : glued ? size : `-${size}`
  const base = `${from.author}/${from.slug}${tail}`
  const id = free ? `${base}:free` : base
  const label =
    size === '-'
      ? ''
      : `${glued && !size.startsWith('-') ? (size.startsWith('.') ? '.' : '') : ' '}${spell(size)}`
  const name = `${from.house}: ${from.name}${label}${free ? ' (free)' : ''}`
  // Later sizes of a line are smaller and cheaper; later numbers are only older.
  const scale = free ? 0 : at > 0 && /\bpro\b/.test(size) ? 4 : /^[.\d]+$/.test(size) ? 1 : 1 / (1 + at * 0.9)
  const takes = from.takes
  const gives = from.gives
  const chats = gives.includes('text')
  const picture = gives.includes('image') && !free ? { image_output: perToken(30) } : {}
  return {
    id,
    canonical_slug: `${base}-2026${String(1 + Math.floor(chanceOf(base) * 9)).padStart(2, '0')}15`,
    hugging_face_id: from.free ? base : chanceOf(id) < 0.5 ? null : '',
    name,
    created: Math.floor((newest - Math.floor(chanceOf(base) * 700) * dayMs) / 1000),
    description: describe(from, name),
    context_length: from.context,
    architecture: {
      modality: `${takes.join('+')}->${gives.join('+')}`,
      input_modalities: takes,
      output_modalities: gives,
      tokenizer: from.tokenizer,
      instruct_type: null,
    },
    pricing: {
      prompt: perToken(from.price[0] * scale),
      completion: perToken(from.price[1] * scale),
      ...(from.thinks && !free ? { input_cache_read: perToken(from.price[0] * scale * 0.1) } : {}),
      ...picture,
    },
    top_provider: {
      context_length: chanceOf(`${id}#`) < 0.05 ? null : from.context,
      max_completion_tokens: from.output,
      is_moderated: from.author === 'openai' || from.author === 'anthropic',
    },
    per_request_limits: null,
    supported_parameters: chats
      ? // Models that paint mostly call no tools (API reference 3.6).
        [...common, ...(gives.includes('image') ? [] : forTools), ...(from.thinks ? forThought : [])]
      : [],
    default_parameters: from.thinks ? { temperature: 1, top_p: null, frequency_penalty: null } : {},
    supported_voices: gives.includes('speech') ? (voices[from.author] ?? ['alloy', 'nova', 'verse']) : null,
    ...(from.thinks && chats
      ? {
          reasoning: {
            mandatory: /^(o|deepseek-r1|magistral)$/.test(from.slug),
            default_enabled: true,
            default_effort: 'medium',
            supported_efforts: ['high', 'medium', 'low', 'minimal'],
            supports_max_tokens: from.author === 'anthropic',
          },
        }
      : {}),
    knowledge_cutoff: chanceOf(`${id}k`) < 0.6 ? '2026-01-31' : null,
    expiration_date: chanceOf(`${id}x`) < 0.02 ? '2026-12-31' : null,
    links: { details: `/api/v1/models/${base}/endpoints` },
  }
}

/** Entries that a client must live with: routers without a price, an alias, values nobody has heard of. */
function oddities(plain: DemoModel): DemoModel[] {
  const router = (id: string, name: string): DemoModel => ({
    ...plain,
    id,
    canonical_slug: id,
    name,
    context_length: 2_000_000,
    description: 'Chooses a model for every prompt.',
    pricing: { prompt: '-1', completion: '-1' },
    top_provider: { context_length: null, max_completion_tokens: null, is_moderated: false },
    architecture: { ...plain.architecture, input_modalities: ['text', 'image'], tokenizer: 'Router' },
  })
  return [
    router('openrouter/auto', 'Auto Router'),
    router('openrouter/fusion', 'Fusion Router'),
    {
      ...plain,
      id: '~anthropic/claude-opus-latest',
      canonical_slug: '~anthropic/claude-opus-latest',
      name: 'Anthropic: Claude Opus (latest)',
      alias_target: { slug: plain.id, name: plain.name },
    },
    {
      ...plain,
      id: 'demo-lab/novel-modality',
      canonical_slug: 'demo-lab/novel-modality',
      name: 'Demo Lab: Novel Modality',
      context_length: null,
      architecture: {
        ...plain.architecture,
        modality: null,
        input_modalities: ['text', 'scent'],
        output_modalities: ['text', 'hologram'],
        tokenizer: 'NotInventedYet',
        instruct_type: 'telepathy',
      },
      supported_parameters: [...common, 'intuition'],
      default_parameters: null,
    },
  ]
}

/** The entry that makes careless clients lose the whole list: no id, no prices. */
export const brokenModel = { name: 'Broken entry', architecture: null, pricing: 'free' }

/** Exactly 420 well-formed models, always the same ones. */
export const demoModels: readonly DemoModel[] = (() => {
  const paid = lines.flatMap((from) => from.sizes.map((size, at) => entryOf(from, size, at, false)))
  const free = lines
    .filter((from) => from.free)
    .flatMap((from) => from.sizes.map((size, at) => entryOf(from, size, at, true)))
  const known = [...paid.slice(0, 1).flatMap(oddities), ...paid, ...free]
  const dated = paid
    .filter((entry) => entry.architecture.output_modalities.includes('text'))
    .map((entry) => ({ ...entry, id: `${entry.id}:nitro`, name: `${entry.name} (nitro)` }))
  return [...known, ...dated].slice(0, wanted)
})()

const byId = new Map(demoModels.map((entry) => [entry.id, entry]))

/** The entry a request means; unknown ids are answered as the first one that does not need a price. */
export const findDemoModel = (id: string): DemoModel | undefined => byId.get(id)

/** `GET /models`: text models only unless `output_modalities` asks for others (API reference 6.1). */
export function listDemoModels(query: URLSearchParams): object {
  const asked = query.get('output_modalities') ?? 'text'
  const kinds = asked.split(',')
  const all = demoModels.filter(
    (entry) => asked === 'all' || entry.architecture.output_modalities.some((kind) => kinds.includes(kind)),
  )
  const offset = Number(query.get('offset') ?? 0)
  const paged = query.has('offset') || query.has('limit')
  const limit = paged ? Number(query.get('limit') ?? 500) : all.length
  const page = all.slice(offset, offset + limit)
  const more = offset + limit < all.length
  query.set('offset', String(offset + limit))
  query.set('limit', String(limit))
  return {
    data: offset === 0 ? [...page.slice(0, 3), brokenModel, ...page.slice(3)] : page,
    total_count: all.length,
    links: { next: more ? `/v1/models?${query.toString()}` : null },
  }
}
