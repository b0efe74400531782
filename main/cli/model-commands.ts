import type { ModelView } from '@contract/models'
import type { Command } from 'commander'
import { moneyOf, timeOf } from './figures'
import type { Look } from './look'
import { show, type Desk, type JsonOption } from './show'
import { facts, table } from './table'

interface ListOptions extends JsonOption {
  readonly provider?: string
  readonly search?: string
  readonly free?: boolean
  readonly refresh?: boolean
}

/** `kheish models …`: the catalogue of a route. */
export function addModelCommands(program: Command, desk: Desk): void {
  const models = program.command('models').description('what a route can be asked for')
  const { look } = desk.terminal

  models
    .command('list')
    .description('show the models of a route')
    .option('--provider <route>', 'route id; without it the default route')
    .option('--search <words>', 'only those with all of these words')
    .option('--free', 'only those that cost nothing')
    .option('--refresh', 'ask the provider first')
    .addHelpText('after', '\nExample:\n  kheish models list --search "claude sonnet"\n')
    .action((options: ListOptions) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          const list = await ask(options.refresh ? 'models.refresh' : 'models.list', {
            provider: options.provider,
          })
          return { ...list, models: list.models.filter((model) => isWanted(model, options)) }
        },
        ({ models: rows, refreshed_at_ms }) =>
          modelTable(look, rows) + (refreshed_at_ms === null ? 'never asked for; try --refresh\n' : ''),
      ),
    )

  models
    .command('show <model>')
    .description('show one model: prices, sizes, what it takes and gives')
    .option('--provider <route>', 'route id; without it the default route, or the one MODEL begins with')
    .action((selector: string, options: JsonOption & { readonly provider?: string }) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          const { provider, model = '' } = await ask('runtime.parseSelector', {
            model: selector,
            provider: options.provider,
          })
          return ask('models.get', { provider, model })
        },
        (model) => modelFacts(look, model),
      ),
    )
}

const isWanted = (model: ModelView, { search = '', free = false }: ListOptions): boolean => {
  const text = `${model.id} ${model.name}`.toLowerCase()
  const words = search.toLowerCase().split(/\s+/u)
  return words.every((word) => text.includes(word)) && (!free || model.is_free)
}

const price = (usd: number | undefined): string =>
  usd === undefined ? '' : usd === 0 ? 'free' : moneyOf(usd)
const count = (tokens: number | undefined): string => tokens?.toLocaleString('en') ?? ''

const modelTable = (look: Look, models: readonly ModelView[]): string =>
  table(
    look,
    [
      { head: 'MODEL', of: (model) => model.id },
      { head: 'NAME', of: (model) => model.name, isFlexible: true },
      { head: 'CONTEXT', of: (model) => count(model.context_length), isNumber: true },
      { head: 'IN / M', of: (model) => price(model.prompt_usd_per_million), isNumber: true },
      { head: 'OUT / M', of: (model) => price(model.completion_usd_per_million), isNumber: true },
    ],
    models,
    'no models',
  )

const modelFacts = (look: Look, model: ModelView): string =>
  facts(look, [
    ['model', model.id],
    ['name', model.name],
    ['context', count(model.context_length) || undefined],
    ['longest answer', count(model.max_output_tokens) || undefined],
    ['takes', model.input_modalities.join(', ')],
    ['gives', model.output_modalities.join(', ')],
    ['knows', model.supports.join(', ')],
    ['in, per million', price(model.prompt_usd_per_million) || undefined],
    ['out, per million', price(model.completion_usd_per_million) || undefined],
    ['since', model.created_at_ms === undefined ? undefined : timeOf(look, model.created_at_ms)],
    ['until', model.expires_on],
    ['about', model.description],
  ])
