import { stat } from 'node:fs/promises'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { House, HouseOptions } from './testing'
import { openHouse, oneRoute, storeKey } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const twoRoutes = `${oneRoute}
[routes.quiet]
driver = "openrouter"
default_model = "anthropic/claude-sonnet-4"
auth_ref = "openrouter.primary"
base_url = "$PREFIX"
image_edit = false
audio_generation = false
`
let count = 0
const send = async (session_id: string, extras: object = {}) =>
  (
    await house.ask('sessions.input', {
      session_id,
      idempotency_key: `send-${String((count += 1))}`,
      content: 'x',
      ...extras,
    })
  ).run

describe('the recommended file', () => {
  test('is written at the first start for its owner only, and loads', async () => {
    await open({ routes: false })
    const file = join(house.stateRoot, 'routes.toml')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(house.stateRoot)).mode & 0o077).toBe(0)
    expect(await house.ask('daemon.state', {})).toMatchObject({ phase: 'setup', route_id: 'openrouter' })
    const report = await house.ask('doctor.routes', {})
    expect(report).toMatchObject({
      ok: true,
      default_route: 'openrouter',
      routes: [{ model_support: 'any' }],
    })
    const record = async (): Promise<unknown> =>
      JSON.parse(await readFile(join(house.stateRoot, 'route-inventory.json'), 'utf8').catch(() => '{}'))
    await expect.poll(record).toMatchObject({
      version: 1,
      source_kind: 'routes_file',
      default_route: 'openrouter',
      route_ids: ['openrouter'],
    })
  })
})

describe('choosing a route (contract 6.3)', () => {
  test('run over chat over default; pinned when submitted; provider is a route id', async () => {
    await open({ routes: twoRoutes })
    const session_id = await house.chat()
    expect((await send(session_id)).request).toMatchObject({
      provider: 'openrouter',
      model: 'openai/gpt-5.4-mini',
    })
    await house.ask('sessions.setRoute', { session_id, provider: 'quiet', model: 'google/gemini-2.5-pro' })
    expect((await send(session_id)).request).toMatchObject({
      provider: 'quiet',
      model: 'google/gemini-2.5-pro',
    })
    expect((await send(session_id, { provider: 'openrouter' })).request.provider).toBe('openrouter')
    // A model without a provider ignores the chat's provider.
    expect((await send(session_id, { model: 'openai/gpt-5.4-mini' })).request.provider).toBe('openrouter')
    await house.ask('sessions.setRoute', { session_id, provider: null, model: null })
    const old = await send(session_id)
    expect(old.request.provider).toBe('openrouter')

    await house.ask('runtime.setModel', { model: 'quiet/google/gemini-2.5-pro' })
    expect((await send(session_id)).request).toMatchObject({
      provider: 'quiet',
      model: 'google/gemini-2.5-pro',
    })
    const again = await house.ask('runs.retry', { run_id: old.run_id, idempotency_key: 'again' })
    expect(again.run.request).toMatchObject({ provider: 'openrouter', model: old.request.model })
    expect(
      await house.refused('sessions.setRoute', { session_id, provider: 'ghost', model: null }),
    ).toMatchObject({ code: 'route_unknown' })
  })

  test('setting the model makes a revision; a stale one is refused; it lasts', async () => {
    await open({ routes: twoRoutes })
    const { config } = await house.ask('runtime.get', {})
    const next = await house.ask('runtime.setModel', {
      model: 'quiet/a/b',
      expected_revision: config.revision,
    })
    expect(next).toMatchObject({ route_id: 'quiet', model: 'a/b', config: { revision: config.revision + 1 } })
    expect(
      await house.refused('runtime.setModel', { model: 'c/d', expected_revision: config.revision }),
    ).toMatchObject({
      code: 'runtime_revision_conflict',
    })
    expect(await house.refused('runtime.setModel', { model: ' ' })).toMatchObject({ code: 'selector_empty' })
    await house.until('runtime.changed')
    await house.restart()
    expect(await house.ask('runtime.get', {})).toMatchObject({ route_id: 'quiet', model: 'a/b' })
  })
})

describe('runtime.get', () => {
  test('has exactly the four capability keys, narrowed ones too, and no path, key or audio flag', async () => {
    await open({ routes: twoRoutes })
    const view = await house.ask('runtime.get', {})
    expect(view.routes.map((route) => route.capabilities)).toEqual([
      { multimodal_input: true, native_web_search: false, image_generation: true, image_edit: true },
      { multimodal_input: true, native_web_search: false, image_generation: true, image_edit: false },
    ])
    const text = JSON.stringify(view)
    for (const word of ['audio', 'transcription', house.stateRoot, house.provider.prefix])
      expect(text).not.toContain(word)
    expect(view).toMatchObject({
      provider: 'openrouter',
      permission_mode: 'default',
      config: { store_path: 'kheish.sqlite' },
    })
  })
})

describe('the catalogue', () => {
  test('comes from the store, is refreshed in the background and on request, and survives without network', async () => {
    await open()
    await house.until('models.changed')
    const { models, refreshed_at_ms } = await house.ask('models.list', {})
    expect(models.length).toBeGreaterThan(300)
    expect(refreshed_at_ms).not.toBeNull()
    house.provider.faults.add([{ on: 'models', status: 500, body: 'broken', times: 3 }])
    expect(await house.refused('models.refresh', {})).toMatchObject({ code: 'provider_error' })
    expect((await house.ask('models.list', {})).models).toEqual(models)
    await house.restart()
    expect((await house.ask('models.list', {})).models).toEqual(models)
    expect(await house.refused('models.list', { provider: 'ghost' })).toMatchObject({ code: 'route_unknown' })
  })
})

describe('a route that vanished', () => {
  test('fails the queued run that was pinned to it and never drifts to another', async () => {
    await open({ routes: twoRoutes, script: [{ instead: 'hang' }] })
    const session_id = await house.chat()
    await house.submit(session_id, 'one')
    const queued = await house.submit(session_id, 'two', { provider: 'quiet' })
    const { writeFile } = await import('node:fs/promises')
    await writeFile(join(house.stateRoot, 'routes.toml'), oneRoute.replace('$PREFIX', house.provider.prefix))
    await house.restart()
    const ended = await house.until('run.ended', (event) => event.run.run_id === queued.run.run_id)
    expect(ended.run).toMatchObject({
      status: 'failed',
      error: { code: 'route_not_ready', route_id: 'quiet' },
    })
    await storeKey(house)
  })
})
