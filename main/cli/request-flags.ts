import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { GivenRun } from './follow-run'
import type { Session } from './session'

/** What of a run can be said with a flag. */
export interface RequestFlags {
  readonly model?: string
  readonly provider?: string
  readonly fallbackModel?: readonly string[]
  readonly only?: readonly string[]
  readonly order?: readonly string[]
  readonly ignore?: readonly string[]
  /** False with --no-fallbacks; commander says true otherwise. */
  readonly fallbacks?: boolean
  readonly zdr?: boolean
  readonly dataCollection?: 'allow' | 'deny'
  readonly sort?: 'price' | 'throughput' | 'latency'
  readonly maxPrice?: { readonly [kind: string]: number }
  readonly temperature?: number
  readonly maxTokens?: number
  readonly reasoningEffort?: 'max' | 'xhigh' | 'high' | 'medium' | 'low' | 'minimal' | 'none'
}

/** Route, model, upstreams and generation settings of one run (API reference 2.8). */
export function addRequestFlags(command: Command): Command {
  return addSettingFlags(
    command.option('--model <selector>', 'MODEL or ROUTE/MODEL').option('--provider <route>', 'route id'),
    'MODEL or ROUTE/MODEL',
  )
}

/** What `settings set` can say as well. */
export const addSettingFlags = (command: Command, fallbackShape = 'MODEL'): Command =>
  command
    .addOption(
      new Option(
        '--fallback-model <model>',
        `asked when the model fails, on the same route; may be given several times: ${fallbackShape}`,
      ).argParser<readonly string[] | undefined>((model, before) => [...(before ?? []), model]),
    )
    .option('--only <upstreams>', 'only these may serve it, for instance anthropic,deepinfra/turbo', listOf)
    .option('--order <upstreams>', 'these first, in this order', listOf)
    .option('--ignore <upstreams>', 'never these', listOf)
    .option('--no-fallbacks', 'no other upstream when these fail')
    .option('--zdr', 'only upstreams that keep nothing')
    .addOption(
      new Option('--data-collection <policy>', 'whether upstreams may keep what they see').choices([
        'allow',
        'deny',
      ]),
    )
    .addOption(
      new Option('--sort <by>', 'how upstreams are chosen').choices(['price', 'throughput', 'latency']),
    )
    .option('--max-price <prices>', 'US dollars per million tokens: prompt=1,completion=2', pricesOf)
    .option('--temperature <number>', '0 to 2', numberOf)
    .option('--max-tokens <count>', 'longest answer', numberOf)
    .addOption(
      new Option('--reasoning-effort <effort>', 'how long it may think').choices([
        'max',
        'xhigh',
        'high',
        'medium',
        'low',
        'minimal',
        'none',
      ]),
    )

/** The same as fields of a request, selectors split (contract 3). Faults: `selector_*`, `route_unknown`. */
export async function requestOf(session: Session, flags: RequestFlags): Promise<Partial<GivenRun>> {
  const { fallback_models, ...settings } = settingsOf(flags)
  const [first, ...more] = fallback_models ?? []
  const { provider, model } = flags
  const split = await session.ask('runtime.parseSelector', { provider, model, fallback_model: first })
  if (more.length === 0) return { ...split, ...settings }
  const { fallback_model: firstModel, ...rest } = split
  const others = more.map(async (fallback_model) => {
    const one = await session.ask('runtime.parseSelector', { provider: split.provider, fallback_model })
    return one.fallback_model ?? fallback_model
  })
  return {
    ...rest,
    ...settings,
    fallback_models: [firstModel ?? first ?? '', ...(await Promise.all(others))],
  }
}

/** What is said beyond route and model; what was not said is not there. */
export function settingsOf(
  flags: RequestFlags,
): Pick<GivenRun, 'generation' | 'provider_preferences' | 'fallback_models'> {
  const generation = present({
    temperature: flags.temperature,
    max_tokens: flags.maxTokens,
    reasoning_effort: flags.reasoningEffort,
  })
  const provider_preferences = present({
    only: flags.only?.slice(),
    order: flags.order?.slice(),
    ignore: flags.ignore?.slice(),
    allow_fallbacks: flags.fallbacks === false ? false : undefined,
    zdr: flags.zdr,
    data_collection: flags.dataCollection,
    sort: flags.sort,
    max_price: flags.maxPrice,
  })
  return {
    ...(generation ? { generation } : {}),
    ...(provider_preferences ? { provider_preferences } : {}),
    ...(flags.fallbackModel ? { fallback_models: [...flags.fallbackModel] } : {}),
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function present<T extends object>(fields: T): Present<T> | undefined {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined)
  // The same fields without those that are undefined.
  return said.length > 0 ? (Object.fromEntries(said) as Present<T>) : undefined
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

export function numberOf(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('That is no number.')
  return number
}

const priceKinds = ['prompt', 'completion', 'request', 'image']

function pricesOf(text: string): Record<string, number> {
  const prices = listOf(text).map((each) => {
    const [kind = '', price = ''] = each.split('=')
    if (!priceKinds.includes(kind)) throw new InvalidArgumentError(`Name one of ${priceKinds.join(', ')}.`)
    return [kind, numberOf(price)] as const
  })
  return Object.fromEntries(prices)
}
