import { z } from 'zod'
import { takes } from './define'

/** Whether dates can be counted in it: an IANA name this computer knows. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** One line of the ledger. Money in US dollars; what a chat cost stays counted when the chat is deleted. */
export interface CostRow {
  /** A day `2026-11-23`, a session id, a model id or a route id. */
  readonly key: string
  /** What a person reads: the chat's title; else the key. */
  readonly label: string
  readonly runs: number
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly reported_usd: number
  readonly estimated_usd: number
  /** Runs of which nobody knows the price. */
  readonly unavailable_runs: number
}

export interface CostReport {
  readonly group_by: 'day' | 'session' | 'model' | 'route'
  readonly from_ms: number
  readonly to_ms: number
  /** Days ascending; everything else dearest first. */
  readonly rows: readonly CostRow[]
  readonly total: Omit<CostRow, 'key' | 'label'>
}

export const SpendingLimit = z.strictObject({
  period: z.enum(['day', 'month']),
  usd: z.number().positive().max(1_000_000),
})
export type SpendingLimit = z.infer<typeof SpendingLimit>

/** Estimated costs count as spent. Without a limit: of this month. Days and months as this computer counts them. */
export interface Spending {
  readonly limit: SpendingLimit | null
  readonly spent_usd: number
  readonly period_started_at_ms: number
  readonly resets_at_ms: number
}

export const costCalls = {
  /** `time_zone` is an IANA name and decides where days begin; absent: this computer's. */
  'costs.report': takes(() =>
    z.strictObject({
      group_by: z.enum(['day', 'session', 'model', 'route']).default('day'),
      /** Absent: 30 days before `to_ms`. */
      from_ms: z.int().optional(),
      /** Half-open; absent: now. */
      to_ms: z.int().optional(),
      time_zone: z.string().max(100).refine(isTimeZone, 'Not a time zone').optional(),
    }),
  ).returns<CostReport>(),
  'costs.spending': takes(() => z.strictObject({})).returns<Spending>(),
  /** Null: no limit. New runs above it are refused `spending_limit_reached`; what runs is left alone. */
  'costs.setLimit': takes(() => z.strictObject({ limit: SpendingLimit.nullable() })).returns<Spending>(),
}
