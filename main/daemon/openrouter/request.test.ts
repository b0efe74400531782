import { ChatRequest$outboundSchema } from '@openrouter/sdk/models'
import { describe, expect, test } from 'vitest'
import type { Message, Part } from '@contract/message'
import type { ModelView } from '@contract/models'
import type { ToolView } from '@contract/tools'
import type { ChatTurn } from '../ports/driver'
import { messageOf, turnOf } from './open-room.suite'
import { attributionHeaders, encodeTurn } from './request'

const entry = (more: Partial<ModelView>): ModelView => ({
  id: 'openai/gpt-4o',
  name: 'GPT-4o',
  input_modalities: ['text'],
  output_modalities: ['text'],
  supports: [],
  is_free: false,
  ...more,
})
const encode = (more: Partial<ChatTurn> = {}) => encodeTurn(turnOf('Hi', more)) as Record<string, unknown>
const text = (value: string): Part => ({ kind: 'text', text: value })
const user = messageOf('user', [text('Hi')])
const answeredBy = (model: string): Partial<Message> => ({
  receipt: { route_id: 'openrouter', model, cost: { basis: 'unavailable' } },
})
const messages = (history: readonly Message[], model = 'openai/gpt-4o', more: Partial<ChatTurn> = {}) =>
  encode({ history, model, ...more })['messages'] as Record<string, unknown>[]
const weather: ToolView = {
  name: 'weather',
  description: 'How it is outside.',
  tool_class: 'read',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  parallel: true,
  timeout_ms: 1_000,
}
const call = (call_id: string, more: object = {}): Part => ({
  kind: 'tool_call',
  call_id,
  name: 'weather',
  arguments: '{"b":1,"a":2}',
  state: 'done',
  output: 'sunny',
  ...more,
})
const picture = (asset_id: string): Part => ({
  kind: 'attachment',
  asset: { asset_id, media_type: 'image/png', file_name: 'cat.png', byte_length: 3 } as never,
  emitted: true,
})

describe('the body', () => {
  test('says no more than what was asked', () => {
    expect(encode()).toEqual({
      model: 'openai/gpt-4o',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      session_id: 'chat-1',
    })
  })

  test('carries settings, fallback and system text', () => {
    const body = encode({
      system: 'Be brief.',
      fallback_models: ['a/b', 'c/d'],
      generation: { temperature: 0, max_tokens: 100, reasoning_effort: 'low' },
    })
    expect(body).toMatchObject({
      models: ['openai/gpt-4o', 'a/b', 'c/d'],
      temperature: 0,
      max_tokens: 100,
      reasoning: { effort: 'low' },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
    })
  })

  test.each([
    ['the model’s own limit', { max_output_tokens: 4096 }, 4096],
    ['no more than 32,000', { max_output_tokens: 128_000 }, 32_000],
    ['half of a small context', { max_output_tokens: 8192, context_length: 8192 }, 4096],
    ['nothing when nothing is known', { context_length: 8192 }, undefined],
  ])('allows %s', (_, more, expected) => {
    expect(encode({ entry: entry(more) })['max_tokens']).toBe(expected)
    expect(encode({ entry: entry(more), generation: { max_tokens: 7 } })['max_tokens']).toBe(7)
  })

  test('names the app in plain ASCII', () => {
    expect(attributionHeaders({ appUrl: 'http://localhost☃', appTitle: 'Kheish “Desktop” ☃' })).toEqual({
      'HTTP-Referer': 'http://localhost',
      'X-OpenRouter-Title': 'Kheish Desktop',
    })
  })
})

describe('the conversation', () => {
  test('several parts stay in order, attachments as a mention', () => {
    const asset = { asset_id: 'a', media_type: 'image/png', file_name: 'cat.png', byte_length: 3 } as never
    const sent = messages([messageOf('user', [text('Look:'), { kind: 'attachment', asset }, text('Nice?')])])
    expect(sent[0]?.['content']).toEqual([
      { type: 'text', text: 'Look:' },
      { type: 'text', text: '[Earlier picture a, not shown again: cat.png (image/png)]' },
      { type: 'text', text: 'Nice?' },
    ])
  })

  test('a message that says nothing is left out, a broken-off one keeps what it said', () => {
    const sent = messages([
      user,
      messageOf('assistant', [], { status: 'failed' }),
      user,
      messageOf('assistant', [text('Half an')], { status: 'interrupted' }),
      messageOf('user', [text('')]),
      user,
    ])
    expect(sent.map((one) => one['content'])).toEqual(['Hi', 'Hi', 'Half an', 'Hi'])
  })
})

