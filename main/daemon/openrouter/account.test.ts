import { createHash } from 'node:crypto'
import { fetch } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import { readEntry } from './catalogue'
import { collect, open, turnOf } from './open-room.suite'
import { signInUrl } from './sign-in'

const rooms: Awaited<ReturnType<typeof open>>[] = []
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
const signal = new AbortController().signal

describe('the catalogue', () => {
  test('holds every kind of model and passes over the broken entry', async () => {
    const { driver, access, demo } = await room()
    const models = await driver.listModels(access, signal)
    expect(models).toHaveLength(420)
    expect(demo.requests[0]?.path).toBe('/v1/models?output_modalities=all')
    expect(new Set(models.flatMap((model) => model.output_modalities))).toContain('speech')

    const auto = models.find((model) => model.id === 'openrouter/auto')
    expect(auto).not.toHaveProperty('prompt_usd_per_million')
    expect(auto?.is_free).toBe(false)
    expect(models.find((model) => model.id === 'demo-lab/novel-modality')).toMatchObject({
      input_modalities: ['text', 'scent'],
      supports: expect.arrayContaining(['intuition']) as string[],
    })
    expect(models.find((model) => model.id === 'anthropic/claude-opus-4.8')).toMatchObject({
      name: 'Anthropic: Claude Opus 4.8',
      context_length: 1_000_000,
      max_output_tokens: 128_000,
      prompt_usd_per_million: 5,
      completion_usd_per_million: 25,
      is_free: false,
    })
    expect(models.filter((model) => model.is_free).length).toBeGreaterThan(20)
  })

  test('is read page by page', async () => {
    const entry = (id: string) => ({ id, pricing: { prompt: '0.000001', completion: '0' } })
    const { driver, access, demo } = await room([
      { on: 'models', body: { data: [entry('a/1'), entry('a/2')], links: { next: '/v1/models?offset=2' } } },
      {
        on: 'models',
        body: { data: [entry('a/2'), 7, null], links: { next: 'https://elsewhere.example/models' } },
      },
    ])
    expect((await driver.listModels(access, signal)).map((model) => model.id)).toEqual(['a/1', 'a/2'])
    expect(demo.requests.map((request) => request.path)).toEqual([
      '/v1/models?output_modalities=all',
      '/v1/models?offset=2',
    ])
  })

  test('of an unknown form is an error, not an empty list', async () => {
    const { driver, access } = await room([
      { on: 'models', body: { models: [] } },
      { on: 'models', body: '<html></html>' },
      { on: 'models', status: 500, body: { error: { code: 500, message: 'Internal Server Error' } } },
    ])
    for (const kind of ['malformed', 'malformed', 'provider_down']) {
      await expect(driver.listModels(access, signal)).rejects.toMatchObject({ fault: { kind } })
    }
  })

  test('an entry with nulls and surprises is used as far as it goes', () => {
    expect(
      readEntry({
        id: 'a/b',
        name: null,
        created: 'yesterday',
        context_length: null,
        architecture: { input_modalities: ['text', 3], output_modalities: null },
        pricing: { prompt: null },
        top_provider: null,
        supported_parameters: 'all of them',
        surprise: {},
      }),
    ).toEqual({
      id: 'a/b',
      name: 'a/b',
      input_modalities: ['text'],
      output_modalities: [],
      supports: [],
      is_free: false,
    })
    const named = { id: 'a/b', pricing: {}, canonical_slug: 'a/b-20260301' }
    expect(readEntry(named)?.canonical_slug).toBe('a/b-20260301')
    expect(readEntry({ ...named, canonical_slug: 'a/b' })).not.toHaveProperty('canonical_slug')
    expect(readEntry({ id: '', pricing: {} })).toBeUndefined()
    expect(readEntry({ name: 'x' })).toBeUndefined()
  })
})

describe('the upstreams', () => {
  test('have names and slugs that need not look alike', async () => {
    const { driver, access, demo } = await room()
    const upstreams = await driver.listUpstreams(access, signal)
    expect(upstreams).toContainEqual({ slug: 'google-vertex', name: 'Google' })
    expect(new Set(upstreams.map(({ slug }) => slug)).size).toBe(upstreams.length)
    expect(demo.requests[0]?.path).toBe('/v1/providers')
  })

  test('are read one by one, and a form nobody knows is an error', async () => {
    const data = [
      { slug: 'a', name: ' A ' },
      { slug: '', name: 'B' },
      { name: 'C' },
      null,
      { slug: 'd', name: 'D' },
    ]
    const { driver, access } = await room([
      { on: 'providers', body: { data } },
      { on: 'providers', body: { providers: [] } },
    ])
    expect(await driver.listUpstreams(access, signal)).toEqual([
      { slug: 'a', name: 'A' },
      { slug: 'd', name: 'D' },
    ])
    await expect(driver.listUpstreams(access, signal)).rejects.toMatchObject({ fault: { kind: 'malformed' } })
  })
})

