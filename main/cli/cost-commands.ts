import type { CostReport, CostRow, Spending } from '@contract/costs'
import { fault } from '@contract/fault'
import { Option, type Command } from 'commander'
import { moneyOf, timeOf } from './figures'
import type { Look } from './look'
import { numberOf } from './request-flags'
import { Refused } from './session'
import { show, type Desk, type JsonOption } from './show'
import { facts, table } from './table'

interface CostOptions extends JsonOption {
  readonly by: CostReport['group_by']
  readonly days: number
}
interface LimitOptions extends JsonOption {
  readonly per: 'day' | 'month'
}

const dayMs = 86_400_000

/** `kheish costs`: what was spent, and how much may be. */
export function addCostCommands(program: Command, desk: Desk): void {
  const { look } = desk.terminal
  const costs = program
    .command('costs')
    .description('show what was spent, by day, chat, model or route')
    .addOption(
      new Option('--by <what>', 'what a line is')
        .choices(['day', 'session', 'model', 'route'])
        .default('day'),
    )
    .option('--days <count>', 'how far back', numberOf, 30)
    .option('--json', 'answer as JSON')
    .addHelpText('after', helpOnCosts)
    .action(({ by, days, json }: CostOptions) =>
      show(
        desk,
        json === undefined ? {} : { json },
        ({ ask }) => ask('costs.report', { group_by: by, from_ms: Math.round(Date.now() - days * dayMs) }),
        (report) => costTable(look, report),
      ),
    )

  costs
    .command('limit [usd]')
    .description('show the limit on spending, or set it; "off" takes it away')
    .addOption(new Option('--per <period>', 'when it starts anew').choices(['day', 'month']).default('month'))
    .addHelpText('after', '\nA new run above the limit is refused; what runs is left alone.\n')
    .action((usd: string | undefined, options: LimitOptions) =>
      show(
        desk,
        options,
        ({ ask }) => {
          if (usd === undefined) return ask('costs.spending', {})
          const limit = usd === 'off' ? null : { period: options.per, usd: amountOf(usd) }
          return ask('costs.setLimit', { limit })
        },
        (spending) => spendingFacts(look, spending),
      ),
    )
}

const helpOnCosts = `
Examples:
  kheish costs --by model --days 7
  kheish costs limit 5 --per day
`

function amountOf(text: string): number {
  const usd = Number(text.replace(/^\$/u, ''))
  if (Number.isFinite(usd) && usd > 0) return usd
  throw new Refused(
    fault('call_refused', 'The limit is an amount in US dollars, for instance 5, or "off".', {}),
  )
}

const heads = { day: 'DAY', session: 'CHAT', model: 'MODEL', route: 'ROUTE' } as const

function costTable(look: Look, { group_by, rows, total }: CostReport): string {
  const all: readonly CostRow[] = rows.length > 1 ? [...rows, { key: '', label: 'total', ...total }] : rows
  return table(
    look,
    [
      { head: heads[group_by], of: (row) => row.label, isFlexible: true },
      { head: 'RUNS', of: (row) => String(row.runs), isNumber: true },
      { head: 'TOKENS IN', of: (row) => row.prompt_tokens.toLocaleString('en'), isNumber: true },
      { head: 'TOKENS OUT', of: (row) => row.completion_tokens.toLocaleString('en'), isNumber: true },
      { head: 'REPORTED', of: (row) => moneyOf(row.reported_usd), isNumber: true },
      {
        head: 'ESTIMATED',
        of: (row) => (row.estimated_usd === 0 ? '' : `~${moneyOf(row.estimated_usd)}`),
        isNumber: true,
      },
      {
        head: 'UNKNOWN',
        of: (row) => (row.unavailable_runs === 0 ? '' : String(row.unavailable_runs)),
        isNumber: true,
      },
    ],
    all,
    'nothing was spent',
  )
}

const spendingFacts = (
  look: Look,
  { limit, spent_usd, period_started_at_ms, resets_at_ms }: Spending,
): string =>
  facts(look, [
    ['limit', limit ? `${moneyOf(limit.usd)} per ${limit.period}` : 'none'],
    ['spent', moneyOf(spent_usd)],
    ['since', timeOf(look, period_started_at_ms)],
    ['starts anew', limit ? timeOf(look, resets_at_ms) : undefined],
  ])
