import { fc, test } from '@fast-check/vitest'
import type { Batch, Delta } from '@contract/fold'
import { fold, join } from '@contract/fold'
import type { AssetId } from '@contract/ids'
import { describe, expect, it } from 'vitest'
import { aMessage, aRun, memoryStore, messageId, runId, sessionId } from './sample'

const chat = () => {
  const store = memoryStore()
  store.sessions.create({ session_id: sessionId('s1'), title: '', at_ms: 1 })
  return store
}

/** q → a, and two more versions of the answer. */
const withVersions = () => {
  const store = chat()
  store.messages.add(aMessage('q'))
  for (const id of ['a1', 'a2', 'a3']) {
    store.messages.add(aMessage(id, { parent_id: messageId('q'), role: 'assistant', parts: [] }))
  }
  return store
}

const text = (add: string): Delta => ({ at: 'text', place: 0, add })
const opening: Delta = { at: 'part', part: { kind: 'text', text: '' } }

describe('the tree', () => {
  it('knows the versions of a message in the order they were made', () => {
    const store = withVersions()
    expect(store.messages.get(messageId('a2'))).toMatchObject({
      versions: ['a1', 'a2', 'a3'],
      seen: 0,
      parts: [],
    })
    expect(store.messages.get(messageId('q'))?.versions).toEqual(['q'])
  })

  it('keeps the roots of two sessions apart', () => {
    const store = withVersions()
    store.sessions.create({ session_id: sessionId('s2'), title: '', at_ms: 1 })
    store.messages.add(aMessage('other', { session_id: sessionId('s2') }))
    expect(store.messages.get(messageId('q'))?.versions).toEqual(['q'])
    expect(store.messages.get(messageId('other'))?.versions).toEqual(['other'])
  })

  it('finds the messages with files on a path, oldest first', () => {
    const store = chat()
    const asset = { asset_id: 'a1' as AssetId, media_type: 'image/png', file_name: 'a.png', byte_length: 1 }
    const parts = [{ kind: 'attachment', asset }] as const
    const says = [{ kind: 'text', text: 'I wrote "kind":"attachment" and {"kind":"attachment"}' }] as const
    store.messages.add(aMessage('m1', { parts }))
    store.messages.add(aMessage('m2', { parent_id: messageId('m1'), role: 'assistant', parts }))
    store.messages.add(aMessage('m3', { parent_id: messageId('m2'), parts: says }))
    store.messages.add(aMessage('m4', { parent_id: messageId('m3'), parts: [...says, ...parts] }))
    store.messages.add(aMessage('other', { parent_id: messageId('m1'), parts }))
    expect(store.messages.withAttachments(messageId('m4'))).toEqual([
      { message_id: 'm1', parts },
      { message_id: 'm2', parts },
      { message_id: 'm4', parts: [...says, ...parts] },
    ])
    expect(store.messages.withAttachments(messageId('m3'))).toHaveLength(2)
  })

  it('follows the newest children down', () => {
    const store = withVersions()
    store.messages.add(aMessage('q2', { parent_id: messageId('a1') }))
    expect(store.messages.newestLeaf(messageId('q'))).toBe('a3')
    expect(store.messages.newestLeaf(messageId('a1'))).toBe('q2')
    expect(store.messages.newestLeaf(messageId('q2'))).toBe('q2')
  })

  it('pages the path from the leaf up, oldest first', () => {
    const store = chat()
    let parent = null
    for (let at = 0; at < 7; at += 1) {
      parent = store.messages.add(aMessage(`m${at}`, { parent_id: parent })).message_id
    }
    const leaf = messageId('m6')
    const ids = (page: ReturnType<typeof store.messages.path>) =>
      page.messages.map((message) => message.message_id)
    const newest = store.messages.path(leaf, { limit: 3 })
    expect(ids(newest)).toEqual(['m4', 'm5', 'm6'])
    expect(newest.has_more).toBe(true)
    const older = store.messages.path(leaf, { limit: 4, before: messageId('m4') })
    expect(ids(older)).toEqual(['m0', 'm1', 'm2', 'm3'])
    expect(older.has_more).toBe(false)
    expect(store.messages.path(leaf, { limit: 3, before: messageId('m0') })).toEqual({
      messages: [],
      has_more: false,
    })
  })

  it('says which message is missing', () => {
    const { messages } = chat()
    const missing = expect.objectContaining({ fault: expect.objectContaining({ code: 'message_not_found' }) })
    expect(messages.get(messageId('x'))).toBeUndefined()
    expect(() => messages.settle(messageId('x'))).toThrowError(missing)
    expect(() => messages.path(messageId('x'), { limit: 3 })).not.toThrow()
    expect(() => messages.path(messageId('x'), { limit: 3, before: messageId('y') })).toThrowError(missing)
    expect(() => messages.newestLeaf(messageId('x'))).toThrowError(missing)
    expect(() =>
      messages.appendBatches([{ id: messageId('x'), batch: { from: 1, upto: 1, deltas: [opening] } }]),
    ).toThrowError(missing)
  })

  it('shows an answer with its run’s status, receipt and fault', () => {
    const store = withVersions()
    const receipt = { route_id: 'openrouter', model: 'm', cost: { basis: 'reported', usd: 0.1 } } as const
    store.runs.add(aRun('r1', { status: 'completed', receipt }))
    store.messages.add(
      aMessage('a4', { parent_id: messageId('q'), role: 'assistant', parts: [], run_id: runId('r1') }),
    )
    expect(store.messages.get(messageId('a4'))).toMatchObject({ status: 'completed', receipt, run_id: 'r1' })
    expect(store.messages.get(messageId('a1'))).not.toHaveProperty('status')
  })
})