describe('tools', () => {
  const offered = { tools: [weather] }
  const listed = (...supports: string[]) => encode({ ...offered, entry: entry({ supports }) })

  test('are offered as functions, unless the catalogue says that the model takes none', () => {
    const tool = {
      type: 'function',
      function: { name: 'weather', description: 'How it is outside.', parameters: weather.parameters },
    }
    expect(encode(offered)).toMatchObject({ tools: [tool], tool_choice: 'auto', parallel_tool_calls: true })
    expect(listed()).toHaveProperty('tools')
    expect(listed('temperature')).not.toHaveProperty('tools')
    expect(listed('temperature')).not.toHaveProperty('tool_choice')
    // A field that no upstream takes could leave nobody to answer.
    expect(listed('tools')).not.toHaveProperty('parallel_tool_calls')
    expect(listed('tools', 'tool_choice')).toHaveProperty('tool_choice', 'auto')
    expect(ChatRequest$outboundSchema.parse(camel(encode(offered)))).toEqual(encode(offered))
  })

  test('a loop becomes rounds: calls, a result for each, next round', () => {
    const parts = [
      call('c1'),
      call('c2', { arguments: '', state: 'failed', output: 'no such city' }),
      call('c3', { turn: 2 }),
      text('So:'),
      call('c4', { state: 'building' }),
    ]
    const sent = messages([user, messageOf('assistant', parts), user], undefined, offered)
    const wire = (id: string, given: string) => ({
      id,
      type: 'function',
      function: { name: 'weather', arguments: given },
    })
    expect(sent.slice(1, -1)).toEqual([
      { role: 'assistant', content: null, tool_calls: [wire('c1', '{"b":1,"a":2}'), wire('c2', '{}')] },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
      { role: 'tool', tool_call_id: 'c2', content: 'no such city' },
      { role: 'assistant', content: null, tool_calls: [wire('c3', '{"b":1,"a":2}')] },
      { role: 'tool', tool_call_id: 'c3', content: 'sunny' },
      { role: 'assistant', content: 'So:' },
    ])
  })

  test('an answer that goes on ends with its results, and later turns only add to what was sent', () => {
    const detail = { type: 'reasoning.encrypted', data: 'x', format: 'openai-responses-v1', index: 0 }
    const first: Part[] = [
      { kind: 'reasoning', text: '', details: [detail] },
      text('Hm.'),
      call('c1'),
      picture('a1'),
    ]
    const turn = (...parts: Part[]) =>
      messages(
        [user, messageOf('assistant', [...first, ...parts], answeredBy('openai/gpt-4o'))],
        undefined,
        offered,
      )
    expect(turn()).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: 'Hm.', reasoning_details: [detail], tool_calls: [{ id: 'c1' }] },
      { role: 'tool', tool_call_id: 'c1' },
    ])
    expect(turn(call('c2', { turn: 2 })).slice(0, 3)).toEqual(turn())
  })

  test.each([
    ['{"a":', 'weather', '{}', 'weather'],
    ['[1]', 'functions.weather now', '{}', 'functions_weather_now'],
    ['{"a":1}', 'x'.repeat(70), '{"a":1}', 'x'.repeat(64)],
  ])('%s of %s goes back so that nobody refuses it', (given, name, wire, called) => {
    const parts = [call('c', { arguments: given, name, state: 'failed', output: 'Error' })]
    const sent = messages([user, messageOf('assistant', parts), user], undefined, offered)
    expect(sent[1]).toMatchObject({ tool_calls: [{ function: { name: called, arguments: wire } }] })
  })

  test('a call without a known end has a result that says so', () => {
    const lost = call('c', { state: 'failed', output: undefined, facts: { outcome: 'unknown' } })
    const sent = messages([user, messageOf('assistant', [lost]), user], undefined, offered)
    expect(sent[2]?.['content']).toMatch(/nobody knows/)
  })

  test('what was shown is told by its id, unless a result tells it; its words are not the model’s', () => {
    const shown = (output: string) =>
      messages(
        [
          user,
          messageOf('assistant', [
            call('c', { output }),
            { ...text('Look'), emitted: true } as Part,
            picture('a1'),
            text('Nice?'),
          ]),
          user,
        ],
        undefined,
        offered,
      )[3]?.['content']
    expect(shown('ok')).toBe('[Picture a1, shown here: cat.png (image/png)]\n\nNice?')
    expect(shown('{"assets":["a1"]}')).toBe('Nice?')
  })

  test('what a person had made is told in words, with the ids of what came', () => {
    const direct = call('c', { name: 'edit_image', direct: true })
    const sent = messages([user, messageOf('assistant', [direct, picture('a1')]), user], undefined, offered)
    expect(sent[1]).toEqual({
      role: 'assistant',
      content:
        '[The person used edit_image here, without you.]\n\n[Picture a1, shown here: cat.png (image/png)]',
    })
  })

  test('without tools in the request calls are told in words', () => {
    const parts = [text('Let me see.'), call('c', { output: 'rain '.repeat(1_000) }), text('Rain.')]
    const [, first, second] = messages([user, messageOf('assistant', parts), user])
    expect(first).not.toHaveProperty('tool_calls')
    expect(first?.['content']).toMatch(
      /^Let me see\.\n\n\[You used weather with {"b":1,"a":2}\. It answered: rain .{3980,4010}…\]$/,
    )
    expect(second).toEqual({ role: 'assistant', content: 'Rain.' })
    expect(messages([user, messageOf('assistant', parts.slice(0, 2))]).at(-1)).toEqual({
      role: 'user',
      content: 'Go on.',
    })
  })
})

