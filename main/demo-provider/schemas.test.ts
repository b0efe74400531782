import { createParser } from 'eventsource-parser'
import {
  ChatResult$inboundSchema,
  ChatStreamChunk$inboundSchema,
  GenerationResponse$inboundSchema,
  ImageGenerationResponse$inboundSchema,
  ImageModelEndpointsResponse$inboundSchema,
  ImageModelsListResponse$inboundSchema,
  ImageStreamingResponseData$inboundSchema,
  Model$inboundSchema,
  ModelsListResponse$inboundSchema,
  NotFoundResponseErrorData$inboundSchema,
} from '@openrouter/sdk/models'
import {
  ExchangeAuthCodeForAPIKeyResponse$inboundSchema,
  GetCurrentKeyResponse$inboundSchema,
  ListProvidersResponse$inboundSchema,
} from '@openrouter/sdk/models/operations'
import { fetch } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemoProvider, type DemoProvider } from './index'

// The demo may not drift into fiction: what it says must pass the provider's own published schemas.
let demo: DemoProvider
beforeAll(async () => {
  demo = await startDemoProvider({ tokens_per_second: 100_000, generation_misses: 0 })
})
afterAll(() => demo.stop())

const headers = { authorization: 'Bearer sk-or-v1-test', 'content-type': 'application/json' }
const get = async (path: string) => (await fetch(`${demo.prefix}${path}`, { headers })).json()
const ask = (body: object) =>
  fetch(`${demo.prefix}/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Show me some code' }], ...body }),
  })

async function chunksOf(body: object): Promise<unknown[]> {
  const chunks: unknown[] = []
  let done = false
  const parser = createParser({
    onEvent: ({ data }) => void (data === '[DONE]' ? (done = true) : chunks.push(JSON.parse(data))),
  })
  parser.feed(await (await ask({ stream: true, ...body })).text())
  expect(done).toBe(true)
  return chunks
}

/** Why a value does not fit; undefined when it does. */
const misfit = (schema: { safeParse(value: unknown): { error?: unknown } }, value: unknown): unknown =>
  schema.safeParse(value).error

describe('the published schemas accept', () => {
  test.each(['openai/gpt-4o', 'anthropic/claude-opus-4.8', 'google/gemini-3.5-pro', 'openrouter/auto'])(
    'every chunk and the whole answer of %s',
    async (model) => {
      const chunks = await chunksOf({ model })
      expect(chunks.length).toBeGreaterThan(20)
      for (const chunk of chunks) expect(misfit(ChatStreamChunk$inboundSchema, chunk)).toBeUndefined()
      expect(misfit(ChatResult$inboundSchema, await (await ask({ model })).json())).toBeUndefined()
    },
  )

  test('tool calls, late details and errors in a stream', async () => {
    demo.faults.add([
      { tool_calls: [[{ index: 0, id: 'c', type: 'function', function: { name: 'now', arguments: '{}' } }]] },
      {
        text: 'one two',
        reasoning_details: [[{ type: 'reasoning.encrypted', data: 'x', id: null, format: 'unknown' }]],
        late_detail: true,
      },
    ])
    for (let i = 0; i < 2; i++) {
      for (const chunk of await chunksOf({ model: 'openai/gpt-4o' }))
        expect(misfit(ChatStreamChunk$inboundSchema, chunk)).toBeUndefined()
    }
  })

  test('all models but the one that is broken on purpose', async () => {
    for (const query of ['', '?output_modalities=all', '?output_modalities=image&limit=2']) {
      const list = (await get(`/models${query}`)) as { data: object[] }
      const good = list.data.filter((entry) => 'id' in entry)
      expect(list.data.length - good.length).toBe(1)
      expect(misfit(ModelsListResponse$inboundSchema, { ...list, data: good })).toBeUndefined()
      expect(Model$inboundSchema.safeParse(list.data.find((entry) => !('id' in entry))).success).toBe(false)
    }
  })

  const order = (body: object) =>
    fetch(`${demo.prefix}/images`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ prompt: 'a star', ...body }),
    })

  test('pictures, at once and while they come to be', async () => {
    const whole = await (await order({ model: 'recraft/recraft-v4', n: 2 })).json()
    expect(misfit(ImageGenerationResponse$inboundSchema, whole)).toBeUndefined()
    const events: unknown[] = []
    demo.faults.add([
      { on: 'images', text: 'A star.' },
      { on: 'images', after_chunks: 2, error: 'no_code' },
    ])
    for (let i = 0; i < 2; i++) {
      const parser = createParser({
        onEvent: ({ data }) => void (data === '[DONE]' || events.push(JSON.parse(data))),
      })
      parser.feed(await (await order({ model: 'openai/gpt-image-2', stream: true })).text())
    }
    const kinds = new Set(events.map((event) => (event as { type: string }).type))
    expect(kinds.size).toBe(5)
    for (const event of events)
      expect(misfit(ImageStreamingResponseData$inboundSchema, event)).toBeUndefined()
  })

  test('pictures in chat, whole and in a stream', async () => {
    const body = { model: 'google/gemini-2.5-flash-image', modalities: ['image', 'text'] }
    expect(misfit(ChatResult$inboundSchema, await (await ask(body)).json())).toBeUndefined()
    const chunks = await chunksOf(body)
    expect(JSON.stringify(chunks)).toContain('"images":[')
    for (const chunk of chunks) expect(misfit(ChatStreamChunk$inboundSchema, chunk)).toBeUndefined()
  })

  test('the models that make pictures, and their offers', async () => {
    const { data } = (await get('/images/models')) as { data: { id: unknown }[] }
    const good = data.filter(({ id }) => typeof id === 'string')
    expect(data.length - good.length).toBe(1)
    expect(misfit(ImageModelsListResponse$inboundSchema, { data: good })).toBeUndefined()
    for (const { id } of good) {
      const offers = await get(`/images/models/${String(id)}/endpoints`)
      expect(misfit(ImageModelEndpointsResponse$inboundSchema, offers)).toBeUndefined()
    }
  })

  test('the providers, and why nobody is left', async () => {
    expect(misfit(ListProvidersResponse$inboundSchema, await get('/providers'))).toBeUndefined()
    const refused = await ask({ model: 'openai/gpt-4o', provider: { only: ['deepinfra'] } })
    const { error } = (await refused.json()) as { error: unknown }
    expect(refused.status).toBe(404)
    expect(misfit(NotFoundResponseErrorData$inboundSchema, error)).toBeUndefined()
  })

  test('the key, the generation and the exchange', async () => {
    expect(misfit(GetCurrentKeyResponse$inboundSchema, await get('/key'))).toBeUndefined()
    const answer = (await (await ask({ model: 'openai/gpt-4o' })).json()) as { id: string }
    expect(misfit(GenerationResponse$inboundSchema, await get(`/generation?id=${answer.id}`))).toBeUndefined()
    const page = await fetch(
      `${new URL(demo.prefix).origin}/auth?callback_url=http%3A%2F%2F127.0.0.1%3A1%2F&code_challenge=v&code_challenge_method=plain`,
      { redirect: 'manual' },
    )
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code')
    const exchanged = await fetch(`${demo.prefix}/auth/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, code_verifier: 'v' }),
    })
    expect(misfit(ExchangeAuthCodeForAPIKeyResponse$inboundSchema, await exchanged.json())).toBeUndefined()
  })
})
