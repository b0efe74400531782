import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { solidJpeg, solidPng, tinyWebp } from '../demo-provider/solid-pictures.suite'
import type { House, HouseOptions } from './testing'
import { openHouse, oneRoute, storeKey, textIn } from './testing'

// The rows of contract 16 that are fulfilled, each under its number.

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const quietRoute = `
[routes.quiet]
driver = "openrouter"
default_model = "anthropic/claude-sonnet-4"
auth_ref = "openrouter.primary"
base_url = "$PREFIX"
`
let count = 0
/** Sends to a new chat as the window does: the selector is split first. */
async function send(model?: string, extras: object = {}) {
  const split = await house.ask('runtime.parseSelector', model === undefined ? {} : { model })
  const idempotency_key = `send-${String((count += 1))}`
  const session_id = await house.chat()
  return house.ask('sessions.input', { session_id, idempotency_key, content: 'Hi', ...split, ...extras })
}
const chatRequests = () => house.provider.requests.filter(({ path }) => path.endsWith('/chat/completions'))
const modelsSent = () => chatRequests().map(({ body }) => Object(body).model as string)

/** Every key of a value, however deep. */
const keysIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])
    : []

describe('the route', () => {
  test('S1: a file with driver = "openrouter" loads, and the route says so', async () => {
    await open()
    expect((await house.ask('runtime.get', {})).routes.map((route) => route.provider)).toEqual(['openrouter'])
  })

  test('S2, S14: one route runs the models of three vendors against one base URL', async () => {
    await open()
    for (const model of ['openai/gpt-5.4-mini', 'anthropic/claude-sonnet-4', 'google/gemini-2.5-pro']) {
      expect((await send(model)).run).toMatchObject({ status: 'completed', request: { model } })
    }
    expect(new Set(chatRequests().map(({ path }) => path)).size).toBe(1)
  })

  test.each([
    ['S3', 'openai/gpt-5.4-mini'],
    ['S4', 'anthropic/claude-sonnet-4'],
    ['S5', 'google/gemini-2.5-pro'],
  ])('%s: %s is the model of the request', async (_row, model) => {
    await open()
    await send(model)
    expect(modelsSent()).toEqual([model])
  })

  test('S6: the recommended file parses, and its default is openrouter', async () => {
    await open({ routes: false })
    expect(await house.ask('doctor.routes', {})).toMatchObject({ ok: true, default_route: 'openrouter' })
  })

  test('S7: model_support is any, whether it says so, says family, or nothing', async () => {
    await open()
    const line = 'model_support = "any"\n'
    for (const spelling of [line, line.replace('any', 'family'), '']) {
      await writeFile(
        join(house.stateRoot, 'routes.toml'),
        oneRoute.replace('$PREFIX', house.provider.prefix).replace(line, spelling),
      )
      expect(await house.ask('daemon.reload', {})).toEqual({ phase: 'ready', demo: false })
      expect((await house.ask('doctor.routes', {})).routes).toMatchObject([{ model_support: 'any' }])
      expect((await send('x-ai/grok-4')).run.status).toBe('completed')
    }
  })

  test('S8: without the slot the start stops at its name; with it everything runs', async () => {
    await open({ hasKey: false })
    expect(await house.ask('daemon.state', {})).toEqual({
      phase: 'setup',
      route_id: 'openrouter',
      slot_id: 'openrouter.primary',
    })
    await storeKey(house)
    await house.restart()
    expect((await send()).run.status).toBe('completed')
  })

  test('S40, S41: without base_url the file loads and the normal API is asked', async () => {
    const asked: string[] = []
    const fetch: typeof globalThis.fetch = async (url) => {
      asked.push(String(url instanceof Request ? url.url : url))
      return Response.json({ choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }] })
    }
    await open({ routes: false, ports: { fetch } })
    await storeKey(house)
    expect(textIn((await send()).message)).toBe('Hello')
    expect(asked).toContain('https://openrouter.ai/api/v1/chat/completions')
    expect(new Set(asked.map((url) => new URL(url).host))).toEqual(new Set(['openrouter.ai']))
  })
})

describe('the selector', () => {
  test('S9: a route that is called lab is the prefix lab, and openrouter is just text', async () => {
    await open({
      routes: oneRoute
        .replace('default_route = "openrouter"', 'default_route = "lab"')
        .replace('[routes.openrouter]', '[routes.lab]'),
    })
    await send('lab/openai/gpt-5.4-mini')
    await send('openrouter/openai/gpt-5.4-mini')
    expect(modelsSent()).toEqual(['openai/gpt-5.4-mini', 'openrouter/openai/gpt-5.4-mini'])
  })

  test.each([
    ['S10', 'openrouter/openai/gpt-5.4-mini', 'openai/gpt-5.4-mini'],
    ['S11', 'openrouter/anthropic/claude-sonnet-4', 'anthropic/claude-sonnet-4'],
  ])('%s: %s is route openrouter and the rest', async (_row, model, rest) => {
    await open()
    expect(await house.ask('runtime.parseSelector', { model })).toEqual({
      provider: 'openrouter',
      model: rest,
    })
  })

  test('S12: provider is a route id; the name of the driver selects nothing', async () => {
    const lab = oneRoute.replaceAll('openrouter"\n\n[routes.openrouter]', 'lab"\n\n[routes.lab]')
    await open({ routes: lab + quietRoute })
    expect((await send(undefined, { provider: 'quiet' })).run.request.provider).toBe('quiet')
    const session_id = await house.chat()
    expect(
      await house.refused('sessions.submitRun', {
        session_id,
        idempotency_key: 'driver',
        content: 'Hi',
        provider: 'openrouter',
      }),
    ).toMatchObject({ code: 'route_unknown' })
  })

  test('S13: exactly one route prefix is taken off before the provider is asked', async () => {
    await open()
    await send('openrouter/openrouter/auto')
    expect(modelsSent()).toEqual(['openrouter/auto'])
  })
})

