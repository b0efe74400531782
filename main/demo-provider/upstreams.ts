import type { DemoModel } from './models'
import { lines } from './vendors'

/** Somebody who runs models: the name answers carry, the slug preferences carry, and how it treats what it is sent. */
export interface DemoUpstream {
  readonly slug: string
  readonly name: string
  /** Keeps nothing. */
  readonly zdr: boolean
  /** May train on what it is sent. */
  readonly trains: boolean
  /** Tokens per second, for sorting. */
  readonly speed: number
}

/** A model at an upstream. */
export interface DemoEndpoint {
  readonly upstream: DemoUpstream
  /** The upstream's slug, or that of one variant of it. */
  readonly tag: string
  /** Dollars per token, as the wire has them. */
  readonly pricing: { readonly prompt: string; readonly completion: string }
}

const resellers: readonly DemoUpstream[] = [
  { slug: 'azure', name: 'Azure', zdr: true, trains: false, speed: 90 },
  { slug: 'amazon-bedrock', name: 'Amazon Bedrock', zdr: true, trains: false, speed: 50 },
  { slug: 'google-ai-studio', name: 'Google AI Studio', zdr: false, trains: true, speed: 110 },
  { slug: 'deepinfra', name: 'DeepInfra', zdr: true, trains: false, speed: 40 },
  { slug: 'together', name: 'Together', zdr: true, trains: false, speed: 120 },
]

// As with the real ones, a name does not always tell the slug.
const ownSlugs: Readonly<Record<string, string>> = { Google: 'google-vertex' }
const slugOf = (name: string): string =>
  ownSlugs[name] ??
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** The makers themselves. */
const makers: readonly DemoUpstream[] = [
  ...new Set([...lines.map((line) => line.house), 'OpenRouter', 'Demo Lab']),
].map((name) => ({
  slug: slugOf(name),
  name,
  zdr: name === 'Google',
  trains: name === 'DeepSeek',
  speed: 60,
}))

export const demoUpstreams: readonly DemoUpstream[] = [...makers, ...resellers]

const openWeights = new Set(
  'meta-llama mistralai deepseek qwen moonshotai z-ai minimax nvidia microsoft nousresearch allenai'.split(
    ' ',
  ),
)

/** Slug and price, beside the maker's own. */
function othersOf(author: string): readonly (readonly [tag: string, price: number])[] {
  if (author === 'openai') return [['azure', 1]]
  if (author === 'google') return [['google-ai-studio', 1]]
  if (author === 'anthropic')
    return [
      ['amazon-bedrock', 1],
      ['google-vertex', 1.1],
    ]
  return openWeights.has(author)
    ? [
        ['deepinfra', 0.8],
        ['deepinfra/turbo', 1.2],
        ['together', 1.1],
      ]
    : []
}

/** Where a model can be had, the maker first. */
export function endpointsOf(model: DemoModel): readonly DemoEndpoint[] {
  const maker = /^([^:]+):/.exec(model.name)?.[1] ?? 'OpenRouter'
  const all: readonly (readonly [string, number])[] = [
    [slugOf(maker), 1],
    ...othersOf(model.id.split('/')[0] ?? ''),
  ]
  return all.flatMap(([tag, factor]) => {
    const upstream = demoUpstreams.find((one) => one.slug === tag.split('/')[0])
    const { prompt, completion } = model.pricing
    // What costs nothing is paid for with what is sent.
    const isFree = model.id.endsWith(':free')
    return upstream
      ? [
          {
            upstream: isFree ? { ...upstream, zdr: false, trains: true } : upstream,
            tag,
            pricing: { prompt: times(prompt, factor), completion: times(completion, factor) },
          },
        ]
      : []
  })
}

const times = (price: string, factor: number): string =>
  factor === 1 ? price : (Number(price) * factor).toFixed(12).replace(/\.?0+$/, '')

/** `GET /providers`. */
export const providersBody = (): object => ({
  data: demoUpstreams.map(({ slug, name }) => ({
    name,
    slug,
    privacy_policy_url: `https://example.com/${slug}/privacy`,
    terms_of_service_url: slug === 'azure' ? null : `https://example.com/${slug}/terms`,
    status_page_url: null,
    headquarters: null,
    datacenters: null,
  })),
})
