import { CircleStop, RotateCcw, X } from 'lucide-react'
import type { RunId } from '@contract/ids'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { formatDuration } from '../../../lib/format'
import { useNow } from '../../../lib/use-now'
import { formatLocale, useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { FaultWays } from '../../../ui/fault-ways'
import { IconButton } from '../../../ui/icon-button'
import { Picture } from '../../../ui/picture'
import { Spinner } from '../../../ui/spinner'
import { isLive, type Job } from '../jobs'
import { editorWords } from '../words'

export interface JobDeeds {
  readonly onStop: (run: RunId) => void
  readonly onRetry: (run: RunId) => void
  readonly onDismiss: (run: RunId) => void
}

/** Edits that are under way, each by itself, and those that failed. */
export function JobList({ jobs, ...deeds }: JobDeeds & { readonly jobs: readonly Job[] }) {
  const t = useWords(editorWords)
  return (
    <ul aria-label={t('jobs.list')} className="flex flex-col gap-2">
      {jobs.map((job) => (
        <li key={job.run.run_id}>
          {isLive(job.run) ? <Live job={job} {...deeds} /> : <Failed job={job} {...deeds} />}
        </li>
      ))}
    </ul>
  )
}

function Live({ job, onStop }: JobDeeds & { readonly job: Job }) {
  const t = useWords(editorWords)
  const now = useNow(1_000)
  const { run } = job
  const prompt = promptOf(job)
  return (
    <article
      aria-label={prompt}
      className="flex items-center gap-2.5 rounded-md border border-line bg-surface p-2"
    >
      {job.partial_uri === undefined ? (
        <span className="flex size-11 shrink-0 items-center justify-center rounded-sm bg-hover text-accent-ink">
          <Spinner className="size-4.5" />
        </span>
      ) : (
        <Picture
          src={job.partial_uri}
          name={t('jobs.partial', { prompt })}
          lost=""
          className="size-11 shrink-0 rounded-sm object-cover"
        />
      )}
      <span className="min-w-0 grow">
        <span className="line-clamp-2 text-sm wrap-anywhere">{prompt}</span>
        <span className="block text-xs text-muted tabular-nums">
          {[stageOf(job, t), secondsSince(run.started_at_ms ?? run.submitted_at_ms, now)].join(' · ')}
        </span>
      </span>
      <IconButton
        name={t('jobs.stopName', { prompt })}
        icon={<CircleStop size={16} aria-hidden="true" />}
        onClick={() => onStop(run.run_id)}
      />
    </article>
  )
}

function Failed({ job, onRetry, onDismiss }: JobDeeds & { readonly job: Job }) {
  const t = useWords(editorWords)
  const sayFault = useWords(faultCatalogue)
  const { run } = job
  const prompt = promptOf(job)
  const words = run.error
    ? faultWords(run.error, sayFault)
    : { title: t('jobs.interrupted'), body: '', offers: [] }
  return (
    <article
      aria-label={prompt}
      className="flex flex-col gap-1.5 rounded-md border border-danger/30 bg-danger-soft p-2 pl-3"
    >
      <div className="flex items-start gap-2">
        <span className="min-w-0 grow pt-1">
          <span className="block text-sm font-medium text-danger">{words.title}</span>
          <span className="line-clamp-2 text-xs text-muted wrap-anywhere">{prompt}</span>
        </span>
        <IconButton
          name={t('jobs.dismiss', { prompt })}
          size="small"
          icon={<X size={14} aria-hidden="true" />}
          onClick={() => onDismiss(run.run_id)}
        />
      </div>
      {words.body === '' ? null : <p className="selectable text-xs text-ink wrap-anywhere">{words.body}</p>}
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          aria-label={t('jobs.retryName', { prompt })}
          icon={<RotateCcw size={13} aria-hidden="true" />}
          onClick={() => onRetry(run.run_id)}
        >
          {t('jobs.retry')}
        </Button>
        <FaultWays offers={words.offers} />
      </div>
    </article>
  )
}

const promptOf = ({ run }: Job): string => run.request.image?.prompt ?? run.request.text_preview

function stageOf(job: Job, t: ReturnType<typeof useWords<(typeof editorWords)['words']>>): string {
  const { run, stage, done, all } = job
  if (run.status === 'queued') return t('jobs.queued')
  if (run.status === 'waiting_for_approval') return t('jobs.approval')
  const words = t(`jobs.${stage ?? 'asking'}`)
  return done !== undefined && all !== undefined && all > 1
    ? `${words} · ${t('jobs.some', { done, all })}`
    : words
}

/** Whole seconds: tenths would run. */
const secondsSince = (thenMs: number, nowMs: number): string =>
  formatDuration(Math.max(1_000, Math.floor((nowMs - thenMs) / 1_000) * 1_000), formatLocale())