test('S15: a streamed answer ends completed with its text', async () => {
  await open({ script: [{ text: 'A streamed answer.' }] })
  const { run, message } = await send()
  expect(run.status).toBe('completed')
  expect(textIn(message)).toBe('A streamed answer.')
  expect(house.events.filter((event) => event.type === 'run.grew').length).toBeGreaterThan(0)
})

test('S16: a PNG and a JPEG are image parts, in their order', async () => {
  await open()
  const given = [
    { file_name: 'blue.jpg', bytes: solidJpeg, type: 'image/jpeg' },
    { file_name: 'red.png', bytes: solidPng(40, 30, '#c04020'), type: 'image/png' },
  ]
  const assets = []
  for (const { file_name, bytes } of given)
    assets.push(await house.daemon().assets.import({ file_name, bytes }))
  const input_items = assets.map(({ asset_id }) => ({ type: 'asset_reference', asset_id }))
  const { run, message } = await send(undefined, { content: '', input_items })
  expect(run.status).toBe('completed')
  const [{ content }] = (Object(chatRequests()[0]?.body) as { messages: { content: object[] }[] })
    .messages as [{ content: { type: string; image_url?: { url: string } }[] }]
  expect(content.map(({ type }) => type)).toEqual(['text', 'image_url', 'text', 'image_url'])
  const types = content.flatMap(({ image_url }) =>
    image_url ? [/^data:([^;]+);base64,/.exec(image_url.url)?.[1]] : [],
  )
  expect(types).toEqual(given.map(({ type }) => type))
  expect(textIn(message)).toMatch(
    /1\. 16 × 8 pixels, jpeg.*\n2\. 40 × 30 pixels, png, average colour #c04020/,
  )
})

test('S16: a WebP becomes a PNG or JPEG first; an SVG is refused', async () => {
  await open()
  const { assets } = house.daemon()
  const { asset_id } = await assets.import({ file_name: 'dot.webp', bytes: tinyWebp })
  const { message } = await send(undefined, { attachments: [{ type: 'asset_reference', asset_id }] })
  expect(textIn(message)).toMatch(/1\. 1 × 1 pixels, (png|jpeg)/)
  const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
  await expect(assets.import({ file_name: 'a.svg', bytes })).rejects.toMatchObject({
    fault: { code: 'unsupported_media_type' },
  })
})

describe('capabilities', () => {
  test('S22, S23, S24, S25: the four values', async () => {
    await open()
    expect((await house.ask('runtime.get', {})).default_route.capabilities).toEqual({
      multimodal_input: true,
      native_web_search: false,
      image_generation: true,
      image_edit: true,
    })
  })

  test('S23: a file that switches native_web_search on is rejected', async () => {
    await open({ routes: `${oneRoute}native_web_search = true\n`, hasKey: false })
    expect(await house.ask('daemon.state', {})).toMatchObject({
      phase: 'repair',
      fault: { code: 'unsupported_capability', route_id: 'openrouter' },
    })
  })

  test('S26, S43: no flag for audio or transcription anywhere in runtime.get', async () => {
    await open()
    const view = await house.ask('runtime.get', {})
    expect(keysIn(view).filter((key) => /audio|transcription|matrix/.test(key))).toEqual([])
  })

  test('S43: nor while models are discovered; what is discovered has a place of its own', async () => {
    await open({ ports: { env: { KHEISH_OPENROUTER_MODEL_DISCOVERY: 'required' } } })
    expect(
      keysIn(await house.ask('runtime.get', {})).filter((key) => /audio|transcr|matrix/.test(key)),
    ).toEqual([])
    const [route] = (await house.ask('status.get', {})).provider_readiness.routes
    expect(Object.keys(route?.capabilities ?? {})).toHaveLength(4)
    expect(route?.capability_matrix).toMatchObject({ matrix_version: 2, audio_generation: true })
  })

  test('S28: switching audio off in the file changes nothing in runtime.get', async () => {
    await open({ routes: oneRoute + quietRoute + 'audio_generation = false\ntranscription = false\n' })
    const [plain, quiet] = (await house.ask('runtime.get', {})).routes
    expect(quiet?.capabilities).toEqual(plain?.capabilities)
  })
})
