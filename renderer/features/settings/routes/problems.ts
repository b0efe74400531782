import type { CheckedRoutesText } from '@contract/routes-file'
import type { Say } from '../../../lib/words'
import { ruleWords } from './rule-words'

/** What the loader would say of the text, in the order of the text, errors first where they share a place. */
export interface Problem {
  readonly tone: 'error' | 'warning'
  /** The reason or code that the daemon names. */
  readonly rule: string
  readonly words: string
  readonly routeId?: string
  readonly line?: number
  readonly column?: number
}

export function problemsOf(
  report: CheckedRoutesText['report'],
  t: Say<typeof ruleWords.words>,
): readonly Problem[] {
  const errors = report.errors.map((fault): Problem => {
    const rule = 'reason' in fault && fault.reason !== undefined ? fault.reason : fault.code
    return { tone: 'error', rule, words: sentenceOf(rule, fault.detail, t), ...placeOf(fault) }
  })
  const warnings = report.warnings.map((warning): Problem => ({
    tone: 'warning',
    rule: warning.code,
    words: sentenceOf(warning.code, warning.message, t),
    ...placeOf(warning),
  }))
  return [...errors, ...warnings].toSorted(
    (one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0),
  )
}

/** The problem of a field of the form, by the rules that speak of it. */
export const problemOf = (
  problems: readonly Problem[],
  routeId: string | undefined,
  ...rules: readonly string[]
): Problem | undefined =>
  problems.find((problem) => problem.routeId === routeId && rules.includes(problem.rule))

/** A rule that this window does not know yet says the daemon's own sentence. */
const sentenceOf = (rule: string, own: string, t: Say<typeof ruleWords.words>): string =>
  Object.hasOwn(ruleWords.words, rule) ? t(rule as keyof typeof ruleWords.words) : own

function placeOf(from: object): Pick<Problem, 'line' | 'column' | 'routeId'> {
  const {
    line,
    column,
    route_id: routeId,
  } = from as {
    readonly line?: number
    readonly column?: number
    readonly route_id?: string
  }
  return {
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(routeId === undefined ? {} : { routeId }),
  }
}
