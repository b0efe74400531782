import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HealthCode, StatusView } from '@contract/status'
import { afterEach, describe, expect, test } from 'vitest'
import { fakeKeychain } from './ports/keychain.fake'
import type { House, HouseOptions } from './testing'
import { canary, openHouse, oneRoute, storeKey } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const hang = { instead: 'hang' } as const
const status = (input: { stale_after_ms?: number; queued_lag_ms?: number } = {}) =>
  house.ask('status.get', input)
const warning = (view: StatusView, code: HealthCode) =>
  view.health.warnings.find((each) => each.code === code)
const routeOf = (view: StatusView, id = 'openrouter') =>
  view.provider_readiness.routes.find(({ route_id }) => route_id === id)

describe('status.get (contract 13.2)', () => {
  test('says that all is well, and leaves nothing behind', async () => {
    await open()
    await expect.poll(() => readdir(house.stateRoot)).toContain('route-inventory.json')
    await expect.poll(async () => (await status()).storage.asset_repair).not.toBeNull()
    const before = await readdir(house.stateRoot, { recursive: true })
    const view = await status()
    expect(view).toMatchObject({
      status: 'ready',
      ready: true,
      version: '0.0.0',
      health: { ok: true, warnings: [] },
      runs: { max_queue_depth: 0, oldest_queued_age_ms: null, stale_after_ms: 1_800_000, stale: [] },
      storage: {
        state_root_lock: { held: true, pid: process.pid },
        keychain: 'secured',
        asset_repair: { checked: 0, quarantined: 0, rebuilt: 0, orphans: 0, diagnostics: [] },
      },
      delivery: { enabled: false },
      provider_readiness: {
        route_count: 1,
        error_route_count: 0,
        warning_route_count: 0,
        active_route_ready: true,
      },
    })
    expect(routeOf(view)).toMatchObject({
      state: 'ok',
      code: 'route_auth_ready',
      active: true,
      auth_ref: 'openrouter.primary',
      auth_mode: 'api_key',
      auth_summary: 'api_key',
      model: 'openai/gpt-5.4-mini',
    })
    expect(view.storage.write_probes).toEqual(
      ['state_root', 'assets', 'logs', 'evidence', 'database'].map((name) => ({ name, ok: true })),
    )
    expect(view.runtime).toEqual(await house.ask('runtime.get', {}))
    expect(view.events.last_event_id).toMatch(/^.+-\d+$/)
    expect(await readdir(house.stateRoot, { recursive: true })).toEqual(before)
  })

  test('counts runs by their state, the longest queue and the oldest that waits', async () => {
    await open({ script: [hang] })
    const done = await house.chat()
    const session = await house.chat()
    for (const text of ['one', 'two', 'three']) await house.submit(session, text)
    await house.ask('sessions.input', { session_id: done, idempotency_key: 'x', content: 'x' })
    const { runs, health } = await status()
    expect(runs.by_status).toMatchObject({ running: 1, queued: 2, completed: 1, failed: 0 })
    expect(runs.max_queue_depth).toBe(2)
    expect(runs.oldest_queued_age_ms).toBeGreaterThanOrEqual(0)
    expect(health.ok).toBe(true)
  })

  test('queued_run_lag and stale_non_terminal_runs name what hangs', async () => {
    await open({ script: [hang] })
    const session = await house.chat()
    const { run } = await house.submit(session, 'one')
    await house.submit(session, 'two')
    await expect.poll(async () => (await status({ queued_lag_ms: 20 })).health.ok).toBe(false)
    expect(warning(await status({ queued_lag_ms: 20 }), 'queued_run_lag')).toMatchObject({
      severity: 'warning',
    })
    const view = await status({ stale_after_ms: 20 })
    expect(view.runs.stale).toHaveLength(2)
    expect(warning(view, 'stale_non_terminal_runs')).toMatchObject({ related_id: run.run_id })
  })

  test('route_diagnostics_error: a refused routes file, with everything else still told', async () => {
    await open()
    await writeFile(join(house.stateRoot, 'routes.toml'), 'version = 2')
    await house.ask('daemon.reload', {})
    const view = await status()
    expect(view).toMatchObject({ ready: false, runtime: null, health: { ok: false } })
    expect(view.provider_readiness.routes).toEqual([])
    expect(warning(view, 'route_diagnostics_error')).toMatchObject({
      severity: 'error',
      related_id: 'route_file_invalid',
    })
  })

  test('provider_readiness_error and provider_active_route_not_ready: no key in the slot', async () => {
    await open({ hasKey: false })
    const view = await status()
    expect(routeOf(view)).toMatchObject({ state: 'error', code: 'route_auth_ref_missing' })
    expect(view.health.warnings.map(({ code, severity }) => [code, severity])).toEqual([
      ['provider_readiness_error', 'error'],
      ['provider_active_route_not_ready', 'error'],
    ])
    expect(view.ready).toBe(false)
  })

  test('another route without a key does not make the default one unusable', async () => {
    await open({
      routes: `${oneRoute}\n[routes.lab]\ndriver = "openrouter"\ndefault_model = "a/b"\nauth_ref = "lab.key"\nbase_url = "$PREFIX"\n`,
    })
    const view = await status()
    expect(routeOf(view, 'lab')).toMatchObject({ state: 'error', active: false })
    expect(view.provider_readiness).toMatchObject({ active_route_ready: true, error_route_count: 1 })
    expect(warning(view, 'provider_active_route_not_ready')).toBeUndefined()
  })

  test('an entry that went out of the keychain, and one that is back', async () => {
    await open()
    await house.keychain.delete(house.account())
    expect(routeOf(await status())).toMatchObject({ state: 'error', code: 'route_auth_ref_missing' })
    await storeKey(house)
    expect(routeOf(await status())).toMatchObject({ state: 'ok', code: 'route_auth_ready' })
  })

  test('a slot of another provider', async () => {
    await open()
    await house.ask('secrets.set', {
      slot_id: 'openrouter.primary',
      provider: 'generic',
      mode: 'opaque_secret',
      source: { kind: 'inline', value: canary },
    })
    expect(routeOf(await status())).toMatchObject({ state: 'error', code: 'route_auth_provider_mismatch' })
  })

  test.each([
    ['locked', 'secret_store_locked'],
    ['missing', 'secret_store_unavailable'],
  ] as const)('a keychain that is %s, with what to do', async (state, code) => {
    await open()
    house.keychain.become(state)
    const view = await status()
    expect(view.storage.keychain).toBe(state)
    expect(routeOf(view)).toMatchObject({
      state: 'error',
      code,
      action: expect.stringMatching(/./),
    })
  })

  test('provider_readiness_warning: a key that is gone with this process', async () => {
    await open({ hasKey: false })
    house.keychain.become('missing')
    await house.ask('secrets.set', {
      slot_id: 'openrouter.primary',
      source: { kind: 'inline', value: canary },
      keep: 'session',
    })
    const view = await status()
    expect(view.storage.keychain).toBe('session_only')
    expect(routeOf(view)).toMatchObject({ state: 'warning', code: 'secret_store_unavailable' })
    expect(warning(view, 'provider_readiness_warning')).toMatchObject({ related_id: 'openrouter' })
    expect(view).toMatchObject({ ready: true, health: { ok: false } })
  })

  test('a keychain that never answers holds nobody up', async () => {
    const keychain = { ...fakeKeychain(), probe: () => new Promise<never>(() => undefined) }
    await open({ hasKey: false, ports: { keychain } })
    const began = performance.now()
    expect((await status()).storage.keychain).toBe('locked')
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  test('provider_inline_credentials is information only', async () => {
    await open({
      hasKey: false,
      routes: oneRoute.replace('auth_ref = "openrouter.primary"', 'api_key = "an-inline-planted-key"'),
    })
    const view = await status()
    expect(routeOf(view)).toMatchObject({ state: 'ok', code: 'inline_credentials_configured' })
    expect(view.health).toMatchObject({
      ok: true,
      warnings: [{ severity: 'info', code: 'provider_inline_credentials', related_id: 'openrouter' }],
    })
    expect(JSON.stringify(view)).not.toContain('planted')
  })

  test('a key that left the environment', async () => {
    const env: Record<string, string> = { MY_KEY: 'a-key-of-the-environment' }
    await open({
      hasKey: false,
      ports: { env },
      routes: oneRoute.replace('auth_ref = "openrouter.primary"', 'api_key_env = "MY_KEY"'),
    })
    expect(routeOf(await status())).toMatchObject({ state: 'ok', auth_summary: 'api_key_env' })
    delete env['MY_KEY']
    expect(routeOf(await status())).toMatchObject({ state: 'error', code: 'route_auth_unreadable' })
  })

  test('storage_write_probe_failed: a file where a folder should be', async () => {
    await open()
    await rm(join(house.stateRoot, 'evidence'), { recursive: true, force: true })
    await writeFile(join(house.stateRoot, 'evidence'), 'in the way')
    const view = await status()
    expect(view.health.ok).toBe(false)
    expect(warning(view, 'storage_write_probe_failed')).toMatchObject({
      severity: 'error',
      related_id: 'evidence',
      message: 'There is a file where the folder should be.',
    })
    expect(JSON.stringify(view)).not.toContain(house.stateRoot)
  })

  test('debug_capture_full: what is said is kept word for word', async () => {
    await open()
    await house.ask('runtime.setDebugLevel', { level: 'full' })
    const view = await status()
    expect(warning(view, 'debug_capture_full')).toMatchObject({ severity: 'warning' })
    expect(view.health.ok).toBe(false)
    await house.ask('runtime.setDebugLevel', { level: 'redacted' })
    expect((await status()).health.ok).toBe(true)
  })

  test('debug_capture_key_invalid: the key of the evidence is gone', async () => {
    await open()
    await house.ask('runtime.setDebugLevel', { level: 'redacted', encrypt: true })
    expect((await status()).health.ok).toBe(true)
    await house.keychain.delete(house.account())
    await house.restart()
    const view = () => status()
    await expect
      .poll(async () => warning(await view(), 'debug_capture_key_invalid'))
      .toMatchObject({ severity: 'error' })
  })

  test('the demo is well without a key', async () => {
    await open({ routes: false, ports: { demo: { prefix: 'http://127.0.0.1:9/v1' } } })
    expect(await status()).toMatchObject({ ready: true, health: { ok: true, warnings: [] } })
  })
})
