import type { RequestSettings } from '@contract/request-settings'
import { afterEach, describe, expect, test } from 'vitest'
import type { House, HouseOptions } from './testing'
import { openHouse } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const everywhere = { kind: 'everywhere' } as const
const route = { kind: 'route', route_id: 'openrouter' } as const
const set = (scope: object, settings: object) =>
  house.ask('requestSettings.set', { scope: scope as typeof everywhere, settings })

/** The bodies of the chat requests that arrived, oldest first. */
const bodies = () =>
  house.provider.requests
    .filter((request) => request.path.endsWith('/chat/completions'))
    .map((request) => request.body as Readonly<Record<string, unknown>>)
const ended = (run_id: string) => house.until('run.ended', (event) => event.run.run_id === run_id)

describe('settings of requests', () => {
  test('are said by scope, kept over a restart, told, and taken back', async () => {
    await open()
    const session = await house.chat()
    expect(await house.ask('requestSettings.get', { session_id: session })).toEqual({
      everywhere: {},
      routes: {},
      session: {},
      effective: {},
    })
    await set(everywhere, { generation: { temperature: 1, max_tokens: 900 }, fallback_models: ['a/b'] })
    await set(route, { provider_preferences: { only: ['openai'], zdr: true } })
    const own: RequestSettings = { generation: { temperature: 0 }, provider_preferences: { zdr: false } }
    const said = await set({ kind: 'session', session_id: session }, own)
    expect(said.effective).toEqual({
      generation: { temperature: 0, max_tokens: 900 },
      provider_preferences: { only: ['openai'], zdr: true },
      fallback_models: ['a/b'],
    })
    expect(
      house.events.flatMap((event) => (event.type === 'request_settings.changed' ? [event.scope.kind] : [])),
    ).toEqual(['everywhere', 'route', 'session'])
    await house.restart()
    expect(await house.ask('requestSettings.get', { session_id: session })).toEqual(said)
    await set(route, { provider_preferences: {} })
    expect((await house.ask('requestSettings.get', {})).routes).toEqual({})
  })

  test('of a place that is not there are refused', async () => {
    await open()
    const settings = { generation: { temperature: 0 } }
    expect(
      await house.refused('requestSettings.set', { scope: { kind: 'route', route_id: 'nowhere' }, settings }),
    ).toMatchObject({ code: 'route_unknown' })
    expect(
      await house.refused('requestSettings.set', {
        scope: { kind: 'session', session_id: 'nobody' },
        settings,
      }),
    ).toMatchObject({ code: 'session_not_found' })
    expect(await house.refused('requestSettings.get', { session_id: 'nobody' })).toMatchObject({
      code: 'session_not_found',
    })
  })

  test('go with every request, the nearer scope first, and are pinned in the run', async () => {
    await open()
    const session = await house.chat()
    await set(everywhere, {
      generation: { temperature: 1 },
      provider_preferences: { data_collection: 'deny' },
    })
    await set(route, {
      generation: { reasoning_effort: 'low' },
      provider_preferences: { max_price: { prompt: 3 } },
    })
    await set({ kind: 'session', session_id: session }, { fallback_models: ['openai/gpt-4o'] })
    const { run } = await house.submit(session, 'Hello', {
      generation: { max_tokens: 64 },
      provider_preferences: { order: ['openai'], allow_fallbacks: false, data_collection: 'allow' },
    })
    const pinned = {
      generation: { temperature: 1, reasoning_effort: 'low', max_tokens: 64 },
      provider_preferences: {
        order: ['openai'],
        allow_fallbacks: false,
        data_collection: 'deny',
        max_price: { prompt: 3 },
      },
      fallback_model: 'openai/gpt-4o',
      fallback_models: ['openai/gpt-4o'],
    }
    expect(run.request).toMatchObject(pinned)
    const end = await ended(run.run_id)
    expect(end.run.status).toBe('completed')
    expect(bodies()[0]).toMatchObject({
      model: 'openai/gpt-5.4-mini',
      models: ['openai/gpt-5.4-mini', 'openai/gpt-4o'],
      temperature: 1,
      max_tokens: 64,
      reasoning: { effort: 'low' },
      provider: { ...pinned.provider_preferences, max_price: { prompt: '3' } },
    })
  })

  test('are prospective: what waits keeps what it was pinned to', async () => {
    await open({ script: [{ instead: 'hang' }] })
    const session = await house.chat()
    const first = await house.submit(session, 'one')
    await expect.poll(() => bodies().length).toBe(1)
    await set(everywhere, { generation: { temperature: 0 } })
    const second = await house.submit(session, 'two')
    await set(everywhere, { generation: { temperature: 2 } })
    await house.ask('runs.cancel', { run_id: first.run.run_id })
    await ended(second.run.run_id)
    expect(bodies().map((body) => body['temperature'])).toEqual([undefined, 0])
  })

  test('of another route say nothing, and a fallback that is the model itself neither', async () => {
    await open({
      routes: `version = 1
default_route = "openrouter"

[routes.openrouter]
driver = "openrouter"
default_model = "openai/gpt-5.4-mini"
model_support = "any"
auth_ref = "openrouter.primary"
base_url = "$PREFIX"

[routes.quiet]
driver = "openrouter"
default_model = "openai/gpt-4o"
model_support = "any"
auth_ref = "openrouter.primary"
base_url = "$PREFIX"
`,
    })
    await set({ kind: 'route', route_id: 'quiet' }, { provider_preferences: { zdr: true } })
    await set(everywhere, {
      fallback_models: ['openai/gpt-4o', 'anthropic/claude-haiku-4.5', 'openai/gpt-4o'],
    })
    const session = await house.chat()
    await ended((await house.submit(session, 'loud')).run.run_id)
    const { run } = await house.submit(session, 'quiet', { provider: 'quiet' })
    expect(run.request.fallback_models).toEqual(['anthropic/claude-haiku-4.5'])
    await ended(run.run_id)
    expect(bodies().map((body) => body['provider'])).toEqual([undefined, { zdr: true }])
  })

  test('belong to the meaning of a key, and a change elsewhere does not', async () => {
    await open()
    const session = await house.chat()
    const request = { session_id: session, idempotency_key: 'k', content: 'Hello' }
    const own = { provider_preferences: { only: ['openai'] }, fallback_models: ['openai/gpt-4o'] }
    const { run } = await house.ask('sessions.submitRun', { ...request, ...own })
    await set(everywhere, { generation: { temperature: 0 } })
    expect((await house.ask('sessions.submitRun', { ...request, ...own })).run.run_id).toBe(run.run_id)
    for (const other of [
      {},
      { ...own, provider_preferences: { only: ['azure'] } },
      { ...own, fallback_models: [] },
    ]) {
      expect(await house.refused('sessions.submitRun', { ...request, ...other })).toMatchObject({
        code: 'idempotency_conflict',
      })
    }
  })

  test('go with a chat: into its branch, and away', async () => {
    await open()
    const session = await house.chat()
    await set({ kind: 'session', session_id: session }, { provider_preferences: { zdr: true } })
    const { messages } = await house.submit(session, 'Hello', {
      provider: 'openrouter',
      model: 'openai/gpt-4o',
    })
    await house.until('run.ended')
    const branch = await house.ask('sessions.branch', {
      session_id: session,
      message_id: messages[0]!.message_id,
    })
    const view = await house.ask('requestSettings.get', { session_id: branch.session_id })
    expect(view.session).toEqual({ provider_preferences: { zdr: true } })
    await house.ask('sessions.delete', { session_id: session })
    const again = await house.ask('sessions.create', { session_id: session })
    expect((await house.ask('requestSettings.get', { session_id: again.session_id })).session).toEqual({})
  })
})

