import { afterEach, describe, expect, test } from 'vitest'
import type { House, HouseOptions } from './testing'
import { openHouse, textIn } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const hang = { instead: 'hang' } as const
/** Some text, then silence. */
const stall = { text: 'one two three four five six seven eight', after_chunks: 3, ending: 'stall' } as const

const statusOf = async (run: { readonly run_id: string }) =>
  (await house.ask('runs.get', { run_id: run.run_id })).status
const kindsOf = async (run: { readonly run_id: string }) =>
  (await house.ask('runs.events', { run_id: run.run_id })).events.map((event) => event.kind)

describe('the queue (contract 6.4)', () => {
  test('one run at a time, in order; a queued one makes no message before it starts', async () => {
    await open({ script: [stall] })
    const session = await house.chat()
    const first = await house.submit(session, 'one')
    const second = await house.submit(session, 'two')
    const third = await house.submit(session, 'three')
    expect([first, second, third].map(({ run }) => [run.status, run.queued_position])).toEqual([
      ['running', undefined],
      ['queued', 1],
      ['queued', 2],
    ])
    expect(second.messages).toEqual([])
    await house.until('run.grew')
    const waiting = await house.ask('sessions.transcript', { session_id: session })
    expect(waiting.messages).toHaveLength(2)
    expect(waiting.queued.map((run) => run.input_text)).toEqual(['two', 'three'])

    await house.ask('runs.cancel', { run_id: first.run.run_id })
    await house.until('run.ended', (event) => event.run.run_id === third.run.run_id)
    const moved = house.events.flatMap((event) =>
      event.type === 'run.changed' && event.run.run_id === third.run.run_id && event.run.status === 'queued'
        ? [event.run.queued_position]
        : [],
    )
    expect(moved).toEqual([1])
    const { messages } = await house.ask('sessions.transcript', { session_id: session })
    expect(messages.filter((message) => message.role === 'user').map(textIn)).toEqual(['one', 'two', 'three'])
  })

  test('a queued run can be taken back and leaves no message behind', async () => {
    await open({ script: [hang] })
    const session = await house.chat()
    await house.submit(session, 'one')
    const second = await house.submit(session, 'two\nlines')
    const third = await house.submit(session, 'three')
    const taken = await house.ask('runs.cancel', { run_id: second.run.run_id })
    expect(taken).toMatchObject({ status: 'cancelled', input_text: 'two\nlines', user_message_id: null })
    expect((await house.ask('runs.get', { run_id: third.run.run_id })).queued_position).toBe(1)
    expect((await house.until('run.ended')).message).toBeNull()
    expect((await house.ask('sessions.transcript', { session_id: session })).messages).toHaveLength(2)
  })

  test('different chats run side by side', async () => {
    await open({ script: [hang, hang] })
    const runs = [await house.submit(await house.chat(), 'a'), await house.submit(await house.chat(), 'b')]
    expect(runs.map(({ run }) => run.status)).toEqual(['running', 'running'])
    const quick = await house.submit(await house.chat(), 'c')
    await house.until('run.ended', (event) => event.run.run_id === quick.run.run_id)
    expect(await statusOf(runs[0]!.run)).toBe('running')
  })

  test('an inline input is refused while anything is active', async () => {
    await open({ script: [hang] })
    const session = await house.chat()
    await house.submit(session, 'a')
    expect(
      await house.refused('sessions.input', { session_id: session, idempotency_key: 'i', content: 'b' }),
    ).toMatchObject({
      code: 'session_busy',
      status: 409,
    })
  })
})

describe('stopping', () => {
  test('a cancel ends the run at once, closes the connection, keeps what came; a repeat changes nothing', async () => {
    await open({ script: [stall] })
    const session = await house.chat()
    const { run } = await house.submit(session, 'go')
    await house.until('run.grew')
    const view = await house.ask('runs.cancel', { run_id: run.run_id })
    expect(view.status).toBe('cancelled')
    const { messages } = await house.ask('sessions.transcript', { session_id: session })
    expect(textIn(messages[1])).not.toBe('')
    expect(messages[1]).toMatchObject({
      status: 'cancelled',
      receipt: { cost: { basis: expect.any(String) } },
    })
    const kinds = await kindsOf(run)
    expect(await house.ask('runs.cancel', { run_id: run.run_id })).toEqual(view)
    expect(await kindsOf(run)).toEqual(kinds)
    await expect
      .poll(() => house.provider.requests.find((each) => each.path.endsWith('/completions'))?.ended)
      .toBe('aborted')
  })

  test.each([
    ['before an answer', hang],
    ['while kept waiting', { comments: 1000, comment_interval_ms: 10 }],
    ['between retries', { status: 503, body: {}, headers: { 'retry-after': '30' } }],
  ] as const)('a cancel works %s', async (_when, behaviour) => {
    await open({ script: [behaviour] })
    const { run } = await house.submit(await house.chat(), 'go')
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect((await house.ask('runs.cancel', { run_id: run.run_id })).status).toBe('cancelled')
  })

  test('what has ended can’t be cancelled, what never was can’t be found', async () => {
    await open()
    const { run } = await house.ask('sessions.input', {
      session_id: await house.chat(),
      idempotency_key: 'a',
      content: 'x',
    })
    expect(await house.refused('runs.cancel', { run_id: run.run_id })).toMatchObject({
      code: 'run_state_conflict',
    })
    expect(await house.refused('runs.cancel', { run_id: 'nope' })).toMatchObject({ code: 'run_not_found' })
  })

  test('an interrupt ends the active run, and the next one starts', async () => {
    await open({ script: [stall] })
    const session = await house.chat()
    const { run } = await house.submit(session, 'go')
    const next = await house.submit(session, 'then')
    await house.until('run.grew')
    expect((await house.ask('sessions.interrupt', { session_id: session })).run).toMatchObject({
      run_id: run.run_id,
      status: 'interrupted',
    })
    expect((await house.until('run.ended', (event) => event.run.run_id === next.run.run_id)).run.status).toBe(
      'completed',
    )
    expect(await house.ask('sessions.interrupt', { session_id: session })).toEqual({ run: null })
  })

  test('a retry of a live run and of one that never started is refused', async () => {
    await open({ script: [hang] })
    const session = await house.chat()
    const { run } = await house.submit(session, 'go')
    const queued = await house.submit(session, 'then')
    await house.ask('runs.cancel', { run_id: queued.run.run_id })
    for (const run_id of [run.run_id, queued.run.run_id]) {
      expect(await house.refused('runs.retry', { run_id, idempotency_key: run_id })).toMatchObject({
        code: 'run_state_conflict',
      })
    }
  })
})