describe('copying a path', () => {
  it('brings messages and runs into the other session and leaves the first one alone', () => {
    const store = chat()
    const receipt = { route_id: 'openrouter', model: 'm', cost: { basis: 'unavailable' } } as const
    store.runs.add(aRun('r1', { status: 'running', user_message_id: messageId('q'), receipt }))
    store.messages.add(aMessage('q', { run_id: runId('r1') }))
    store.messages.add(
      aMessage('a', { parent_id: messageId('q'), role: 'assistant', parts: [], run_id: runId('r1') }),
    )
    store.messages.appendBatches([
      {
        id: messageId('a'),
        batch: {
          from: 1,
          upto: 2,
          deltas: [opening, text('half an answer')],
        },
      },
    ])
    store.runs.update(runId('r1'), { updated_at_ms: 2, assistant_message_id: messageId('a') })
    store.sessions.create({ session_id: sessionId('s2'), title: '', at_ms: 2 })
    let made = 0
    const leaf = store.messages.copyPath(
      messageId('a'),
      sessionId('s2'),
      () => messageId(`copy${(made += 1)}`),
      () => runId('r2'),
    )
    expect(leaf).toBe('copy2')
    const copied = store.messages.path(leaf, { limit: 9 }).messages
    expect(copied).toMatchObject([
      {
        message_id: 'copy1',
        session_id: 's2',
        parent_id: null,
        run_id: 'r2',
        parts: [{ text: 'text of q' }],
      },
      { message_id: 'copy2', parent_id: 'copy1', status: 'interrupted', receipt, seen: 2 },
    ])
    expect(copied[1]?.parts).toEqual([{ kind: 'text', text: 'half an answer' }])
    expect(store.runs.get(runId('r2'))).toMatchObject({
      session_id: 's2',
      user_message_id: 'copy1',
      assistant_message_id: 'copy2',
    })
    expect(store.runs.get(runId('r1'))?.status).toBe('running')
    expect(store.messages.get(messageId('a'))?.status).toBe('running')
  })
})

