import type { AnyEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import { expect, test } from 'vitest'
import { foldJobs, jobsOf, withRun } from './jobs'
import { imageRun } from './sample-runs'

const ids: ReadonlySet<AssetId> = new Set(['a', 'b'] as unknown as AssetId[])
const failed = { status: 'failed', error: fault('bug', 'x', { ref: 'r' }) } as const
const progress = (run_id: string, more: object): AnyEvent => ({
  type: 'call.progress',
  run_id: run_id as RunId,
  session_id: 's1' as SessionId,
  message_id: 'm' as MessageId,
  call_id: 'c',
  stage: 'generating',
  ...more,
})

test('after a reload there is what is under way, and what failed since the last picture', () => {
  const runs = [
    imageRun('late', { submitted_at_ms: 5 }),
    imageRun('broken', { ...failed, submitted_at_ms: 4 }),
    imageRun('made', { status: 'completed', submitted_at_ms: 3 }),
    imageRun('old', { ...failed, submitted_at_ms: 2 }),
    imageRun('stopped', { status: 'cancelled', submitted_at_ms: 4 }),
    imageRun('elsewhere', { submitted_at_ms: 4 }, 'z'),
    imageRun('talk', { kind: 'input', submitted_at_ms: 4 }),
  ]
  expect(jobsOf(runs, ids, new Set()).map(({ run }) => run.run_id)).toEqual(['broken', 'late'])
  expect(jobsOf(runs, ids, new Set(['broken' as RunId])).map(({ run }) => run.run_id)).toEqual(['late'])
})

test('several at once: each has its own stage and its own unfinished picture', () => {
  let jobs = foldJobs([], { type: 'run.accepted', run: imageRun('one') }, ids)
  jobs = foldJobs(jobs, { type: 'run.accepted', run: imageRun('two', {}, 'b') }, ids)
  jobs = foldJobs(jobs, progress('two', { partial_uri: 'asset://partial/p', done: 1, all: 2 }), ids)
  jobs = foldJobs(jobs, progress('two', { stage: 'composing' }), ids)
  expect(jobs).toMatchObject([
    { run: { run_id: 'one' } },
    { run: { run_id: 'two' }, stage: 'composing', partial_uri: 'asset://partial/p', done: 1, all: 2 },
  ])
  expect(jobs[0]).not.toHaveProperty('partial_uri')
})

test('what is made or stopped goes, what fails stays and is said, without its half picture', () => {
  const jobs = ['one', 'two', 'three'].reduce(
    (list, id) => withRun(list, imageRun(id)),
    [] as ReturnType<typeof withRun>,
  )
  const half = foldJobs(jobs, progress('three', { partial_uri: 'asset://partial/p' }), ids)
  const end = (list: typeof jobs, id: string, more: object) =>
    foldJobs(list, { type: 'run.ended', run: imageRun(id, more), message: null }, ids)
  const left = end(
    end(end(half, 'one', { status: 'completed' }), 'two', { status: 'cancelled' }),
    'three',
    failed,
  )
  expect(left).toEqual([{ run: imageRun('three', failed) }])
})

test('what is none of its business leaves the list as it is', () => {
  const jobs = withRun([], imageRun('one'))
  for (const event of [
    { type: 'run.accepted', run: imageRun('x', {}, 'z') },
    { type: 'run.changed', run: imageRun('y', { kind: 'input' }) },
    progress('unknown', {}),
    { type: 'permissions.changed' },
    { type: 'session.deleted', session_id: 's2' as SessionId },
  ] as AnyEvent[])
    expect(foldJobs(jobs, event, ids)).toBe(jobs)
  expect(foldJobs(jobs, { type: 'session.deleted', session_id: 's1' as SessionId }, ids)).toEqual([])
})