describe('idempotency (contract 6.4)', () => {
  test('the same key and request is the same run, whatever became of it', async () => {
    await open()
    const session_id = await house.chat()
    const request = { session_id, idempotency_key: 'same', content: 'hello' }
    const first = await house.ask('sessions.submitRun', request)
    const second = await house.ask('sessions.submitRun', request)
    expect(second.run.run_id).toBe(first.run.run_id)
    expect(second.messages.map((message) => message.message_id)).toEqual(
      first.messages.map((message) => message.message_id),
    )
    const inline = await house.ask('sessions.input', request)
    expect(inline.run).toMatchObject({ run_id: first.run.run_id, status: 'completed' })
    expect(house.provider.requests.filter((each) => each.path.endsWith('/completions'))).toHaveLength(1)
    await house.restart()
    expect((await house.ask('sessions.submitRun', request)).run).toMatchObject({
      run_id: first.run.run_id,
      status: 'completed',
    })
  })

  test('the same key for something else is a conflict; a malformed one is refused; nothing is stored', async () => {
    await open()
    const session_id = await house.chat()
    await house.ask('sessions.input', { session_id, idempotency_key: 'same', content: 'hello' })
    expect(
      await house.refused('sessions.submitRun', { session_id, idempotency_key: 'same', content: 'other' }),
    ).toMatchObject({
      code: 'idempotency_conflict',
    })
    expect(
      await house.refused('sessions.submitRun', { session_id, idempotency_key: 'a b', content: 'x' }),
    ).toMatchObject({
      code: 'invalid_idempotency_key',
    })
    expect((await house.ask('runs.list', { session_id })).runs).toHaveLength(1)
  })

  test('a retry has a key of its own kind', async () => {
    await open()
    const session_id = await house.chat()
    const { run } = await house.ask('sessions.input', { session_id, idempotency_key: 'k', content: 'hello' })
    const retry = { run_id: run.run_id, idempotency_key: 'r' }
    const first = await house.ask('runs.retry', retry)
    expect((await house.ask('runs.retry', retry)).run.run_id).toBe(first.run.run_id)
    expect(await house.refused('runs.retry', { ...retry, model: 'openai/other' })).toMatchObject({
      code: 'idempotency_conflict',
    })
    expect(first.run.request).toMatchObject({ source_kind: 'retry', text_preview: 'hello' })
  })
})

describe('refusals before anything is stored', () => {
  test.each([
    [{ content: '  ' }, 'input_empty'],
    [{ content: 'a', input_items: [{ type: 'text' as const, text: 'b' }] }, 'input_shape_conflict'],
    [{ input_items: [{ type: 'asset_reference' as const, asset_id: 'a' }] }, 'asset_not_found'],
    [{ content: 'a', provider: 'ghost' }, 'route_unknown'],
    [{ content: 'a', model: '  ' }, 'selector_empty'],
    [{ content: 'a', replaces: 'ghost' }, 'message_not_found'],
  ])('%j is %s', async (extras, code) => {
    await open()
    const session_id = await house.chat()
    expect(
      await house.refused('sessions.submitRun', { session_id, idempotency_key: 'k', ...extras }),
    ).toMatchObject({ code })
    expect((await house.ask('runs.list', {})).runs).toEqual([])
  })

  test('a chat that is not there', async () => {
    await open()
    expect(
      await house.refused('sessions.submitRun', { session_id: 'ghost', idempotency_key: 'k', content: 'a' }),
    ).toMatchObject({
      code: 'session_not_found',
      status: 404,
    })
  })
})
