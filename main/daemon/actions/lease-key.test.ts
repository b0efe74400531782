import { describe, expect, test } from 'vitest'
import type { CurrentRoute } from '../core/routes/inventory'
import type { CredentialSource } from '../core/routes/route'
import { fakeClock } from '../ports/clock.fake'
import { fakeIds } from '../ports/ids.fake'
import { fakeKeychain } from '../ports/keychain.fake'
import type { SecretRecord, SecretStore } from '../ports/store'
import { createKeyring } from './keyring'
import { leaseKey } from './lease-key'
import { createLeases, leaseFor } from './leases'
import type { World } from './world'

const record: SecretRecord = { slot_id: 'slot', provider: 'openrouter', mode: 'api_key', updated_at_ms: 1 }

function secretStore(): SecretStore {
  const records = new Map<string, SecretRecord>()
  return {
    list: () => [...records.values()],
    get: (slot) => records.get(slot),
    put: (next) => void records.set(next.slot_id, next),
    delete: (slot) => records.delete(slot),
  }
}

function setUp(
  credential: CredentialSource = { kind: 'auth_ref', slot_id: 'slot' },
  env: Record<string, string> = {},
) {
  const clock = fakeClock()
  const leases = createLeases({ clock, ids: fakeIds() })
  const keychain = fakeKeychain()
  const learned: string[] = []
  const learn = (secret: string) => void learned.push(secret)
  const secrets = secretStore()
  // A keyring needs the slots' table and the root's id only.
  const store = { secrets, state_root_id: 'root' } as unknown as World['store']
  const keyring = createKeyring({ store, keychain, learn, leases })
  const route = { route_id: 'main', prefix: 'https://p/v1', credential } as CurrentRoute
  const routing: World['routing'] = {
    table: () => undefined,
    ready: () => ({ default_route: 'main', routes: [route] }),
    find: (id) => (id === 'main' ? route : undefined),
    digest: () => undefined,
  }
  return {
    clock,
    leases,
    keychain,
    keyring,
    secrets,
    learned,
    lease: leaseKey({ routing, keyring, env, learn, leases }),
  }
}
const notReady = expect.objectContaining({
  fault: expect.objectContaining({ code: 'route_not_ready', route_id: 'main' }),
})

describe('a lease (contract 4.4)', () => {
  test('is bound to subject, route and slot, shows no key, and opens for 60 seconds', async () => {
    const { lease, keyring, clock, learned } = setUp()
    await keyring.write(record, 'the-key', 'keychain')
    const leased = await lease('main', 'session:s')
    expect(leased.view()).toMatchObject({
      subject_id: 'session:s',
      audience: { type: 'route', route_id: 'main', slot_id: 'slot' },
      revoked: false,
      active: true,
    })
    expect(JSON.stringify(leased.view())).not.toContain('the-key')
    expect(leased.open()).toEqual({ route_id: 'main', prefix: 'https://p/v1', key: 'the-key' })
    expect(learned).toContain('the-key')
    await clock.advance(leaseFor)
    expect(() => leased.open()).toThrow(notReady)
  })

  test('ends with a rotation or a deletion, also one that comes while the keychain answers', async () => {
    const { lease, keyring } = setUp()
    await keyring.write(record, 'old', 'keychain')
    const before = await lease('main', 's')
    const meanwhile = lease('main', 's')
    await keyring.write(record, 'new', 'keychain')
    expect(() => before.open()).toThrow(notReady)
    const late = await meanwhile
    expect(() => late.open()).toThrow(notReady)
    const fresh = await lease('main', 's')
    expect(fresh.open().key).toBe('new')
    await keyring.delete('slot')
    expect(() => fresh.open()).toThrow(notReady)
    await expect(lease('main', 's')).rejects.toEqual(notReady)
  })

  test('is not given out for a slot that another provider took over (V23)', async () => {
    const { lease, keyring } = setUp()
    await keyring.write({ ...record, provider: 'generic' }, 'not-for-you', 'keychain')
    await expect(lease('main', 'session:s')).rejects.toThrow(notReady)
  })

  test('survives a rotation that failed, and so does the old key', async () => {
    const { lease, keyring, keychain, secrets } = setUp()
    await keyring.write(record, 'old', 'keychain')
    const leased = await lease('main', 's')
    keychain.become('locked')
    await expect(keyring.write({ ...record, updated_at_ms: 2 }, 'new', 'keychain')).rejects.toMatchObject({
      fault: { code: 'secret_store_locked' },
    })
    expect(leased.open().key).toBe('old')
    expect(secrets.get('slot')).toEqual(record)
  })

  test.each([
    [{ kind: 'inline_api_key', reveal: () => 'inline' } as const, 'inline'],
    [{ kind: 'api_key_env', variable: 'MY_KEY' } as const, 'from-env'],
    [{ kind: 'provider_default', variable: 'MY_KEY' } as const, 'from-env'],
  ])('%j needs no slot', async (credential, key) => {
    const leased = await setUp(credential, { MY_KEY: 'from-env' }).lease('main', 's')
    expect(leased.view()).toBeNull()
    expect(leased.open().key).toBe(key)
    if (credential.kind !== 'inline_api_key') {
      await expect(setUp(credential).lease('main', 's')).rejects.toEqual(notReady)
    }
  })
})

