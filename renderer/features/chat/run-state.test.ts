import { fault } from '@contract/fault'
import type { Message } from '@contract/message'
import type { Receipt, RunView } from '@contract/runs'
import { expect, it } from 'vitest'
import { quoteOf } from './quote'
import { canRetry, isLive, runStateOf } from './run-state'

const message = (more: Partial<Message>) => ({ parts: [{ kind: 'text', text: 'x' }], ...more }) as Message
const run = (more: Partial<RunView>) => ({ request: { model: 'm' }, ...more }) as RunView

it.each([
  ['completed', runStateOf(message({ status: 'completed' }), null)],
  ['a stop', runStateOf(message({ status: 'interrupted', fault: fault('interrupted', '') }), null)],
])('%s is over', (_name, state) => expect(isLive(state)).toBe(false))

it('tells a stop from an app that was closed', () => {
  expect(runStateOf(message({ status: 'interrupted', fault: fault('interrupted', '') }), null).kind).toBe(
    'stopped',
  )
  expect(
    runStateOf(message({ status: 'interrupted', fault: fault('daemon_restarted', '') }), null).kind,
  ).toBe('interrupted')
})

it('tells an answer that was ended from one that has said everything', () => {
  const ended = (finish_reason: string) =>
    runStateOf(message({ status: 'completed', receipt: { finish_reason } as Receipt }), null)
  expect(['stop', 'length', 'content_filter'].map((reason) => ended(reason).kind)).toEqual([
    'complete',
    'atLimit',
    'filtered',
  ])
  expect(isLive(ended('length'))).toBe(false)
})

it('follows the progress of the run', () => {
  expect(runStateOf(null, null).kind).toBe('connecting')
  expect(runStateOf(null, run({ status: 'running', progress: 'waiting_for_provider' }))).toEqual({
    kind: 'waiting',
    model: 'm',
  })
  expect(runStateOf(null, run({ status: 'running', progress: 'retrying', retry_at_ms: 7 }))).toEqual({
    kind: 'retrying',
    atMs: 7,
  })
  expect(
    runStateOf(message({ status: 'running' }), run({ status: 'running', progress: 'streaming' })).kind,
  ).toBe('streaming')
  expect(runStateOf(null, run({ status: 'failed', error: fault('not_ready', '') }))).toMatchObject({
    kind: 'failed',
    fault: { code: 'not_ready' },
  })
})

it('knows when asking again is vain', () => {
  expect(canRetry(fault('provider_error', '', { retryable: true, kind: 'overloaded' }))).toBe(true)
  expect(canRetry(fault('provider_error', '', { retryable: false, kind: 'key_refused' }))).toBe(false)
  expect(canRetry(undefined)).toBe(true)
})

it('quotes every line', () => expect(quoteOf('a\n\nb\n')).toBe('> a\n>\n> b\n\n'))
