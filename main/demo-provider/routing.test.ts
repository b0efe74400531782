import { fetch } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemoProvider, type DemoProvider } from './index'

let demo: DemoProvider
beforeAll(async () => {
  demo = await startDemoProvider({ tokens_per_second: 100_000, generation_misses: 0 })
})
afterAll(() => demo.stop())

const claude = 'anthropic/claude-sonnet-4.6'
const llama = 'meta-llama/llama-3.3-70b-instruct'

async function ask(more: object) {
  const answer = await fetch(`${demo.prefix}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-or-v1-test', 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], ...more }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('who serves', () => {
  test.each<[model: string, provider: object | undefined, served: string]>([
    [claude, undefined, 'Anthropic'],
    [claude, { only: ['amazon-bedrock'] }, 'Amazon Bedrock'],
    [claude, { only: ['google-vertex', 'amazon-bedrock'] }, 'Amazon Bedrock'],
    [claude, { order: ['google-vertex', 'anthropic'] }, 'Google'],
    [claude, { order: ['azure'], allow_fallbacks: true }, 'Anthropic'],
    [claude, { order: ['amazon-bedrock'], allow_fallbacks: false }, 'Amazon Bedrock'],
    [claude, { ignore: ['anthropic'] }, 'Amazon Bedrock'],
    [claude, { zdr: true }, 'Amazon Bedrock'],
    [llama, { sort: 'price' }, 'DeepInfra'],
    [llama, { sort: { by: 'throughput' } }, 'Together'],
    [llama, { only: ['deepinfra/turbo'] }, 'DeepInfra'],
    [llama, { max_price: { prompt: '0.09' } }, 'DeepInfra'],
    ['deepseek/deepseek-v4-pro', { data_collection: 'deny' }, 'DeepInfra'],
    ['deepseek/deepseek-v4-pro', { data_collection: 'allow' }, 'DeepSeek'],
  ])('%s with %j: %s', async (model, provider, served) => {
    const { status, body } = await ask({ model, provider })
    expect([status, body['provider']]).toEqual([200, served])
  })

  test.each<[provider: object, excluded_by: string, code: string]>([
    [{ only: ['deepinfra'] }, 'allowed_providers', 'constraint_filtered'],
    [{ order: ['azure'], allow_fallbacks: false }, 'allowed_providers', 'constraint_filtered'],
    [
      { ignore: ['anthropic', 'amazon-bedrock', 'google-vertex'] },
      'allowed_providers',
      'constraint_filtered',
    ],
    [{ only: ['anthropic'], zdr: true }, 'data_policy:zdr', 'privacy_restricted'],
    [{ max_price: { completion: '1' } }, 'max_price', 'constraint_filtered'],
  ])('with %j nobody is left, by %s', async (provider, excluded_by, code) => {
    const { status, body } = await ask({ model: claude, provider })
    expect(status).toBe(404)
    expect(body).toMatchObject({ error: { code: 404, availability: { code, excluded_by: [excluded_by] } } })
  })

  test('a free variant is paid for with what is sent', async () => {
    const { body } = await ask({ model: `${llama}:free`, provider: { data_collection: 'deny' } })
    expect(body).toMatchObject({ error: { availability: { excluded_by: ['data_policy:training'] } } })
  })

  test('the bill is that of whoever serves', async () => {
    const cost = async (provider: object) =>
      ((await ask({ model: llama, provider })).body['usage'] as { cost: number }).cost
    expect(await cost({ only: ['deepinfra'] })).toBeLessThan(await cost({ only: ['together'] }))
  })
})

describe('fallback models', () => {
  test('are tried in order when the first one fails, is unknown or has nobody left', async () => {
    demo.faults.add([{ failing_models: ['openai/gpt-4o', 'openai/gpt-4o-mini'] }])
    const models = ['openai/gpt-4o', 'openai/gpt-4o-mini', claude]
    expect((await ask({ model: 'openai/gpt-4o', models })).body['model']).toBe(claude)
    expect((await ask({ model: 'no/such', models: ['no/such', claude] })).body['model']).toBe(claude)
    const provider = { only: ['azure'] }
    expect((await ask({ model: claude, models: [claude, 'openai/gpt-4o'], provider })).body['model']).toBe(
      'openai/gpt-4o',
    )
  })

  test('that fail too leave the first one’s word', async () => {
    demo.faults.add([{ failing_models: ['openai/gpt-4o', claude] }])
    const { status, body } = await ask({ model: 'openai/gpt-4o', models: ['openai/gpt-4o', claude] })
    expect(status).toBe(502)
    expect(body).toMatchObject({ error: { metadata: { provider_name: 'OpenAI' } } })
  })
})

test('a behaviour can say that somebody else answered, or say nothing', async () => {
  demo.faults.add([{ serve_as: { provider: 'DeepInfra', model: llama } }, { serve_as: { provider: null } }])
  expect((await ask({ model: claude })).body).toMatchObject({ provider: 'DeepInfra', model: llama })
  expect((await ask({ model: claude })).body).not.toHaveProperty('provider')
})
