import { createHash } from 'node:crypto'
import { fetch } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import { startDemoProvider, type DemoOptions, type DemoProvider } from './index'
import { demoModels } from './models'
import { textOfTokens, tokensOf } from './respond'

const started: DemoProvider[] = []
async function start(options: DemoOptions = {}) {
  const demo = await startDemoProvider({ tokens_per_second: 100_000, ...options })
  started.push(demo)
  return demo
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((demo) => demo.stop()))
})

const auth = { authorization: 'Bearer sk-or-v1-test' }
const post = (url: string, body: object, headers: Record<string, string> = auth) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const ask = (demo: DemoProvider, text: string, more: object = {}) =>
  post(`${demo.prefix}/chat/completions`, {
    model: 'openai/gpt-4o',
    messages: [{ role: 'user', content: text }],
    ...more,
  })
interface Whole {
  readonly choices: readonly {
    readonly message: { readonly content: string; readonly reasoning: string | null }
  }[]
  readonly usage: { readonly cost: number; readonly completion_tokens: number }
}
const say = async (demo: DemoProvider, text: string, more: object = {}) =>
  (await (await ask(demo, text, more)).json()) as Whole
const contentOf = (whole: Whole): string => whole.choices[0]?.message.content ?? ''

describe('the catalogue', () => {
  test('has 420 models with ids of their own, of many houses and kinds', () => {
    expect(demoModels).toHaveLength(420)
    expect(new Set(demoModels.map((model) => model.id)).size).toBe(420)
    expect(new Set(demoModels.map((model) => model.id.split('/')[0])).size).toBeGreaterThan(40)
    for (const model of demoModels) expect(model.id).toMatch(/^~?[\w.-]+\/[\w.-]+(:\w+)?$/)
    expect(demoModels.filter((model) => Number(model.pricing.prompt) < 0).length).toBe(2)
  })

  test('shows text models unless all are asked for', async () => {
    const demo = await start()
    const count = async (query: string) =>
      ((await (await fetch(`${demo.prefix}/models${query}`)).json()) as { total_count: number }).total_count
    expect(await count('?output_modalities=all')).toBe(420)
    expect(await count('')).toBeLessThan(400)
    expect(await count('?output_modalities=speech')).toBeLessThan(20)
  })
})

describe('answers', () => {
  test('fit what was asked, quote it, and are the same every time', async () => {
    const demo = await start()
    expect(contentOf(await say(demo, 'Write some code'))).toContain('```ts')
    expect(contentOf(await say(demo, 'Compare formats in a table'))).toContain('| PNG |')
    expect(contentOf(await say(demo, 'A formula, please'))).toContain('$$')
    const other = contentOf(await say(demo, 'Where is my umbrella?'))
    expect(other).toContain('Where is my umbrella?')
    expect(other).toContain('openai/gpt-4o')
    expect(contentOf(await say(demo, 'Where is my umbrella?'))).toBe(other)
  })

  test('of reasoning models begin with a thought', async () => {
    const demo = await start()
    const whole = await say(demo, 'Why?', { model: 'deepseek/deepseek-r1' })
    expect(whole.choices[0]?.message.reasoning).toContain('Why?')
  })

  test('cost what the model costs', async () => {
    const demo = await start({ script: [{ tokens: 1000, times: 2 }] })
    const dear = await say(demo, 'Hi', { model: 'openai/gpt-4o' })
    expect(dear.usage.completion_tokens).toBe(1000)
    expect(dear.usage.cost).toBeGreaterThan(0.01)
    expect((await say(demo, 'Hi', { model: 'openai/gpt-oss-120b:free' })).usage.cost).toBe(0)
  })

  test('respect max_tokens and refuse unknown models', async () => {
    const demo = await start()
    expect(tokensOf(contentOf(await say(demo, 'Hello', { max_tokens: 5 })))).toHaveLength(5)
    const refused = await ask(demo, 'Hi', { model: 'no/such-model' })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { availability: { code: 'model_not_found' } } })
  })

  test('keep their pace', async () => {
    const demo = await start({ script: [{ tokens: 100, tokens_per_second: 500 }] })
    const began = performance.now()
    await (await ask(demo, 'Hi', { stream: true })).text()
    const took = performance.now() - began
    expect(took).toBeGreaterThan(150)
    expect(took).toBeLessThan(2000)
  })

  test('a text of N tokens has N tokens', () => {
    for (const count of [1, 59, 60, 61, 2000]) expect(tokensOf(textOfTokens(count))).toHaveLength(count)
  })
})

