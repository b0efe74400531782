import { ChatRequest$outboundSchema } from '@openrouter/sdk/models'
import { describe, expect, test } from 'vitest'
import type { Message, Part } from '@contract/message'
import type { ModelView } from '@contract/models'
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
const messages = (history: readonly Message[], model = 'openai/gpt-4o') =>
  encode({ history, model })['messages'] as Record<string, unknown>[]

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

  test('a tool loop becomes rounds: call, result, next round', () => {
    const call = (call_id: string, more: object = {}): Part => ({
      kind: 'tool_call',
      call_id,
      name: 'weather',
      arguments: '{"b":1,"a":2}',
      state: 'done',
      output: 'sunny',
      ...more,
    })
    const sent = messages([
      user,
      messageOf('assistant', [
        call('c1'),
        call('c2', { arguments: '', state: 'failed', output: 'no such city' }),
        text('So:'),
        call('c3', { state: 'building' }),
      ]),
      user,
    ])
    expect(sent.slice(1, -1)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"b":1,"a":2}' } },
          { id: 'c2', type: 'function', function: { name: 'weather', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
      { role: 'tool', tool_call_id: 'c2', content: 'no such city' },
      { role: 'assistant', content: 'So:' },
    ])
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
