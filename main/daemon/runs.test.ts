import { afterEach, describe, expect, test, vi } from 'vitest'
import { fold } from '@contract/fold'
import type { House, HouseOptions } from './testing'
import { canary, openHouse, textIn } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

describe('one run', () => {
  test('streams, ends completed with receipt, names the chat, and is all there afterwards (S15)', async () => {
    await open({ script: [{ text: 'Grüße aus dem Test', split_every: 1 }] })
    const session = await house.chat()
    const { run, messages } = await house.submit(session, 'Say hello\nplease')
    expect(run).toMatchObject({
      status: 'running',
      request: { provider: 'openrouter', model: 'openai/gpt-5.4-mini' },
    })
    expect(messages.map((message) => message.role)).toEqual(['user', 'assistant'])

    const ended = await house.until('run.ended')
    expect(ended.run).toMatchObject({
      status: 'completed',
      receipt: { cost: { basis: 'reported' }, finish_reason: 'stop' },
    })
    expect(textIn(ended.message)).toBe('Grüße aus dem Test')

    const transcript = await house.ask('sessions.transcript', { session_id: session })
    expect(transcript.session).toMatchObject({ title: 'Say hello', activity: 'idle', unread: true })
    expect(transcript.session.cost_usd).toBeCloseTo(ended.run.receipt?.cost.usd ?? -1)
    expect(transcript.messages.at(-1)).toEqual(ended.message)
    expect(transcript).toMatchObject({ active: null, queued: [] })

    const { events } = await house.ask('runs.events', { run_id: run.run_id })
    expect(events.map((event) => event.kind)).toEqual(['accepted', 'started', 'output', 'completed'])
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4])
    await house.ask('sessions.markSeen', { session_id: session })
    expect((await house.ask('sessions.get', { session_id: session })).unread).toBe(false)
  })

  test('the numbered batches fold into exactly what is stored', async () => {
    await open({ script: [{ text: 'word '.repeat(300), reasoning: 'thinking about it' }] })
    const { messages } = await house.submit(await house.chat(), 'go')
    const ended = await house.until('run.ended')
    let growing = { parts: messages[1]?.parts ?? [], seen: 0 }
    for (const event of house.events) {
      if (event.type !== 'run.grew') continue
      const next = fold(growing, event.batch)
      if (next === 'gap') throw new Error('a batch is missing')
      growing = next
    }
    expect(growing.parts).toEqual(ended.message?.parts)
    expect(growing.seen).toBe(ended.message?.seen)
  })

  test('progress is told in order and only when it changes', async () => {
    await open({ script: [{ comments: 3, comment_interval_ms: 5, text: 'x' }] })
    await house.submit(await house.chat(), 'go')
    await house.until('run.ended')
    const told = house.events.flatMap((event) => (event.type === 'run.changed' ? [event.run.progress] : []))
    expect(told).toEqual(['connecting', 'waiting_for_provider', 'streaming'])
  })

  test('what went before is sent along, without the route prefix (S13)', async () => {
    await open()
    const session = await house.chat()
    await house.ask('sessions.input', { session_id: session, idempotency_key: 'a', content: 'first' })
    await house.ask('sessions.input', { session_id: session, idempotency_key: 'b', content: 'second' })
    const bodies = house.provider.requests
      .filter((each) => each.path.endsWith('/chat/completions'))
      .map((each) => each.body)
    expect(bodies[1]).toMatchObject({
      model: 'openai/gpt-5.4-mini',
      stream: true,
      messages: [
        { role: 'user', content: 'first' },
        { role: 'assistant' },
        { role: 'user', content: 'second' },
      ],
    })
  })
})