describe('another answer to the same message', () => {
  test('is asked for as the first one was, but no less private than now', async () => {
    await open()
    const session = await house.chat()
    const first = await house.submit(session, 'Hello', {
      generation: { temperature: 1, max_tokens: 500 },
      provider_preferences: { only: ['azure'], sort: 'price' },
      fallback_models: ['openai/gpt-4o'],
    })
    await ended(first.run.run_id)
    await set(everywhere, {
      generation: { temperature: 0 },
      provider_preferences: { zdr: true, only: ['openai'] },
    })
    const again = await house.ask('runs.retry', { run_id: first.run.run_id, idempotency_key: 'again' })
    expect(again.run.request).toMatchObject({
      generation: { temperature: 1, max_tokens: 500 },
      provider_preferences: { only: ['azure'], sort: 'price', zdr: true },
      fallback_models: ['openai/gpt-4o'],
    })
    await ended(again.run.run_id)
  })

  test('can be asked for shorter', async () => {
    await open()
    const session = await house.chat()
    const first = await house.submit(session, 'A long story', { generation: { temperature: 1 } })
    await ended(first.run.run_id)
    const shorter = { run_id: first.run.run_id, idempotency_key: 's', generation: { max_tokens: 20 } }
    const again = await house.ask('runs.retry', shorter)
    expect(again.run.request.generation).toEqual({ temperature: 1, max_tokens: 20 })
    expect((await house.ask('runs.retry', shorter)).run.run_id).toBe(again.run.run_id)
    expect(await house.refused('runs.retry', { ...shorter, generation: { max_tokens: 21 } })).toMatchObject({
      code: 'idempotency_conflict',
    })
    await ended(again.run.run_id)
    expect(bodies()[1]).toMatchObject({ max_tokens: 20, temperature: 1 })
  })
})
