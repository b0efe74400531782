import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useWords } from '../../../lib/words'
import { classNames } from '../../../ui/class-names'
import { Spinner } from '../../../ui/spinner'
import type { Problem } from './problems'
import { routesWords } from './words'

/** What the loader would say, each a way to its place in the text. */
export function ProblemList(props: {
  readonly problems: readonly Problem[]
  readonly isChecking: boolean
  readonly onGoTo: (problem: Problem) => void
}) {
  const { problems, isChecking, onGoTo } = props
  const t = useWords(routesWords)
  const errors = problems.filter(({ tone }) => tone === 'error').length
  const warnings = problems.length - errors
  const summary = [
    errors > 0 ? t('errors', { count: errors }) : '',
    warnings > 0 ? t('warnings', { count: warnings }) : '',
  ].filter((words) => words !== '')
  return (
    <section aria-label={t('problems')} className="shrink-0">
      <p role="status" className="flex h-7 items-center gap-1.5 text-xs text-muted">
        {isChecking ? (
          <span className="appears-late flex items-center gap-1.5">
            <Spinner className="size-3" /> {t('checking')}
          </span>
        ) : summary.length === 0 ? (
          <>
            <CircleCheck size={13} aria-hidden="true" className="text-good" /> {t('fine')}
          </>
        ) : (
          summary.join(', ')
        )}
      </p>
      {problems.length === 0 ? null : (
        <ul className="max-h-36 overflow-y-auto rounded-sm border border-line">
          {problems.map((problem) => (
            <li
              key={`${problem.tone} ${problem.rule} ${problem.routeId} ${problem.line} ${problem.column}`}
              className="border-b border-line last:border-b-0"
            >
              <Row problem={problem} onGoTo={onGoTo} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({
  problem,
  onGoTo,
}: {
  readonly problem: Problem
  readonly onGoTo: (problem: Problem) => void
}) {
  const t = useWords(routesWords)
  const { tone, line, column, words } = problem
  const Icon = tone === 'error' ? CircleAlert : TriangleAlert
  const place =
    line === undefined ? null : column === undefined ? t('line', { line }) : t('lineColumn', { line, column })
  return (
    <button
      type="button"
      disabled={line === undefined}
      onClick={() => onGoTo(problem)}
      className="flex w-full items-start gap-2 px-2.5 py-1.5 text-left text-xs hover:not-disabled:bg-hover"
    >
      <Icon
        size={13}
        aria-hidden="true"
        className={classNames('mt-0.5 shrink-0', tone === 'error' ? 'text-danger' : 'text-warn')}
      />
      <span className="min-w-0 grow text-ink wrap-anywhere">
        {place === null ? null : <span className="font-medium">{place}: </span>}
        {words}
      </span>
    </button>
  )
}
