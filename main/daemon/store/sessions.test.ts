import { describe, expect, it } from 'vitest'
import { aMessage, aRun, memoryStore, messageId, runId, sessionId } from './sample'

const withSessions = (...ids: string[]) => {
  const store = memoryStore()
  ids.forEach((id, at) => store.sessions.create({ session_id: sessionId(id), title: id, at_ms: 1_000 + at }))
  return store
}

describe('sessions', () => {
  it('answers the existing session when an id is created again', () => {
    const store = withSessions('a')
    const again = store.sessions.create({ session_id: sessionId('a'), title: 'other', at_ms: 9 })
    expect(again).toEqual({
      session_id: 'a',
      title: 'a',
      created_at_ms: 1_000,
      updated_at_ms: 1_000,
      head_message_id: null,
      draft: '',
      activity: 'idle',
      unread: false,
    })
  })

  it('changes only what a patch names, and clears what it sets to null', () => {
    const store = withSessions('a')
    const { update } = store.sessions
    update(sessionId('a'), {
      provider: 'openrouter',
      model: 'x/y',
      draft: 'half',
      unread: true,
      add_cost_usd: 0.25,
    })
    const patched = update(sessionId('a'), { model: null, activity: 'running', add_cost_usd: 0.5 })
    expect(patched).toMatchObject({
      provider: 'openrouter',
      draft: 'half',
      unread: true,
      activity: 'running',
    })
    expect(patched.cost_usd).toBe(0.75)
    expect(patched).not.toHaveProperty('model')
  })

  it('says which session is missing', () => {
    const store = withSessions()
    expect(() => store.sessions.update(sessionId('gone'), { draft: 'x' })).toThrowError(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'session_not_found' }) }),
    )
  })

  it('pages newest first without skipping equal times', () => {
    const store = withSessions('a', 'b', 'c', 'd', 'e')
    for (const id of ['b', 'c', 'd']) store.sessions.update(sessionId(id), { updated_at_ms: 5_000 })
    const seen: string[] = []
    let before
    for (;;) {
      const page = store.sessions.list({ limit: 2, ...(before ? { before } : {}) })
      expect(page.total).toBe(5)
      seen.push(...page.sessions.map((session) => session.session_id))
      before = page.sessions.at(-1)
      if (!before) break
    }
    expect(seen).toEqual(['d', 'c', 'b', 'e', 'a'])
  })

  it('hides a deleted session, keeps it up to date and brings it back', () => {
    const store = withSessions('a', 'b')
    store.sessions.markDeleted(sessionId('a'), 2_000)
    expect(store.sessions.get(sessionId('a'))).toBeUndefined()
    expect(store.sessions.list({ limit: 9 })).toMatchObject({ total: 1, sessions: [{ session_id: 'b' }] })
    store.sessions.update(sessionId('a'), { activity: 'failed' })
    expect(store.sessions.restore(sessionId('a'))).toMatchObject({ session_id: 'a', activity: 'failed' })
    expect(store.sessions.list({ limit: 9 }).total).toBe(2)
  })

  it('starts afresh when the id of a deleted session is chosen again', () => {
    const store = withSessions('s1')
    store.messages.add(aMessage('m1'))
    store.sessions.markDeleted(sessionId('s1'), 2_000)
    store.sessions.create({ session_id: sessionId('s1'), title: 'new', at_ms: 3_000 })
    expect(store.messages.get(messageId('m1'))).toBeUndefined()
    expect(store.sessions.get(sessionId('s1'))).toMatchObject({ title: 'new', created_at_ms: 3_000 })
  })

  it('purges what was deleted before a time, with everything that hangs on it', () => {
    const store = withSessions('s1', 'kept')
    let parent = null
    for (let at = 0; at < 1_500; at += 1) {
      parent = store.messages.add(aMessage(`m${at}`, { parent_id: parent })).message_id
    }
    store.runs.add(aRun('r1'))
    store.runs.addEvent(runId('r1'), { at_ms: 1, kind: 'accepted' })
    store.journal.append(sessionId('s1'), { kind: 'input_received', at_ms: 1, data: {} })
    store.messages.add(aMessage('growing', { parent_id: parent, role: 'assistant', parts: [] }))
    store.messages.appendBatches([
      {
        id: messageId('growing'),
        batch: {
          from: 1,
          upto: 1,
          deltas: [{ at: 'part', part: { kind: 'text', text: '' } }],
        },
      },
    ])
    store.sessions.markDeleted(sessionId('s1'), 2_000)
    expect(store.sessions.purgeDeleted(2_000)).toEqual([])
    expect(store.sessions.purgeDeleted(2_001)).toEqual(['s1'])
    expect(store.messages.get(messageId('m0'))).toBeUndefined()
    expect(store.messages.get(messageId('growing'))).toBeUndefined()
    expect(store.runs.get(runId('r1'))).toBeUndefined()
    expect(store.runs.events(runId('r1'))).toEqual([])
    expect(store.search.search({ query: 'text', limit: 9 })).toEqual([])
    expect(store.sessions.restore(sessionId('s1'))).toBeUndefined()
    expect(store.sessions.get(sessionId('kept'))).toBeDefined()
  })
})
