import type { DaemonEvent } from '@contract/events'
import type { FaultCode } from '@contract/fault'
import type { Approval, ApprovalDecision } from '@contract/permissions'
import type { RunView } from '@contract/runs'
import { describe, expect, test } from 'vitest'
import { decide } from '../core/permissions/decide'
import { fakeClock } from '../ports/clock.fake'
import { fakeIds } from '../ports/ids.fake'
import type { Queue } from '../ports/queue'
import { aMessage, aRun, memoryStore, messageId, runId, sessionId } from '../store/sample'
import { approvals } from './approvals'

const s1 = sessionId('s1')
const pending = (id: string, more: Partial<Approval> = {}): Approval => ({
  approval_id: id,
  run_id: runId('r1'),
  session_id: s1,
  message_id: messageId('m1'),
  call_id: `call ${id}`,
  tool_name: 'web_fetch',
  tool_class: 'read',
  arguments: '{"url":"https://example.com/"}',
  requested_at_ms: 1_000,
  status: 'pending',
  ...more,
})

/** Two runs of a chat that wait; of the first `a` and `b`, of the second `c`. */
function setUp() {
  const store = memoryStore()
  store.sessions.create({ session_id: s1, title: '', at_ms: 1 })
  for (const id of ['1', '2']) {
    store.runs.add(aRun(`r${id}`, { status: 'waiting_for_approval' }))
    store.messages.add(aMessage(`m${id}`, { role: 'assistant', run_id: runId(`r${id}`) }))
  }
  const other = { run_id: runId('r2'), message_id: messageId('m2') }
  store.approvals.add([pending('a'), pending('b', { tool_name: 'web_search' }), pending('c', other)])
  const told: DaemonEvent[] = []
  /** What was still to be decided when the queue heard of it. */
  const heard: (readonly [run: string, left: number])[] = []
  const queue = {
    decided: (id) =>
      void heard.push([id, store.approvals.list({ run_id: id, pending: true, limit: 9 }).length]),
    view: ({ run_id, status }) => ({ run_id, status }) as RunView,
  } as Pick<Queue, 'decided' | 'view'> as Queue
  const publish = (event: DaemonEvent): void => void told.push(event)
  const on = approvals({ store, clock: fakeClock(5_000), ids: fakeIds(), publish, queue })
  const resolve = (...pairs: readonly string[]) =>
    on.resolve({
      resolutions: pairs.map((pair) => {
        const [approval_id = '', decision] = pair.split(' ')
        return { approval_id, decision: decision as ApprovalDecision }
      }),
    })
  const refused = (...pairs: readonly string[]): FaultCode => {
    try {
      resolve(...pairs)
    } catch (error) {
      return (error as { fault: { code: FaultCode } }).fault.code
    }
    throw new Error('it was not refused')
  }
  const statuses = (): readonly string[] =>
    store.approvals
      .list({ pending: false, limit: 9 })
      .map(({ approval_id, status }) => `${approval_id} ${status}`)
  return { store, told, heard, on, resolve, refused, statuses }
}

test('decides what it is given, tells everybody, and lets the run go on', () => {
  const { resolve, told, heard, store, statuses } = setUp()
  const answer = resolve('b deny', 'a allow_once')
  expect(answer.run).toEqual({ run_id: 'r1', status: 'waiting_for_approval' })
  expect(answer.approvals).toEqual([
    pending('b', { tool_name: 'web_search', status: 'denied', decision: 'deny', resolved_at_ms: 5_000 }),
    pending('a', { status: 'allowed', decision: 'allow_once', resolved_at_ms: 5_000 }),
  ])
  expect(told).toEqual(answer.approvals.map((approval) => ({ type: 'approval.changed', approval })))
  expect(heard).toEqual([['r1', 0]])
  expect(statuses()).toEqual(['a allowed', 'b denied', 'c pending'])
  expect(store.rules.list(s1)).toEqual([])
})

test('one of two is enough to be asked whether the run can go on', () => {
  const { resolve, heard } = setUp()
  resolve('a allow_once')
  expect(heard).toEqual([['r1', 1]])
})