describe('a growing message', () => {
  const growing = () => {
    const store = chat()
    store.messages.add(aMessage('a', { role: 'assistant', parts: [] }))
    return store.messages
  }
  const id = messageId('a')

  it('is folded from its batches, before and after they are settled', () => {
    const messages = growing()
    messages.appendBatches([{ id, batch: { from: 1, upto: 2, deltas: [opening, text('Hel')] } }])
    messages.appendBatches([{ id, batch: { from: 3, upto: 3, deltas: [text('lo')] } }])
    const expected = { parts: [{ kind: 'text', text: 'Hello' }], seen: 3 }
    expect(messages.get(id)).toMatchObject(expected)
    expect(messages.settle(id)).toMatchObject(expected)
    expect(messages.settle(id)).toMatchObject(expected)
    messages.appendBatches([{ id, batch: { from: 3, upto: 3, deltas: [text('lo')] } }])
    expect(messages.get(id)).toMatchObject(expected)
    messages.appendBatches([{ id, batch: { from: 4, upto: 4, deltas: [text('!')] } }])
    expect(messages.get(id)).toMatchObject({ parts: [{ text: 'Hello!' }], seen: 4 })
  })

  it('refuses a batch that leaves a hole or overlaps', () => {
    const messages = growing()
    messages.appendBatches([{ id, batch: { from: 1, upto: 2, deltas: [opening, text('a')] } }])
    expect(() =>
      messages.appendBatches([{ id, batch: { from: 4, upto: 4, deltas: [text('c')] } }]),
    ).toThrowError('gap')
    expect(() =>
      messages.appendBatches([{ id, batch: { from: 2, upto: 3, deltas: [text('b')] } }]),
    ).toThrowError('gap')
    expect(messages.get(id)?.seen).toBe(2)
  })

  const part = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text: fc.string() }),
    fc.record({ kind: fc.constant('reasoning' as const), text: fc.string(), details: fc.constant([]) }),
    fc.record({
      kind: fc.constant('tool_call' as const),
      call_id: fc.string(),
      name: fc.string(),
      arguments: fc.string(),
      state: fc.constant('building' as const),
    }),
  )
  const delta: fc.Arbitrary<Delta> = fc.oneof(
    fc.record({ at: fc.constant('part' as const), part }),
    fc.record({ at: fc.constant('text' as const), place: fc.nat(3), add: fc.string({ unit: 'grapheme' }) }),
    fc.record({ at: fc.constant('tool' as const), place: fc.nat(3), add: fc.string() }),
    fc.record({
      at: fc.constant('detail' as const),
      place: fc.nat(3),
      piece: fc.record({ type: fc.constant('reasoning.text'), index: fc.nat(2), text: fc.string() }),
    }),
  )

  test.prop([fc.array(delta, { maxLength: 40 }), fc.infiniteStream(fc.nat(5)), fc.nat(40)])(
    'is the same however its stream is cut into batches and repeated',
    (deltas, chance, settleAfter) => {
      const messages = growing()
      const whole = fold({ parts: [], seen: 0 }, { from: 1, upto: deltas.length, deltas })
      if (whole === 'gap') throw new Error('a whole stream has no gap')
      const sent: Batch[] = []
      for (let from = 1; from <= deltas.length;) {
        const upto = Math.min(deltas.length, from + (chance.next().value ?? 0))
        const batch = deltas
          .slice(from - 1, upto)
          .map((one, at): Batch => ({ from: from + at, upto: from + at, deltas: [one] }))
          .reduce(join)
        messages.appendBatches([{ id, batch }])
        sent.push(batch)
        const again = sent[(chance.next().value ?? 0) * 2]
        if (again) messages.appendBatches([{ id, batch: again }])
        if (from <= settleAfter && settleAfter <= upto) messages.settle(id)
        from = upto + 1
      }
      expect(messages.get(id)).toMatchObject(whole)
      expect(messages.settle(id)).toMatchObject(whole)
      expect(messages.get(id)).toMatchObject(whole)
    },
  )
})
