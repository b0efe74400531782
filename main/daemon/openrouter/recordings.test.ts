import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Part } from '@contract/message'
import { readAnswer } from './read-stream'
import { defaultLimits } from './limits'
import { collect, countingClock, type Heard } from './open-room.suite'
import { watch } from './watch'

const folder = join(import.meta.dirname, '../../../e2e/recordings')
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.sse'))
  .map((name) => name.slice(0, -4))
const recording = (name: string): Buffer => readFileSync(join(folder, `${name}.sse`))

/** Reads bytes that arrive in the given pieces. */
async function hear(pieces: readonly Uint8Array[]): Promise<Heard> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  const clock = countingClock()
  const line = {
    fetch: globalThis.fetch,
    stream: globalThis.fetch,
    clock,
    attribution: { appUrl: '', appTitle: '' },
    limits: defaultLimits,
  }
  const { signal } = new AbortController()
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  const open = async () => ({ response, watch: watch(clock, signal, 1000), facts: {} })
  try {
    return await collect(readAnswer(line, open, signal))
  } finally {
    expect(clock.pending()).toBe(0)
  }
}

/** What a stream says, without how it was cut. */
const gist = (heard: Heard) => ({
  parts: heard.parts,
  usage: heard.usage,
  // Whether more came along depends on how the bytes were cut.
  served: { ...heard.events.findLast((event) => event.is === 'served'), goes_on: undefined },
  finished: heard.events.findLast((event) => event.is === 'finished'),
  trouble: heard.trouble,
})

const text = (value: string): Part => ({ kind: 'text', text: value })
const call = (call_id: string, name: string, args: string): Part => ({
  kind: 'tool_call',
  call_id,
  name,
  arguments: args,
  state: 'building',
})
const thought = (value: string, ...details: object[]): Part =>
  ({ kind: 'reasoning', text: value, details }) as Part
const claude = (text: string, signature: string, index = 0) => ({
  type: 'reasoning.text',
  text,
  format: 'anthropic-claude-v1',
  index,
  id: null,
  signature,
})
const twoCalls = [call('call_a', 'weather', '{"city":"Bern"}'), call('call_b', 'time', '{"zone":"CET"}')]
const half = [text('Half an answer')]

interface Expected {
  readonly parts: readonly Part[]
  /** The reason it finished with, or the kind of trouble. */
  readonly end: string
  readonly retryable?: boolean
}
const expected: Readonly<Record<string, Expected>> = {
  text: { parts: [text('Hello, world.')], end: 'stop' },
  comments: { parts: [text('Hello')], end: 'stop' },
  crlf: { parts: [text('Hello again')], end: 'stop' },
  multibyte: { parts: [text('A snowman ☃, a family 👨‍👩‍👧, 日本語 und Grüße, 𝛼 + 𝛽.')], end: 'stop' },
  'images-passed-over': { parts: [text('Here it is.')], end: 'stop' },
  length: { parts: [text('Hello and')], end: 'length' },
  'usage-empty-delta': { parts: [text('Hello')], end: 'stop' },
  'repeated-finish': { parts: [text('Hello')], end: 'stop' },
  'no-done': { parts: [text('Hello')], end: 'stop' },
  'no-last-blank-line': { parts: [text('Hello')], end: 'stop' },
  'no-usage': { parts: [text('Hello')], end: 'stop' },
  'unknown-finish': { parts: [text('Hello')], end: 'other' },
  'odd-fields': { parts: [text('Hello you')], end: 'stop' },
  'cut-short': { parts: [text('Hello, wor')], end: 'cut_short', retryable: true },
  'cut-inside-event': { parts: [text('Hello')], end: 'cut_short', retryable: true },
  'done-without-finish': { parts: [text('Hello')], end: 'cut_short', retryable: true },
  'error-numeric': { parts: half, end: 'provider_down', retryable: true },
  'error-string-code': { parts: half, end: 'provider_down', retryable: true },
  'error-no-code': { parts: half, end: 'provider_down', retryable: true },
  'error-empty-choices': { parts: half, end: 'rate_limited', retryable: true },
  'error-in-choice': { parts: half, end: 'provider_down', retryable: true },
  'error-bare': { parts: half, end: 'context_length', retryable: false },
  'reasoning-late-signature': {
    parts: [thought('Let me think.', claude('Let me think.', 'c2lnbmVk')), text('Forty-two.')],
    end: 'stop',
  },
  'reasoning-interleaved': {
    parts: [
      thought('First.', claude('First.', 'b25l')),
      text('One, '),
      thought('Second.', claude('Second.', 'dHdv', 1)),
      text('two.'),
    ],
    end: 'stop',
  },
  'reasoning-encrypted': {
    parts: [
      thought('', {
        type: 'reasoning.encrypted',
        data: 'gAAAAABencrypted',
        id: 'rs_1',
        format: 'openai-responses-v1',
        index: 0,
      }),
      text('Done.'),
    ],
    end: 'stop',
  },
  'reasoning-summary': {
    parts: [
      thought('**Planning**', {
        type: 'reasoning.summary',
        summary: '**Planning**',
        format: 'openai-responses-v1',
        index: 0,
      }),
      text('Done.'),
    ],
    end: 'stop',
  },
  'reasoning-empty-array': { parts: [thought(''), text('Done.')], end: 'stop' },
  'reasoning-string-only': { parts: [thought('Hm, yes.'), text('Done.')], end: 'stop' },
  'reasoning-unknown-type': {
    parts: [thought('', { type: 'reasoning.dream', colour: 'blue', index: 0 }), text('Done.')],
    end: 'stop',
  },
  'tools-fragmented': { parts: [text('Let me look.'), ...twoCalls], end: 'tool_calls' },
  'tools-whole': { parts: twoCalls, end: 'tool_calls' },
  'tools-missing-index': {
    parts: [call('call_a', 'weather', '{"city":"Bern"}'), call('call_b', 'time', '{}')],
    end: 'tool_calls',
  },
  'tools-shared-index': { parts: twoCalls, end: 'tool_calls' },
  'tools-duplicate-id': {
    parts: [call('call_a', 'weather', '{}'), call('call_2', 'time', '{}')],
    end: 'tool_calls',
  },
  'tools-missing-arguments': { parts: [call('call_a', 'now', '{}')], end: 'tool_calls' },
  'tools-trailing-blank': { parts: [call('call_a', 'weather', '{"city":"Bern"}')], end: 'tool_calls' },
  'tools-reason-stop': { parts: [call('call_a', 'weather', '{"city":"Bern"}')], end: 'tool_calls' },
}

