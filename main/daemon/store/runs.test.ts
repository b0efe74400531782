import { fault } from '@contract/fault'
import { describe, expect, it } from 'vitest'
import { aRun, memoryStore, messageId, runId, sessionId } from './sample'

const chat = () => {
  const store = memoryStore()
  for (const id of ['s1', 's2']) store.sessions.create({ session_id: sessionId(id), title: '', at_ms: 1 })
  return store.runs
}
const ids = (runs: readonly { run_id: string }[]) => runs.map((run) => run.run_id)

describe('runs', () => {
  it('gives back what was put in', () => {
    const runs = chat()
    const full = aRun('full', {
      started_at_ms: 2,
      finished_at_ms: 3,
      provider_preferences: { only: ['anthropic'], zdr: true },
      fallback_models: ['b/c', 'd/e'],
      generation: { temperature: 0.5, reasoning_effort: 'high' },
      replaces: messageId('m'),
      user_message_id: messageId('u'),
      assistant_message_id: messageId('a'),
      receipt: { route_id: 'openrouter', model: 'm', cost: { basis: 'reported', usd: 0.000_123 } },
      fault: fault('interrupted', 'Stopped.'),
    })
    runs.add(full)
    runs.add(aRun('bare'))
    expect(runs.get(runId('full'))).toEqual(full)
    expect(runs.get(runId('bare'))).toEqual(aRun('bare'))
    expect(runs.findByKey('key of full')).toEqual(full)
    expect(runs.findByKey('unknown')).toBeUndefined()
  })

  it('refuses a second run with the same key', () => {
    const runs = chat()
    runs.add(aRun('a'))
    expect(() => runs.add(aRun('b', { key_hash: 'key of a' }))).toThrowError('UNIQUE')
    expect(runs.get(runId('b'))).toBeUndefined()
  })

  it('updates only what a patch names', () => {
    const runs = chat()
    runs.add(aRun('a', { started_at_ms: 5, user_message_id: messageId('u') }))
    const updated = runs.update(runId('a'), {
      status: 'failed',
      updated_at_ms: 9,
      finished_at_ms: 9,
      user_message_id: null,
      fault: fault('daemon_restarted', 'Kheish ended.'),
    })
    expect(updated).toMatchObject({
      status: 'failed',
      started_at_ms: 5,
      finished_at_ms: 9,
      user_message_id: null,
    })
    expect(updated.fault?.code).toBe('daemon_restarted')
    expect(() => runs.update(runId('x'), { updated_at_ms: 1 })).toThrowError(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'run_not_found' }) }),
    )
  })

  it('keeps the queue in order: position, submission time, id', () => {
    const runs = chat()
    runs.add(aRun('c', { position: 2, submitted_at_ms: 1 }))
    runs.add(aRun('b', { position: 1, submitted_at_ms: 7 }))
    runs.add(aRun('d', { position: 2, submitted_at_ms: 2 }))
    runs.add(aRun('a', { position: 1, submitted_at_ms: 7 }))
    runs.add(aRun('on', { position: 0, status: 'running' }))
    runs.add(aRun('done', { position: 0, status: 'completed' }))
    runs.add(aRun('elsewhere', { position: 9, session_id: sessionId('s2') }))
    expect(ids(runs.queued(sessionId('s1')))).toEqual(['a', 'b', 'c', 'd'])
    expect(runs.active(sessionId('s1'))?.run_id).toBe('on')
    expect(runs.active(sessionId('s2'))).toBeUndefined()
    expect(ids(runs.unfinished())).toEqual(['on', 'a', 'b', 'c', 'd', 'elsewhere'])
  })

  it('lists newest first by session and status', () => {
    const runs = chat()
    runs.add(aRun('a', { submitted_at_ms: 1, status: 'completed' }))
    runs.add(aRun('b', { submitted_at_ms: 2 }))
    runs.add(aRun('c', { submitted_at_ms: 3, session_id: sessionId('s2') }))
    expect(ids(runs.list({ limit: 2 }))).toEqual(['c', 'b'])
    expect(ids(runs.list({ limit: 9, session_id: sessionId('s1') }))).toEqual(['b', 'a'])
    expect(ids(runs.list({ limit: 9, status: 'queued' }))).toEqual(['c', 'b'])
    expect(ids(runs.list({ limit: 9, session_id: sessionId('s1'), status: 'queued' }))).toEqual(['b'])
  })

  it('finds the newest answers whose cost nobody has told yet', () => {
    const runs = chat()
    const cost = { basis: 'estimated' as const, usd: 1 }
    const receipt = { route_id: 'openrouter', model: 'a/b', generation_id: 'gen-1', cost }
    const ended = { status: 'interrupted' as const, receipt, submitted_at_ms: 100 }
    runs.add(aRun('open', ended))
    runs.add(aRun('newer', { ...ended, submitted_at_ms: 200 }))
    runs.add(aRun('old', { ...ended, submitted_at_ms: 99 }))
    runs.add(aRun('told', { ...ended, receipt: { ...receipt, cost: { basis: 'reported', usd: 1 } } }))
    runs.add(aRun('nameless', { ...ended, receipt: { route_id: 'openrouter', model: 'a/b', cost } }))
    runs.add(aRun('running', { ...ended, status: 'running' }))
    runs.add(aRun('branch', { ...ended, key_hash: 'copied:branch' }))
    expect(ids(runs.unsettled(100))).toEqual(['newer', 'open'])
  })

  it('numbers the events of each run', () => {
    const runs = chat()
    runs.add(aRun('a'))
    runs.add(aRun('b'))
    runs.addEvent(runId('a'), { at_ms: 1, kind: 'accepted' })
    runs.addEvent(runId('a'), { at_ms: 2, kind: 'queued', data: { position: 1 } })
    runs.addEvent(runId('b'), { at_ms: 3, kind: 'accepted' })
    expect(runs.events(runId('a'))).toEqual([
      { seq: 1, at_ms: 1, kind: 'accepted' },
      { seq: 2, at_ms: 2, kind: 'queued', data: { position: 1 } },
    ])
    expect(runs.events(runId('b'))).toHaveLength(1)
  })
})
