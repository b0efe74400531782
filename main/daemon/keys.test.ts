import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { House, HouseOptions } from './testing'
import { canary, openHouse, oneRoute, storeKey } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const slot_id = 'openrouter.primary'
const set = (source: object, extras: object = {}) =>
  ({ slot_id, source, ...extras }) as Parameters<typeof house.ask<'secrets.set'>>[1]

describe('set-up (contract 4.3, S8)', () => {
  test('an empty slot names route and slot; everything but sending works; the key makes it ready by itself', async () => {
    await open({ hasKey: false })
    expect(await house.ask('daemon.state', {})).toEqual({ phase: 'setup', route_id: 'openrouter', slot_id })
    const session_id = await house.chat()
    expect(
      await house.refused('sessions.submitRun', { session_id, idempotency_key: 'a', content: 'x' }),
    ).toMatchObject({
      code: 'not_ready',
    })
    expect(await house.refused('models.refresh', {})).toMatchObject({ code: 'not_ready' })
    await house.ask('preferences.set', { theme: 'dark' })
    expect((await house.ask('runtime.get', {})).default_route.auth_ref).toBe(slot_id)
    expect((await house.ask('doctor.routes', { check_auth: true })).errors).toMatchObject([
      { code: 'route_auth_ref_missing' },
    ])

    await storeKey(house)
    expect(await house.ask('daemon.state', {})).toEqual({ phase: 'ready', demo: false })
    await house.until('daemon.changed', (event) => event.state.phase === 'ready')
    const { run } = await house.ask('sessions.input', { session_id, idempotency_key: 'a', content: 'x' })
    expect(run.status).toBe('completed')
    await house.until('models.changed', (event) => event.count > 0)
  })

  test('a slot of another family is no key for this route, and set-up does not ask to overwrite it (V23)', async () => {
    await open({ hasKey: false })
    await house.ask(
      'secrets.set',
      set({ kind: 'inline', value: canary }, { provider: 'generic', mode: 'opaque_secret' }),
    )
    const mismatch = { code: 'route_auth_provider_mismatch', slot_id }
    expect(await house.ask('daemon.state', {})).toMatchObject({ phase: 'repair', fault: mismatch })
    const session_id = await house.chat()
    expect(
      await house.refused('sessions.submitRun', { session_id, idempotency_key: 'a', content: 'x' }),
    ).toMatchObject({ code: 'not_ready' })
    await storeKey(house)
    expect(await house.ask('daemon.state', {})).toEqual({ phase: 'ready', demo: false })
  })

  test('a key as the name of a slot is refused and repeated nowhere', async () => {
    await open({ hasKey: false })
    const source = { kind: 'inline', value: 'something' } as const
    expect(await house.refused('secrets.set', { slot_id: canary, source })).toMatchObject({
      code: 'secret_source_invalid',
    })
    expect(await house.refused('secrets.delete', { slot_id: canary })).toMatchObject({
      slot_id: '[redacted]',
    })
  })

  test('a refused file asks for repair, and a repaired one is taken up', async () => {
    await open({ routes: 'routez = "x"\n', hasKey: false })
    expect(await house.ask('daemon.state', {})).toMatchObject({
      phase: 'repair',
      fault: { code: 'route_file_invalid', line: 1, reason: 'unknown_field' },
    })
    await house.ask('sessions.list', {})
    expect(await house.refused('runtime.get', {})).toMatchObject({ code: 'not_ready' })
    await storeKey(house)
    await writeFile(join(house.stateRoot, 'routes.toml'), oneRoute.replace('$PREFIX', house.provider.prefix))
    expect(await house.ask('daemon.reload', {})).toEqual({ phase: 'ready', demo: false })
    expect((await house.ask('doctor.routes', {})).warnings).toEqual([])
  })
})

describe('setting a key', () => {
  test('a checked key is stored with what the provider says of it; a wrong one is not stored', async () => {
    await open({ hasKey: false })
    const good = await house.ask('secrets.set', set({ kind: 'inline', value: canary }, { verify: true }))
    expect(house.account()).toMatch(/^root_.+\/openrouter\.primary$/)
    expect(good).toMatchObject({
      secret: { slot_id, held: 'keychain', summary: 'api_key', used_by: ['openrouter'] },
      key: { label: expect.any(String) },
    })

    house.provider.faults.add([
      { on: 'key', status: 401, body: { error: { code: 401, message: `bad ${canary}` } } },
    ])
    expect(
      await house.refused('secrets.set', set({ kind: 'inline', value: `${canary}x` }, { verify: true })),
    ).toMatchObject({
      code: 'secret_rejected',
    })
    expect(await house.keychain.get(house.account())).toBe(canary)
  })

  test.each([
    ['blank', { kind: 'inline', value: ' \n' }],
    ['with a line break', { kind: 'inline', value: `${canary}\nmore` }],
    ['with a space, which no request could carry', { kind: 'inline', value: `${canary} ` }],
    ['of an unset variable', { kind: 'environment', name: 'NO_SUCH' }],
    ['of a file that is not there', { kind: 'file', path: '/no/such/file' }],
  ])('a value %s is refused', async (_name, source) => {
    await open({ hasKey: false })
    expect(await house.refused('secrets.set', set(source))).toMatchObject({
      code: 'secret_source_invalid',
      status: 400,
    })
    expect((await house.ask('secrets.list', {})).slots).toEqual([])
  })

  test('a file loses one line ending, an environment value nothing', async () => {
    await open({ hasKey: false, ports: { env: { MY_KEY: canary } } })
    const folder = await mkdtemp(join(tmpdir(), 'kheish-key-'))
    const file = join(folder, 'key.txt')
    await writeFile(file, `${canary}\r\n`)
    await house.ask('secrets.set', set({ kind: 'file', path: file }))
    await rm(folder, { recursive: true })
    expect(await house.keychain.get(house.account())).toBe(canary)
    await house.ask('secrets.set', set({ kind: 'environment', name: 'MY_KEY' }))
    expect(await house.keychain.get(house.account())).toBe(canary)
  })

  test('a rotation counts from the next request on', async () => {
    await open()
    await house.ask('sessions.input', { session_id: await house.chat(), idempotency_key: 'a', content: 'x' })
    await storeKey(house, `${canary}-rotated`)
    await house.ask('sessions.input', { session_id: await house.chat(), idempotency_key: 'b', content: 'x' })
    const [first, second] = house.provider.requests.filter((each) => each.path.endsWith('/completions'))
    expect(first?.headers['authorization']).not.toBe(second?.headers['authorization'])
  })

  test('a slot that a route names can’t be deleted; another can', async () => {
    await open()
    expect(await house.refused('secrets.delete', { slot_id })).toMatchObject({
      code: 'secret_in_use',
      status: 409,
    })
    await house.ask('secrets.set', set({ kind: 'inline', value: canary }, { slot_id: 'spare' }))
    await house.ask('secrets.delete', { slot_id: 'spare' })
    expect(await house.refused('secrets.get', { slot_id: 'spare' })).toMatchObject({
      code: 'secret_not_found',
      slot_id: 'spare',
    })
    expect(await house.refused('secrets.delete', { slot_id: 'spare' })).toMatchObject({
      code: 'secret_not_found',
    })
  })
})

