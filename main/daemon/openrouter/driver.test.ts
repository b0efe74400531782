import { afterEach, describe, expect, test } from 'vitest'
import type { Behaviour } from '../../demo-provider/index'
import { collect, open, turnOf } from './open-room.suite'

const rooms: Awaited<ReturnType<typeof open>>[] = []
/** A driver on its own provider; afterwards nothing may be left over. */
async function room(...args: Parameters<typeof open>) {
  const made = await open(...args)
  rooms.push(made)
  return made
}
afterEach(async () => {
  for (const one of rooms.splice(0)) {
    expect(one.clock.pending()).toBe(0)
    await one.close()
  }
})

async function chat(behaviour: Behaviour, limits: Parameters<typeof open>[1] = {}) {
  const made = await room([behaviour], limits)
  const heard = await collect(
    made.driver.streamChat(made.access, turnOf('Hello'), new AbortController().signal),
  )
  return { ...made, heard }
}
const last = <T>(list: readonly T[]) => list.at(-1)

describe('an answer that goes well', () => {
  test('streams text, says who served it and what it cost, and finishes', async () => {
    const { heard, demo } = await chat({})
    expect(heard.failure).toBeUndefined()
    expect(heard.text).toContain('demo provider')
    expect(heard.events[0]).toMatchObject({
      is: 'accepted',
      generation_id: expect.stringMatching(/^gen-/) as string,
    })
    expect(heard.events[1]).toMatchObject({ is: 'served', model: 'openai/gpt-4o', provider: 'OpenAI' })
    expect(heard.usage?.cost_usd).toBeGreaterThan(0)
    expect(last(heard.events)).toMatchObject({ is: 'finished', reason: 'stop', native: 'STOP' })
    expect(demo.requests[0]?.body).toMatchObject({ stream: true, session_id: 'chat-1' })
    expect(demo.requests[0]?.headers).toMatchObject({
      'http-referer': 'http://localhost',
      'x-openrouter-title': 'Kheish  Desktop',
      authorization: expect.stringMatching(/^sha256:/) as string,
    })
  })

  test('reasoning arrives before the text, with its details and signature', async () => {
    const { driver, access } = await room()
    const turn = turnOf('Why?', { model: 'anthropic/claude-opus-4.8' })
    const heard = await collect(driver.streamChat(access, turn, new AbortController().signal))
    expect(heard.parts.map((part) => part.kind)).toEqual(['reasoning', 'text'])
    const thought = heard.parts[0]
    if (thought?.kind !== 'reasoning') throw new Error('no thought')
    expect(thought.text).toContain('Why?')
    expect(thought.details).toEqual([
      expect.objectContaining({
        type: 'reasoning.text',
        text: thought.text,
        signature: expect.any(String) as string,
      }),
    ])
    expect(heard.usage?.reasoning_tokens).toBeGreaterThan(0)
  })

  test('comments are signs of life and nothing else', async () => {
    const { heard } = await chat({
      comments: 3,
      comment_every: 2,
      comment_interval_ms: 15,
      text: 'one two three four five',
    })
    expect(heard.events[1]).toEqual({ is: 'waiting' })
    expect(heard.text).toBe('one two three four five')
  })

  test.each([
    ['CRLF line ends', { line_end: '\r\n' }],
    ['single bytes', { split_every: 1 }],
    ['pieces of seven bytes', { split_every: 7 }],
    ['a JSON body although a stream was asked for', { as_json: true }],
  ] as const)('%s', async (_, behaviour) => {
    const { heard } = await chat({ text: 'A snowman ☃ and Grüße.', ...behaviour })
    expect(heard.failure).toBeUndefined()
    expect(heard.text).toBe('A snowman ☃ and Grüße.')
    expect(heard.usage?.cost_usd).toBeGreaterThan(0)
  })

  test('at most one growth for every network read', async () => {
    const { heard } = await chat({ tokens: 2000, tokens_per_second: 1_000_000 })
    const grew = heard.events.filter((event) => event.is === 'grew')
    expect(grew.length).toBeLessThan(200)
    expect(heard.text.split(/\s+/).length).toBe(2000)
  })

  test('an event of 32 MB arrives whole', async () => {
    const size = 32 * 1024 * 1024
    const { heard } = await chat({ huge_event_bytes: size })
    expect(heard.failure).toBeUndefined()
    expect(heard.text.length).toBe(size)
  })

  test('tool calls, in fragments', async () => {
    const { heard } = await chat({
      tool_calls: [
        [{ index: 0, id: 'call_a', type: 'function', function: { name: 'weather', arguments: '' } }],
        [{ index: 0, function: { arguments: '{"city":"Bern"}' } }],
      ],
    })
    expect(heard.parts).toEqual([
      {
        kind: 'tool_call',
        call_id: 'call_a',
        name: 'weather',
        arguments: '{"city":"Bern"}',
        state: 'building',
      },
    ])
    expect(last(heard.events)).toMatchObject({ is: 'finished', reason: 'tool_calls' })
  })

  test('details go back unchanged, or the second turn is refused', async () => {
    const details = [
      { type: 'reasoning.encrypted', data: 'abc', format: 'google-gemini-v1', id: 'x', index: 0 },
    ]
    const { driver, access, demo } = await room([
      { text: 'Yes.', reasoning_details: [details] },
      { expects_details: details, text: 'Again.' },
      { expects_details: details },
    ])
    const model = 'google/gemini-3.5-pro'
    const signal = new AbortController().signal
    const first = await collect(driver.streamChat(access, turnOf('One', { model }), signal))
    const question = turnOf('One', { model }).history[0]!
    const answer = {
      ...question,
      role: 'assistant' as const,
      parts: first.parts,
      receipt: { route_id: 'openrouter', model, cost: { basis: 'unavailable' as const } },
    }
    const second = turnOf('Two', { model, history: [question, answer, question] })
    expect((await collect(driver.streamChat(access, second, signal))).text).toBe('Again.')
    const lost = turnOf('Two', {
      model,
      history: [question, { ...answer, parts: answer.parts.slice(1) }, question],
    })
    expect((await collect(driver.streamChat(access, lost, signal))).trouble).toMatchObject({
      kind: 'bad_request',
      said: 'Google: Function call is missing a thought_signature in functionCall parts.',
    })
    expect(demo.requests).toHaveLength(3)
  })
})