describe('the keyring (contract 4.2, 4.5)', () => {
  test('keeps a consented key in memory only, and the keychain’s wins back on the next set', async () => {
    const { keyring, secrets, keychain } = setUp()
    await keyring.write(record, 'in-memory', 'session')
    expect(keyring.find('slot')).toMatchObject({ where: 'memory' })
    expect(secrets.list()).toEqual([])
    expect(await keychain.get('root/slot')).toBeNull()
    await keyring.write(record, 'kept', 'keychain')
    expect(keyring.list()).toMatchObject([{ where: 'keychain' }])
    expect(await keyring.read('slot')).toBe('kept')
  })

  test('a set that fails anywhere leaves record and entry as they were', async () => {
    const { keyring, keychain, secrets } = setUp()
    keychain.become('locked')
    await expect(keyring.write(record, 'first', 'keychain')).rejects.toThrow()
    expect(keyring.find('slot')).toBeUndefined()

    keychain.become('secured')
    await keyring.write(record, 'first', 'keychain')
    keychain.become('locked')
    await expect(keyring.write({ ...record, updated_at_ms: 2 }, 'second', 'keychain')).rejects.toThrow()
    expect(keyring.find('slot')).toMatchObject({ updated_at_ms: 1 })

    keychain.become('secured')
    secrets.put = () => {
      throw new Error('the disk is full')
    }
    await expect(keyring.write({ ...record, slot_id: 'new' }, 'third', 'keychain')).rejects.toThrow('full')
    expect(await keychain.get('root/new')).toBeNull()
    expect(await keychain.get('root/slot')).toBe('first')
  })

  test('changes of one slot happen one after the other', async () => {
    const { keyring } = setUp()
    await Promise.all(['a', 'b', 'c'].map((key) => keyring.write(record, key, 'keychain')))
    expect(await keyring.read('slot')).toBe('c')
  })

  test('a failed read changes nothing; a missing entry is remembered until it is set again', async () => {
    const { keyring, keychain } = setUp()
    await keyring.write(record, 'k', 'keychain')
    keychain.become('locked')
    await expect(keyring.read('slot')).rejects.toThrow()
    expect(keyring.isWhole('slot')).toBe(true)
    keychain.become('secured')
    await keychain.delete('root/slot')
    expect(await keyring.read('slot')).toBeNull()
    expect(keyring.isWhole('slot')).toBe(false)
    await keyring.write(record, 'k', 'keychain')
    expect(keyring.isWhole('slot')).toBe(true)
  })
})