describe('the keychain’s states (contract 4.5)', () => {
  test.each(['locked', 'missing'] as const)(
    '%s: setting says so and stores nothing; consent keeps it in memory',
    async (state) => {
      await open({ hasKey: false })
      house.keychain.become(state)
      const why = await house.refused('secrets.set', set({ kind: 'inline', value: canary }))
      expect(why.code).toBe(state === 'locked' ? 'secret_store_locked' : 'secret_store_unavailable')
      expect(await house.ask('secrets.list', {})).toMatchObject({
        keychain: state,
        action: expect.any(String),
        slots: [],
      })

      const kept = await house.ask('secrets.set', set({ kind: 'inline', value: canary }, { keep: 'session' }))
      expect(kept.secret.held).toBe('memory')
      expect((await house.ask('secrets.list', {})).keychain).toBe('session_only')
      const { run } = await house.ask('sessions.input', {
        session_id: await house.chat(),
        idempotency_key: 'a',
        content: 'x',
      })
      expect(run.status).toBe('completed')
      await house.restart()
      expect(await house.ask('daemon.state', {})).toMatchObject({ phase: 'setup' })
    },
  )

  test('locked when it is needed: the run says so, nothing is changed, and it works once unlocked', async () => {
    await open()
    house.keychain.become('locked')
    const session_id = await house.chat()
    const first = await house.ask('sessions.input', { session_id, idempotency_key: 'a', content: 'x' })
    expect(first.run).toMatchObject({ status: 'failed', error: { code: 'secret_store_locked' } })
    expect((await house.ask('secrets.get', { slot_id })).held).toBe('unreadable')
    house.keychain.become('secured')
    expect(
      (await house.ask('sessions.input', { session_id, idempotency_key: 'b', content: 'x' })).run.status,
    ).toBe('completed')
  })

  test('an entry that is gone makes the route not ready until the key is set again', async () => {
    await open()
    await house.keychain.delete(house.account())
    const session_id = await house.chat()
    const first = await house.ask('sessions.input', { session_id, idempotency_key: 'a', content: 'x' })
    expect(first.run).toMatchObject({
      status: 'failed',
      error: { code: 'route_not_ready', route_id: 'openrouter' },
    })
    expect(
      await house.refused('sessions.submitRun', { session_id, idempotency_key: 'b', content: 'x' }),
    ).toMatchObject({ code: 'route_not_ready' })
    expect((await house.ask('secrets.get', { slot_id })).held).toBe('absent')
    await storeKey(house)
    expect(
      (await house.ask('sessions.input', { session_id, idempotency_key: 'b', content: 'x' })).run.status,
    ).toBe('completed')
  })
})

describe('signing in (API reference 6.7)', () => {
  test('the code becomes a key in the keychain; nobody sees it', async () => {
    await open({ hasKey: false })
    const { sign_in_id, url } = await house.ask('secrets.beginSignIn', { slot_id })
    expect(house.browser.opened).toEqual([url])
    const page = await fetch(url, { redirect: 'manual' })
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? ''
    house.browser.comeBack({ code })
    expect(await house.until('sign_in.ended')).toEqual({ type: 'sign_in.ended', sign_in_id })
    expect(await house.ask('daemon.state', {})).toMatchObject({ phase: 'ready' })
    expect(await house.keychain.get(house.account())).toMatch(/^sk-or-v1-/)
  })

  test.each([
    [
      'cancelled',
      async (id: string) => house.ask('secrets.cancelSignIn', { sign_in_id: id }),
      'sign_in_cancelled',
    ],
    ['a wrong code', async () => house.browser.comeBack({ code: 'wrong' }), 'sign_in_failed'],
    ['no code', async () => house.browser.comeBack({}), 'sign_in_failed'],
    ['a second attempt', async () => house.ask('secrets.beginSignIn', { slot_id }), 'sign_in_cancelled'],
  ] as const)('%s ends it and stores nothing', async (_name, act, code) => {
    await open({ hasKey: false })
    const { sign_in_id } = await house.ask('secrets.beginSignIn', { slot_id })
    await act(sign_in_id)
    expect((await house.until('sign_in.ended')).fault).toMatchObject({ code })
    expect((await house.ask('secrets.list', {})).slots).toEqual([])
  })
})