describe('thoughts that go back', () => {
  const signed = {
    type: 'reasoning.text',
    text: 'Hm',
    format: 'anthropic-claude-v1',
    signature: 's',
    index: 0,
  }
  const unsigned = { type: 'reasoning.text', text: 'Hm', format: 'anthropic-claude-v1', index: 1 }
  const closed = { type: 'reasoning.encrypted', data: 'x', format: 'openai-responses-v1', index: 0 }
  const unknown = { type: 'reasoning.dream', format: null, colour: 'blue' }
  const sent = (from: string, to: string, details: readonly object[], thought = 'Hm') => {
    const parts: Part[] = [{ kind: 'reasoning', text: thought, details: details as never }, text('Yes')]
    const {
      role: _,
      content: __,
      ...rest
    } = messages([user, messageOf('assistant', parts, answeredBy(from)), user], to)[1]!
    return rest
  }
  const claude = 'anthropic/claude-opus-4.8'

  test('details go as they came, in order, unknown ones too', () => {
    expect(sent(claude, claude, [signed, unknown])).toEqual({ reasoning_details: [signed, unknown] })
    expect(sent(claude, 'anthropic/claude-sonnet-5', [signed])).toEqual({ reasoning_details: [signed] })
    expect(sent(`${claude}:nitro`, claude, [unknown])).toEqual({ reasoning_details: [unknown] })
  })

  test('an unsigned thought stays behind, and its text with it', () => {
    expect(sent(claude, claude, [signed, unsigned])).toEqual({ reasoning_details: [signed] })
    expect(sent(claude, claude, [unsigned])).toEqual({})
  })

  test('another family gets none of it', () => {
    expect(sent(claude, 'openai/gpt-5.6', [signed])).toEqual({})
    expect(sent('openai/gpt-5.6', claude, [closed])).toEqual({})
    expect(sent('openai/gpt-5.6', claude, [])).toEqual({})
    expect(sent('deepseek/deepseek-v4-pro', claude, [unknown])).toEqual({})
  })

  test('an empty list is kept; text alone goes as text', () => {
    const model = 'deepseek/deepseek-v4-pro'
    expect(sent(model, model, [], '')).toEqual({ reasoning_details: [] })
    expect(sent(model, model, [])).toEqual({ reasoning: 'Hm', reasoning_details: [] })
  })

  test('a message that never thought says nothing of it', () => {
    const plain = messages([user, messageOf('assistant', [text('Yes')], answeredBy(claude)), user], claude)[1]
    expect(plain).toEqual({ role: 'assistant', content: 'Yes' })
  })
})

describe('who may serve', () => {
  const providerOf = (provider_preferences: ChatTurn['provider_preferences']) =>
    encode(provider_preferences ? { provider_preferences } : {})['provider']

  test.each<[asked: ChatTurn['provider_preferences'], wire: unknown]>([
    [undefined, undefined],
    [{}, undefined],
    [{ max_price: {} }, undefined],
    [
      { zdr: true, data_collection: 'deny' },
      { zdr: true, data_collection: 'deny' },
    ],
    [
      { only: ['azure'], allow_fallbacks: false },
      { only: ['azure'], allow_fallbacks: false },
    ],
    [{ max_price: { prompt: 1, completion: 2.5 } }, { max_price: { prompt: '1', completion: '2.5' } }],
    [{ max_price: { prompt: 0, request: 1e-7 } }, { max_price: { prompt: '0', request: '0.0000001' } }],
    [{ max_price: { image: 1e6 } }, { max_price: { image: '1000000' } }],
  ])('%j travels as %j', (asked, wire) => {
    expect(providerOf(asked)).toEqual(wire)
  })

  test('no fallback, no list of models', () => {
    expect(encode({ fallback_models: [] })).not.toHaveProperty('models')
  })

  test('the whole body is one that the published schema writes', () => {
    const body = encode({
      system: 'Be brief.',
      fallback_models: ['a/b', 'c/d'],
      generation: { temperature: 0, max_tokens: 100, reasoning_effort: 'none' },
      provider_preferences: {
        only: ['azure', 'deepinfra/turbo'],
        order: ['azure'],
        ignore: ['openai'],
        allow_fallbacks: false,
        data_collection: 'deny',
        zdr: true,
        sort: 'throughput',
        max_price: { prompt: 1, completion: 2, request: 0.01, image: 0.5 },
      },
    })
    expect(ChatRequest$outboundSchema.parse(camel(body))).toEqual(body)
  })
})

/** As the published package spells what it is given; it writes the wire's own names. */
function camel(value: unknown): never {
  const spelled = (one: unknown): unknown =>
    Array.isArray(one)
      ? one.map(spelled)
      : typeof one === 'object' && one !== null
        ? Object.fromEntries(
            Object.entries(one).map(([name, inner]) => [
              name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
              spelled(inner),
            ]),
          )
        : one
  return spelled(value) as never
}