test('writes down who was allowed what, in the run and in the chat (contract 6.1)', () => {
  const { resolve, store } = setUp()
  resolve('a allow_session', 'b deny')
  const a = { approval_id: 'a', call_id: 'call a', tool_name: 'web_fetch', decision: 'allow_session' }
  const b = { approval_id: 'b', call_id: 'call b', tool_name: 'web_search', decision: 'deny' }
  const events = store.runs.events(runId('r1')).map(({ kind, data }) => [kind, data])
  expect(events).toEqual([
    ['approval_resolved', a],
    ['approval_resolved', b],
  ])
  const page = { after: 0, limit: 9 }
  expect(store.journal.list(s1, page).map(({ kind, at_ms, data }) => [kind, at_ms, data])).toEqual([
    ['approval_resolved', 5_000, { run_id: 'r1', ...a, tool_class: 'read' }],
    ['approval_resolved', 5_000, { run_id: 'r1', ...b, tool_class: 'read' }],
  ])
})

test('allowing for the chat is a rule of that chat, in place of one that asked', () => {
  const { resolve, store, told } = setUp()
  const asks = { scope: 'session', session_id: s1, pattern: 'web_fetch', behaviour: 'ask' } as const
  store.rules.put({ rule_id: 'r', ...asks, created_at_ms: 1 })
  resolve('a allow_session')
  const rules = store.rules.list(s1)
  expect(rules).toEqual([expect.objectContaining({ ...asks, behaviour: 'allow' })])
  const question = { tool_name: 'web_fetch', tool_class: 'read', mode: 'default', rules } as const
  expect(decide({ ...question, session_id: s1 }).behaviour).toBe('allow')
  expect(store.rules.list(sessionId('s2'))).toEqual([])
  expect(told.map(({ type }) => type)).toEqual(['approval.changed', 'permissions.changed'])
})

test('the same decision again answers the same and does nothing', () => {
  const { resolve, store, told, heard } = setUp()
  const first = resolve('a allow_session')
  store.runs.update(runId('r1'), { status: 'running', updated_at_ms: 1 })
  expect(resolve('a allow_session').approvals).toEqual(first.approvals)
  expect([told.length, heard.length, store.runs.events(runId('r1')).length]).toEqual([2, 1, 1])
})

describe('nothing is decided', () => {
  test.each<[string, FaultCode, string[]]>([
    ['of nothing', 'approval_batch_empty', []],
    ['of one that there is not', 'approval_not_found', ['a deny', 'ghost deny']],
    ['of one given twice', 'approval_duplicate_resolution', ['a deny', 'b deny', 'a deny']],
    ['of two runs', 'approval_state_conflict', ['a deny', 'c deny']],
  ])('%s: %s', (_, code, pairs) => {
    const { refused, statuses, told, heard } = setUp()
    expect(refused(...pairs)).toBe(code)
    expect(statuses()).toEqual(['a pending', 'b pending', 'c pending'])
    expect([told, heard]).toEqual([[], []])
  })

  test('otherwise than before', () => {
    const { resolve, refused, statuses } = setUp()
    resolve('a deny')
    expect(refused('b allow_once', 'a allow_once')).toBe('approval_duplicate_resolution')
    expect(statuses()).toEqual(['a denied', 'b pending', 'c pending'])
  })

  test('of a run that ended without it', () => {
    const { store, refused } = setUp()
    store.approvals.expire(runId('r1'), 2_000)
    expect(refused('a deny')).toBe('approval_request_not_pending')
  })

  test.each(['running', 'cancelled'] as const)('of a run that is %s', (status) => {
    const { store, refused, statuses } = setUp()
    store.runs.update(runId('r1'), { status, updated_at_ms: 1 })
    expect(refused('a allow_session')).toBe('approval_state_conflict')
    expect(statuses()).toContain('a pending')
    expect(store.rules.list(s1)).toEqual([])
  })
})

test('lists what is pending, or all, of a chat or of a run', () => {
  const { on, resolve } = setUp()
  resolve('a deny')
  const ids = (filter: { run_id?: ReturnType<typeof runId>; status: 'pending' | 'all' }): readonly string[] =>
    on.list({ limit: 100, session_id: s1, ...filter }).approvals.map(({ approval_id }) => approval_id)
  expect(ids({ status: 'pending' })).toEqual(['b', 'c'])
  expect(ids({ status: 'all' })).toEqual(['a', 'b', 'c'])
  expect(ids({ status: 'all', run_id: runId('r2') })).toEqual(['c'])
})