describe('the key', () => {
  test('is described by the key endpoint', async () => {
    const { driver, access } = await room()
    expect(await driver.checkKey(access, signal)).toEqual({
      label: 'sk-or-v1-dem…o42',
      limit_usd: 25,
      limit_remaining_usd: 25,
      usage_usd: 0,
      is_free_tier: false,
    })
  })

  test('is refused, although the list of models is open to it', async () => {
    const { driver, access } = await room()
    const bad = { ...access, key: 'sk-or-bad-key' }
    expect(await driver.listModels(bad, signal)).toHaveLength(420)
    await expect(driver.checkKey(bad, signal)).rejects.toMatchObject({
      fault: { code: 'provider_error', kind: 'key_refused', retryable: false, http_status: 401 },
    })
  })

  test('nulls are unknowns, an error inside HTTP 200 is an error', async () => {
    const { driver, access } = await room([
      { on: 'key', body: { data: { label: null, limit: null, usage: 'much' } } },
      { on: 'key', body: { error: { code: 401, message: 'User not found.' } } },
    ])
    expect(await driver.checkKey(access, signal)).toEqual({
      label: '',
      limit_usd: null,
      limit_remaining_usd: null,
      usage_usd: null,
      is_free_tier: null,
    })
    await expect(driver.checkKey(access, signal)).rejects.toMatchObject({ fault: { kind: 'key_refused' } })
  })
})

describe('the generation record', () => {
  test('lags, then tells who served and what it cost', async () => {
    const { driver, access } = await room([{ text: 'one two three' }])
    const heard = await collect(driver.streamChat(access, turnOf('Hi'), signal))
    const accepted = heard.events[0]
    const id = accepted?.is === 'accepted' ? (accepted.generation_id ?? '') : ''
    expect(await driver.findGeneration(access, id, signal)).toBeUndefined()
    expect(await driver.findGeneration(access, id, signal)).toEqual({
      served_model: 'openai/gpt-4o',
      served_provider: 'OpenAI',
      cost_usd: heard.usage?.cost_usd,
      prompt_tokens: heard.usage?.prompt_tokens,
      completion_tokens: 3,
    })
  })

  test('other troubles are troubles', async () => {
    const { driver, access } = await room([{ on: 'generation', status: 500, body: '' }])
    await expect(driver.findGeneration(access, 'gen-1', signal)).rejects.toMatchObject({
      fault: { kind: 'provider_down', generation_id: 'gen-1' },
    })
  })
})

describe('signing in', () => {
  test.each([
    [
      'https://openrouter.ai/api/v1',
      'https://openrouter.ai/auth?callback_url=http%3A%2F%2Flocalhost%3A1%2Fcb',
    ],
    [
      'https://eu.openrouter.ai/api/v1',
      'https://openrouter.ai/auth?callback_url=http%3A%2F%2Flocalhost%3A1%2Fcb',
    ],
    ['http://127.0.0.1:9/v1', 'http://127.0.0.1:9/auth?callback_url=http%3A%2F%2Flocalhost%3A1%2Fcb'],
  ])('for %s begins at the right page', (prefix, expected) => {
    expect(signInUrl(prefix, 'http://localhost:1/cb', 'abc')).toBe(
      `${expected}&code_challenge=abc&code_challenge_method=S256`,
    )
  })

  test('takes the browser to the callback, and the code to a key, once', async () => {
    const { driver, access } = await room()
    const verifier = 'v'.repeat(64)
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const url = driver.signInUrl(access.prefix, 'http://127.0.0.1:4321/callback?state=7', challenge)
    const page = await fetch(url, { redirect: 'manual' })
    const back = new URL(page.headers.get('location') ?? '')
    expect(back.origin).toBe('http://127.0.0.1:4321')
    expect(back.searchParams.get('state')).toBe('7')
    const code = back.searchParams.get('code') ?? ''
    expect(await driver.exchangeCode(access.prefix, code, verifier, signal)).toMatch(/^sk-or-v1-/)
    await expect(driver.exchangeCode(access.prefix, code, verifier, signal)).rejects.toMatchObject({
      fault: { code: 'provider_error', kind: 'forbidden' },
    })
  })

  test('a wrong verifier gets no key', async () => {
    const { driver, access } = await room()
    const url = driver.signInUrl(access.prefix, 'http://localhost:1/cb', 'another-challenge')
    const page = await fetch(url, { redirect: 'manual' })
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? ''
    await expect(driver.exchangeCode(access.prefix, code, 'v', signal)).rejects.toThrow()
  })
})