test('every recording has an expectation', () => {
  expect(names.toSorted()).toEqual(Object.keys(expected).toSorted())
})

describe.each(names)('%s', (name) => {
  const bytes = recording(name)

  test('says what it must', async () => {
    const heard = await hear([bytes])
    const { parts, end, retryable } = expected[name]!
    expect(heard.parts).toEqual(parts)
    const last = heard.events.at(-1)
    if (retryable === undefined) expect(last).toMatchObject({ is: 'finished', reason: end })
    else expect(heard.trouble).toMatchObject({ kind: end, retryable })
    if (end === 'cut_short') expect(heard.events.some((event) => event.is === 'finished')).toBe(false)
    if (name !== 'no-usage' && retryable === undefined) expect(heard.usage?.cost_usd).toBe(0.00010375)
    expect(heard.events.find((event) => event.is === 'served')).toMatchObject({
      generation_id: 'gen-1763856000-a1b2c3d4',
    })
  })

  test('says the same wherever it is cut in two', async () => {
    const whole = gist(await hear([bytes]))
    for (let at = 1; at < bytes.length; at++) {
      expect(gist(await hear([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual(whole)
    }
  })

  test('says the same with the other line end, byte by byte', async () => {
    const other = bytes.includes('\r\n')
      ? bytes.toString().replaceAll('\r\n', '\n')
      : bytes.toString().replaceAll('\n', '\r\n')
    const singles = Array.from(Buffer.from(other), (byte) => Uint8Array.of(byte))
    expect(gist(await hear(singles))).toEqual(gist(await hear([bytes])))
  })
})

propertyTest.prop(
  [fc.constantFrom(...names), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 })],
  {
    numRuns: 150,
  },
)('says the same however it is cut', async (name, cuts) => {
  const bytes = recording(name)
  const places = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)).toSorted((a, b) => a - b)]
  const pieces = places.map((from, at) => bytes.subarray(from, places[at + 1] ?? bytes.length))
  const heard = await hear(pieces)
  expect(gist(heard)).toEqual(gist(await hear([bytes])))
  const grew = heard.events.filter((event) => event.is === 'grew').length
  expect(grew).toBeLessThanOrEqual(pieces.length + 1)
})

const anything = fc.jsonValue({ maxDepth: 2 })
const oddDelta = fc.record(
  {
    content: anything,
    reasoning: anything,
    reasoning_details: fc.oneof(
      anything,
      fc.array(fc.record({ type: anything, text: anything, index: anything })),
    ),
    tool_calls: fc.oneof(
      anything,
      fc.array(fc.record({ index: anything, id: anything, function: anything })),
    ),
  },
  { requiredKeys: [] },
)
propertyTest.prop([fc.array(anything, { maxLength: 4 }), fc.array(oddDelta, { maxLength: 8 })])(
  'chunks of any form end in an answer or a failure',
  async (chunks, deltas) => {
    const odd = deltas.map((delta) => ({ choices: [{ delta, finish_reason: null }] }))
    const body = [...odd, ...chunks].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')
    const heard = await hear([Buffer.from(body)])
    expect(heard.failure?.fault.code).toBe('provider_error')
  },
)