describe('the doors', () => {
  test('no key and a bad key are refused, except by the public list', async () => {
    const demo = await start()
    const bad = { authorization: 'Bearer sk-or-bad-1' }
    expect((await fetch(`${demo.prefix}/key`)).status).toBe(401)
    expect((await fetch(`${demo.prefix}/key`, { headers: bad })).status).toBe(401)
    expect((await fetch(`${demo.prefix}/models`, { headers: bad })).status).toBe(200)
    expect((await post(`${demo.prefix}/chat/completions`, { messages: [] }, bad)).status).toBe(401)
  })

  test('sign-in serves loopback callbacks only', async () => {
    const demo = await start()
    const page = await fetch(
      `http://127.0.0.1:${demo.port}/auth?callback_url=https%3A%2F%2Fevil.example%2F`,
      {
        redirect: 'manual',
      },
    )
    expect(page.status).toBe(400)
  })

  test('an unknown door is a 404 in the provider’s own words', async () => {
    const demo = await start()
    const answer = await fetch(`${demo.prefix}/embeddings`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toHaveProperty('error.code', 404)
  })
})

describe('a test in another process', () => {
  test('queues behaviours and reads what arrived, with the key as a digest', async () => {
    const demo = await start()
    const control = `http://127.0.0.1:${demo.port}`
    await post(`${control}/__script`, [
      { text: 'As you wish.' },
      { on: 'key', status: 500, body: { error: {} } },
    ])
    expect(contentOf(await say(demo, 'Hi'))).toBe('As you wish.')
    expect((await fetch(`${demo.prefix}/key`, { headers: auth })).status).toBe(500)
    expect((await fetch(`${demo.prefix}/key`, { headers: auth })).status).toBe(200)

    const { requests } = (await (await fetch(`${control}/__requests`)).json()) as {
      requests: { path: string; ended: string; headers: Record<string, string>; body: unknown }[]
    }
    expect(requests.map((request) => request.path)).toEqual(['/v1/chat/completions', '/v1/key', '/v1/key'])
    const digest = createHash('sha256').update('Bearer sk-or-v1-test').digest('hex')
    expect(requests[0]?.headers['authorization']).toBe(`sha256:${digest}`)
    expect(requests[0]?.body).toMatchObject({ model: 'openai/gpt-4o' })
    expect(JSON.stringify(requests)).not.toContain('sk-or-v1-test')

    await post(`${control}/__clear`, {})
    expect(demo.requests).toHaveLength(0)
  })

  test('a web page gets nothing', async () => {
    const demo = await start()
    const page = { origin: 'https://evil.example' }
    expect((await post(`http://127.0.0.1:${demo.port}/__script`, [{}], page)).status).toBe(403)
    expect((await fetch(`http://127.0.0.1:${demo.port}/__requests`, { headers: page })).status).toBe(403)
  })

  test('behaviours wait for their own door and serve as often as they say', async () => {
    const demo = await start({
      script: [
        { on: 'key', status: 418 },
        { text: 'Twice.', times: 2 },
      ],
    })
    expect(contentOf(await say(demo, 'Hi'))).toBe('Twice.')
    expect(contentOf(await say(demo, 'Hi'))).toBe('Twice.')
    expect(contentOf(await say(demo, 'Hi'))).not.toBe('Twice.')
    expect((await fetch(`${demo.prefix}/key`, { headers: auth })).status).toBe(418)
  })
})

test('stopping closes what is open', async () => {
  const demo = await start({ script: [{ tokens: 10_000, tokens_per_second: 10 }] })
  const answer = await ask(demo, 'Hi', { stream: true })
  expect(await demo.connections()).toBe(1)
  const reading = answer.text()
  reading.catch(() => undefined)
  await demo.stop()
  await expect(reading).rejects.toThrow()
})
