import type { DemoModel } from './models'
import { endpointsOf, type DemoEndpoint } from './upstreams'

/** `provider` of a request, as far as the demo reads it (API reference 2.8). */
interface Preferences {
  readonly only?: readonly string[]
  readonly order?: readonly string[]
  readonly ignore?: readonly string[]
  readonly allow_fallbacks?: boolean
  readonly data_collection?: string
  readonly zdr?: boolean
  readonly sort?: string | { readonly by?: string }
  readonly max_price?: Readonly<Record<string, string | number>>
}

interface Step {
  readonly step: string
  /** The word of `availability.excluded_by`. */
  readonly excluded_by: string
  readonly keeps: (endpoint: DemoEndpoint) => boolean
}

/** Why nothing was left: the answer's status is 404. */
export interface NoEndpoint {
  readonly body: object
}

/** Chooses where a model is served, as the preferences want it. */
export function chooseEndpoint(model: DemoModel, wished: unknown): DemoEndpoint | NoEndpoint {
  const asked = (typeof wished === 'object' && wished !== null ? wished : {}) as Preferences
  let left = endpointsOf(model)
  const funnel = [{ step: 'Initial Endpoints', endpoint_count: left.length }]
  for (const { step, excluded_by, keeps } of stepsOf(asked)) {
    const next = left.filter(keeps)
    funnel.push({ step, endpoint_count: next.length })
    if (next.length === 0) return { body: noEndpoint(model, step, excluded_by, funnel) }
    left = next
  }
  const sorted = [...left].sort(comparing(asked))
  return sorted[0] as DemoEndpoint
}

/** A slug means all of an upstream, a slug with a variant just that one. */
const means = (slug: string, { tag, upstream }: DemoEndpoint): boolean =>
  slug === tag || slug === upstream.slug

function stepsOf({
  only,
  order,
  ignore,
  allow_fallbacks,
  zdr,
  data_collection,
  max_price = {},
}: Preferences): Step[] {
  const steps: Step[] = []
  const among = (step: string, slugs: readonly string[], isWanted = true) =>
    steps.push({
      step,
      excluded_by: 'allowed_providers',
      keeps: (endpoint) => slugs.some((slug) => means(slug, endpoint)) === isWanted,
    })
  if (only) among('Allowed Providers', only)
  if (order && allow_fallbacks === false) among('Ordered Providers', order)
  if (ignore) among('Ignored Providers', ignore, false)
  if (zdr === true) {
    steps.push({
      step: 'Zero Data Retention',
      excluded_by: 'data_policy:zdr',
      keeps: ({ upstream }) => upstream.zdr,
    })
  }
  if (data_collection === 'deny') {
    const keeps = ({ upstream }: DemoEndpoint) => !upstream.trains
    steps.push({ step: 'Data Collection', excluded_by: 'data_policy:training', keeps })
  }
  for (const what of ['prompt', 'completion'] as const) {
    const most = max_price[what]
    if (most === undefined) continue
    const keeps = ({ pricing }: DemoEndpoint) => Number(pricing[what]) * 1e6 <= Number(most) + 1e-9
    steps.push({ step: `Max Price (${what})`, excluded_by: 'max_price', keeps })
  }
  return steps
}

function comparing({ order = [], sort }: Preferences): (a: DemoEndpoint, b: DemoEndpoint) => number {
  const by = typeof sort === 'object' ? sort.by : sort
  const place = (endpoint: DemoEndpoint) => {
    const at = order.findIndex((slug) => means(slug, endpoint))
    return at < 0 ? order.length : at
  }
  const weight = ({ pricing, upstream }: DemoEndpoint) =>
    by === 'price' ? Number(pricing.prompt) + Number(pricing.completion) : by ? -upstream.speed : 0
  return (a, b) => place(a) - place(b) || weight(a) - weight(b)
}

function noEndpoint(model: DemoModel, step: string, excluded_by: string, funnel: readonly object[]): object {
  const isPrivacy = excluded_by.startsWith('data_policy')
  return {
    error: {
      code: 404,
      message: isPrivacy
        ? `No endpoints found matching your data policy for ${model.id}`
        : `No allowed providers are available for ${model.id}`,
      metadata: { error_type: 'not_found', routing_funnel: funnel, failed_routing_step: step },
      availability: {
        code: isPrivacy ? 'privacy_restricted' : 'constraint_filtered',
        retryable: false,
        requested_models: [model.id],
        docs_url: 'https://openrouter.ai/docs',
        excluded_by: [excluded_by],
        ...(isPrivacy ? {} : { constraint: { field: 'provider', detail: step } }),
      },
    },
    user_id: null,
  }
}