describe('an answer that fails', () => {
  test.each([
    ['numeric', 'provider_down'],
    ['string_code', 'provider_down'],
    ['no_code', 'provider_down'],
    ['empty_choices', 'provider_down'],
    ['in_choice', 'provider_down'],
    ['bare', 'provider_down'],
  ] as const)('in mid-stream (%s): what arrived stays', async (error, kind) => {
    const { heard } = await chat({ text: 'one two three four', after_chunks: 2, error })
    expect(heard.text).toBe('one two ')
    expect(heard.trouble).toMatchObject({
      kind,
      retryable: true,
      said: 'The upstream provider broke off',
      generation_id: expect.stringMatching(/^gen-/) as string,
    })
  })

  test.each(['end', 'reset'] as const)('%s in mid-stream is an answer cut short', async (ending) => {
    const { heard } = await chat({ text: 'one two three four', after_chunks: 3, ending })
    expect(heard.text).toBe('one two three ')
    expect(heard.trouble).toMatchObject({ kind: 'cut_short', retryable: true })
    expect(heard.events.some((event) => event.is === 'finished')).toBe(false)
  })

  test('bytes that stop inside an event, or inside a character', async () => {
    for (let after_bytes = 900; after_bytes < 905; after_bytes++) {
      const { heard } = await chat({ text: '☃ '.repeat(50), after_bytes })
      expect(heard.text).toMatch(/^(☃ )+$/)
      expect(heard.trouble).toMatchObject({ kind: 'cut_short' })
    }
  })

  test('a stream without [DONE] but with a finish reason is complete', async () => {
    const { heard } = await chat({ text: 'one two', done: false })
    expect(last(heard.events)).toMatchObject({ is: 'finished', reason: 'stop' })
  })

  test('a finished answer leaves its connection for the next one', async () => {
    const { driver, access, demo } = await room()
    for (let i = 0; i < 8; i++) {
      const heard = await collect(driver.streamChat(access, turnOf('Hi'), new AbortController().signal))
      expect(heard.failure).toBeUndefined()
      await driver.checkKey(access, new AbortController().signal)
    }
    expect(await demo.connections()).toBeLessThanOrEqual(2)
  })

  test('a usage that breaks off after the finish is only missing', async () => {
    const chunk = '{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}'
    const { heard } = await chat({ recording: `data: ${chunk}\n\ndata: {"usage":{"cost` })
    expect(heard.failure).toBeUndefined()
    expect(heard.usage).toBeUndefined()
    expect(heard.text).toBe('Hi')
  })

  test('a connection that dies or dawdles after the finish takes nothing away', async () => {
    for (const ending of ['reset', 'stall'] as const) {
      const { heard } = await chat({ text: 'one two', done: false, ending }, { linger_ms: 60 })
      expect(heard.failure).toBeUndefined()
      expect(heard.usage?.cost_usd).toBeGreaterThan(0)
      expect(last(heard.events)).toMatchObject({ is: 'finished' })
    }
  })

  test('HTTP 200 with an error body, and with an error in the choice', async () => {
    const top = await chat({ body: { error: { code: 429, message: 'Slow down' }, user_id: null } })
    expect(top.heard.trouble).toMatchObject({ kind: 'rate_limited', said: 'Slow down' })
    const choice = await chat({
      body: {
        id: 'gen-1',
        choices: [
          {
            finish_reason: 'error',
            message: { role: 'assistant', content: 'Half' },
            error: { code: 502, message: 'Upstream is down' },
          },
        ],
      },
    })
    expect(choice.heard.text).toBe('Half')
    expect(choice.heard.trouble).toMatchObject({ kind: 'provider_down', said: 'Upstream is down' })
  })

  test('HTTP 429 with Retry-After', async () => {
    const { heard, demo } = await chat({
      status: 429,
      headers: { 'retry-after': '7' },
      body: { error: { code: 429, message: 'Rate limit exceeded' } },
    })
    expect(heard.trouble).toMatchObject({ kind: 'rate_limited', retry_after_ms: 7000, http_status: 429 })
    expect(demo.requests).toHaveLength(1)
  })

  test('a page in place of an answer, whatever its status', async () => {
    const page = '<html><head><title>Sign in to the Wi-Fi</title></head><body>…</body></html>'
    expect((await chat({ status: 502, body: page })).heard.trouble).toMatchObject({ kind: 'provider_down' })
    const { heard } = await chat({ body: page })
    expect(heard.trouble).toMatchObject({ kind: 'malformed' })
    expect(JSON.stringify(heard.failure?.fault)).not.toContain('<')
  })

  test('an event that is not JSON', async () => {
    const { heard } = await chat({
      recording: 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: {oops\n\n',
    })
    expect(heard.text).toBe('Hi')
    expect(heard.trouble).toMatchObject({ kind: 'malformed', retryable: true })
  })

  test('a line without end is refused at the limit', async () => {
    const { heard } = await chat({ recording: `data: ${'x'.repeat(300_000)}` }, { event_size: 100_000 })
    expect(heard.trouble).toMatchObject({ kind: 'malformed', said: 'One event was larger than the limit' })
  })

  test('a redirect is not followed: the key stays with its host', async () => {
    const other = await room()
    const { heard } = await chat({
      status: 307,
      headers: { location: `${other.demo.prefix}/chat/completions` },
    })
    expect(heard.trouble).toMatchObject({ kind: 'malformed', retryable: false, http_status: 307 })
    expect(other.demo.requests).toHaveLength(0)
  })

  test('nobody listens, or the socket dies before the answer', async () => {
    const { driver, access, demo } = await room([{ instead: 'reset' }])
    const signal = new AbortController().signal
    expect((await collect(driver.streamChat(access, turnOf('Hi'), signal))).trouble).toMatchObject({
      kind: 'unreachable',
      retryable: true,
    })
    await demo.stop()
    expect((await collect(driver.streamChat(access, turnOf('Hi'), signal))).trouble).toMatchObject({
      kind: 'unreachable',
      said: 'ECONNREFUSED',
    })
  })

  test('a key that no header can carry is refused before anything is sent', async () => {
    const { driver, access, demo } = await room()
    const heard = await collect(
      driver.streamChat({ ...access, key: 'schlüssel\n' }, turnOf('Hi'), new AbortController().signal),
    )
    expect(heard.trouble).toMatchObject({ kind: 'key_refused' })
    expect(demo.requests).toHaveLength(0)
  })

  test('the key is in no failure', async () => {
    const key = 'sk-or-v1-canary-canary-canary'
    const { driver, access } = await room([
      { status: 400, body: { error: { code: 400, message: `Invalid key ${key}` } } },
      { body: `data: {"error":{"message":"${key}"}}\n\n`, headers: { 'content-type': 'text/event-stream' } },
    ])
    for (let i = 0; i < 2; i++) {
      const heard = await collect(
        driver.streamChat({ ...access, key }, turnOf('Hi'), new AbortController().signal),
      )
      expect(heard.failure).toBeDefined()
      expect(JSON.stringify(heard.failure?.fault)).not.toContain('canary')
    }
  })
})
