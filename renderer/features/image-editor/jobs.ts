import type { AnyEvent } from '@contract/events'
import type { AssetId, RunId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import type { RunStatus } from '@contract/run-status'
import type { CallStage } from '@contract/tools'

/** An order for pictures that is under way, or that failed and was not put away. */
export interface Job {
  readonly run: RunView
  readonly stage?: CallStage
  readonly done?: number
  readonly all?: number
  /** A picture that is not finished. */
  readonly partial_uri?: string
}

const live: readonly RunStatus[] = ['queued', 'running', 'waiting_for_approval', 'waiting_for_user_question']
export const isLive = ({ status }: RunView): boolean => live.includes(status)
const hasFailed = ({ status }: RunView): boolean => status === 'failed' || status === 'interrupted'

/** Made from one of these pictures. */
export const isMadeFrom = ({ request: { image } }: RunView, ids: ReadonlySet<AssetId>): boolean =>
  image?.source_asset_ids[0] !== undefined && ids.has(image.source_asset_ids[0])

/**
 * What the daemon knows, newest first, as jobs, oldest first: everything that is under way, and what failed after the
 * last picture was made.
 */
export function jobsOf(
  runs: readonly RunView[],
  ids: ReadonlySet<AssetId>,
  dismissed: ReadonlySet<RunId>,
): readonly Job[] {
  const ours = runs
    .filter((run) => run.kind === 'image' && isMadeFrom(run, ids))
    .toSorted((a, b) => a.submitted_at_ms - b.submitted_at_ms)
  const lastMade = ours.findLastIndex(({ status }) => status === 'completed')
  return ours
    .filter((run, at) => isLive(run) || (hasFailed(run) && at > lastMade && !dismissed.has(run.run_id)))
    .map((run) => ({ run }))
}

/** The same list where the event is none of its business. */
export function foldJobs(jobs: readonly Job[], event: AnyEvent, ids: ReadonlySet<AssetId>): readonly Job[] {
  switch (event.type) {
    case 'run.accepted':
    case 'run.changed':
      return event.run.kind === 'image' && isMadeFrom(event.run, ids) ? withRun(jobs, event.run) : jobs
    case 'call.progress': {
      if (!jobs.some(({ run }) => run.run_id === event.run_id)) return jobs
      const { stage, done, all, partial_uri } = event
      return jobs.map((job) =>
        job.run.run_id === event.run_id
          ? {
              ...job,
              stage,
              ...(done === undefined ? {} : { done }),
              ...(all === undefined ? {} : { all }),
              ...(partial_uri === undefined ? {} : { partial_uri }),
            }
          : job,
      )
    }
    case 'run.ended': {
      const { run } = event
      if (run.kind !== 'image' || !isMadeFrom(run, ids)) return jobs
      return hasFailed(run) ? withRun(jobs, run) : jobs.filter((job) => job.run.run_id !== run.run_id)
    }
    case 'session.deleted':
      return jobs.some(({ run }) => run.session_id === event.session_id)
        ? jobs.filter(({ run }) => run.session_id !== event.session_id)
        : jobs
    default:
      return jobs
  }
}

/** A job keeps its place; a new one comes last. */
export function withRun(jobs: readonly Job[], run: RunView): readonly Job[] {
  const at = jobs.findIndex((job) => job.run.run_id === run.run_id)
  const before = jobs[at]
  if (!before) return [...jobs, { run }]
  // What is over has no stage and no half picture.
  return jobs.with(at, isLive(run) ? { ...before, run } : { run })
}