describe('trouble at the provider', () => {
  test('before the first byte it is retried in silence and noted', async () => {
    await open({
      script: [
        { status: 503, body: { error: { code: 503, message: 'busy' } }, headers: { 'retry-after': '0' } },
      ],
    })
    const { run } = await house.submit(await house.chat(), 'go')
    expect((await house.until('run.ended')).run.status).toBe('completed')
    const { events } = await house.ask('runs.events', { run_id: run.run_id })
    expect(events.map((event) => event.kind)).toEqual([
      'accepted',
      'started',
      'retried',
      'output',
      'completed',
    ])
  })

  test('a wait that the provider asks for is told with its end', async () => {
    const before = Date.now()
    await open({
      script: [
        { status: 429, body: { error: { code: 429, message: 'slow' } }, headers: { 'retry-after': '30' } },
      ],
    })
    const { run } = await house.submit(await house.chat(), 'go')
    await vi.waitFor(async () =>
      expect((await house.ask('runs.get', { run_id: run.run_id })).progress).toBe('retrying'),
    )
    const { retry_at_ms } = await house.ask('runs.get', { run_id: run.run_id })
    expect(retry_at_ms).toBeGreaterThanOrEqual(before + 30_000)
    expect(retry_at_ms).toBeLessThan(Date.now() + 30_001)
    const cancelled = await house.ask('runs.cancel', { run_id: run.run_id })
    expect(cancelled).not.toHaveProperty('retry_at_ms')
  })

  test('in the middle it fails, keeps what came, settles its cost, and can be answered again', async () => {
    await open({
      script: [{ text: 'one two three four five six', after_chunks: 2, ending: 'error', error: 'numeric' }],
    })
    const session = await house.chat()
    const { run } = await house.submit(session, 'go')
    const ended = await house.until('run.ended')
    expect(ended.run).toMatchObject({ status: 'failed', error: { code: 'provider_error' } })
    expect(textIn(ended.message)).not.toBe('')
    expect(ended.message?.fault).toEqual(ended.run.error)
    expect((await house.ask('sessions.get', { session_id: session })).activity).toBe('failed')

    const again = await house.ask('runs.retry', { run_id: run.run_id, idempotency_key: 'again' })
    expect(again.messages).toHaveLength(1)
    const second = await house.until('run.ended', (event) => event.run.run_id === again.run.run_id)
    expect(second.run.status).toBe('completed')
    const { messages } = await house.ask('sessions.transcript', { session_id: session })
    expect(messages.map((message) => message.message_id)).toEqual([
      run.user_message_id,
      second.message?.message_id,
    ])
    expect(messages[1]?.versions).toEqual([run.assistant_message_id, second.message?.message_id])
  })

  test.each([
    ['a cut body', { text: 'one two three', after_chunks: 2, ending: 'end', done: false }],
    ['a reset socket', { text: 'one two three', after_chunks: 2, ending: 'reset' }],
  ] as const)('%s never looks like success', async (_name, behaviour) => {
    await open({ script: [behaviour] })
    await house.submit(await house.chat(), 'go')
    const ended = await house.until('run.ended')
    expect(ended.run).toMatchObject({ status: 'failed', error: { code: 'provider_error', retryable: true } })
    expect(textIn(ended.message)).not.toBe('')
  })

  test('a provider that repeats the key in its error is not quoted', async () => {
    const body = { error: { code: 400, message: `Bad header Bearer ${canary}` } }
    await open({ script: [{ status: 400, body }] })
    await house.submit(await house.chat(), 'go')
    expect((await house.until('run.ended')).run.error).toMatchObject({
      code: 'provider_error',
      kind: 'bad_request',
    })
  })

  test('a refused key is asked about once more, then final', async () => {
    const refusal = { status: 401, body: { error: { code: 401, message: 'User not found.' } } }
    await open({ script: [refusal, refusal, refusal] })
    await house.submit(await house.chat(), 'go')
    expect((await house.until('run.ended')).run.error).toMatchObject({
      code: 'provider_error',
      kind: 'key_refused',
    })
    expect(house.provider.requests.filter((each) => each.path.endsWith('/chat/completions'))).toHaveLength(2)
  })
})

describe('several versions', () => {
  test('edit and rerun makes a sibling of the message, also off the shown path; a version can be shown again', async () => {
    await open()
    const session = await house.chat()
    const first = await house.ask('sessions.input', {
      session_id: session,
      idempotency_key: '1',
      content: 'one',
    })
    const replaces = first.run.user_message_id
    const edited = await house.submit(session, 'two', { replaces })
    await house.until('run.ended', (event) => event.run.run_id === edited.run.run_id)
    const shown = await house.ask('sessions.transcript', { session_id: session })
    expect(shown.messages.map(textIn)[0]).toBe('two')
    expect(shown.messages[0]?.versions).toEqual([replaces, edited.run.user_message_id])

    // The first message is off the path now; another answer to it brings it back.
    const again = await house.ask('runs.retry', { run_id: first.run.run_id, idempotency_key: 'r' })
    await house.until('run.ended', (event) => event.run.run_id === again.run.run_id)
    const back = await house.ask('sessions.transcript', { session_id: session })
    expect(back.messages.map((message) => message.message_id)).toEqual([
      replaces,
      again.run.assistant_message_id,
    ])

    const other = await house.ask('sessions.selectVersion', {
      session_id: session,
      message_id: edited.run.user_message_id ?? '',
    })
    expect(other.messages.map((message) => message.message_id)).toEqual([
      edited.run.user_message_id,
      edited.run.assistant_message_id,
    ])
    expect(
      await house.refused('sessions.submitRun', {
        session_id: session,
        idempotency_key: 'x',
        content: 'x',
        replaces: first.run.assistant_message_id ?? '',
      }),
    ).toMatchObject({ code: 'message_not_found' })
  })

  test('a branch is a chat of its own that goes its own way', async () => {
    await open()
    const session = await house.chat()
    const { run } = await house.ask('sessions.input', {
      session_id: session,
      idempotency_key: '1',
      content: 'one',
    })
    const branch = await house.ask('sessions.branch', {
      session_id: session,
      message_id: run.assistant_message_id ?? '',
    })
    const copied = await house.ask('sessions.transcript', { session_id: branch.session_id })
    expect(copied.messages.map(textIn)[0]).toBe('one')
    await house.ask('sessions.input', {
      session_id: branch.session_id,
      idempotency_key: '2',
      content: 'more',
    })
    expect((await house.ask('sessions.transcript', { session_id: session })).messages).toHaveLength(2)
    expect((await house.ask('sessions.transcript', { session_id: branch.session_id })).messages).toHaveLength(
      4,
    )
  })
})
