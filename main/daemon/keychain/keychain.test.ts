import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { transformWithOxc } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startKeyring, type Keyring } from '../../../e2e/driver/keyring'
import type { Keychain } from '../ports/keychain'
import { fakeKeychain } from '../ports/keychain.fake'
import { keychainSuite } from '../ports/keychain.suite'
import type { KeychainAnswer, KeychainChild, KeychainQuestion } from '../ports/keychain-child'
import { createMemoryKeychain } from '../ports/memory-keychain'
import { nodeKeychainForker } from './fork-node'
import { createKeychain } from './keychain'
import { troubleOf } from './trouble'

// The same child on every Node that runs these tests: the oldest one can't read TypeScript.
const childFile = join(
  import.meta.dirname,
  '../../../node_modules/.cache',
  `keychain-child-${process.pid}.mjs`,
)
beforeAll(async () => {
  const source = join(import.meta.dirname, 'child.ts')
  const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source)
  mkdirSync(dirname(childFile), { recursive: true })
  writeFileSync(childFile, code)
})
afterAll(() => rmSync(childFile, { force: true }))

describe('in memory', () => keychainSuite(createMemoryKeychain))
describe('the fake', () => {
  keychainSuite(fakeKeychain)
  test.each([
    ['locked', 'secret_store_locked'],
    ['missing', 'secret_store_unavailable'],
  ] as const)('%s fails every call', async (state, code) => {
    const fake = fakeKeychain(state)
    await expect(fake.get('a')).rejects.toMatchObject({ fault: { code } })
    await expect(fake.set('a', 'b')).rejects.toMatchObject({ fault: { code } })
    expect(await fake.probe()).toMatchObject({ state })
    fake.become('secured')
    expect(await fake.get('a')).toBeNull()
  })
})

describe.runIf(process.platform === 'linux')('the real one, with a Secret Service of its own', () => {
  let keyring: Keyring
  let keychain: Keychain
  beforeAll(async () => {
    keyring = await startKeyring()
    keychain = open(keyring)
  })
  afterAll(async () => {
    await keychain.close()
    await keyring.stop()
  })
  keychainSuite(() => keychain)

  test('another process finds what was stored', async () => {
    await keychain.set('root/openrouter.primary', 'sk-or-v1-kept')
    const other = open(keyring)
    expect(await other.get('root/openrouter.primary')).toBe('sk-or-v1-kept')
    await other.close()
  })
  test('locked: named within five seconds, and the entry is there after unlocking', async () => {
    await keychain.set('root/locked', 'sk-or-v1-safe')
    await keyring.lock()
    expect(await timed(() => keychain.probe())).toMatchObject({
      state: 'locked',
      advice: 'unlock_keyring',
      action: expect.stringContaining('Unlock'),
    })
    await expect(timed(() => keychain.get('root/locked'))).rejects.toMatchObject({
      fault: { code: 'secret_store_locked' },
    })
    await expect(timed(() => keychain.set('root/locked', 'new'))).rejects.toMatchObject({
      fault: { code: 'secret_store_locked' },
    })
    await keyring.unlock()
    expect(await keychain.get('root/locked')).toBe('sk-or-v1-safe')
  })
})

describe.runIf(process.platform === 'linux')('without a keychain service', () => {
  let keyring: Keyring
  beforeAll(async () => {
    keyring = await startKeyring({ service: false })
  })
  afterAll(() => keyring.stop())

  test.each([
    ['a bus without one', () => keyring.env, 'Install gnome-keyring'],
    ['no bus', () => ({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }), 'D-Bus session'],
    [
      'the bus that Electron switches off',
      () => ({ DBUS_SESSION_BUS_ADDRESS: 'disabled:' }),
      'D-Bus session',
    ],
  ])('%s is named with what to do', async (_, env, action) => {
    const keychain = open({ env: env() })
    expect(await timed(() => keychain.probe())).toEqual({
      state: 'missing',
      advice: expect.any(String),
      action: expect.stringContaining(action),
    })
    await expect(timed(() => keychain.set('a', 'sk-canary'))).rejects.toMatchObject({
      fault: { code: 'secret_store_unavailable', detail: expect.stringContaining(action) },
    })
    await expect(timed(() => keychain.get('a'))).rejects.toMatchObject({
      fault: { code: 'secret_store_unavailable' },
    })
    await keychain.close()
  })
})

const open = ({ env }: Pick<Keyring, 'env'>): Keychain =>
  createKeychain({ fork: nodeKeychainForker(childFile, { ...process.env, ...env }) })

async function timed<T>(work: () => Promise<T>): Promise<T> {
  const before = performance.now()
  try {
    return await work()
  } finally {
    expect(performance.now() - before).toBeLessThan(5_000)
  }
}

describe('the child', () => {
  afterEach(() => void vi.useRealTimers())

  /** Children that answer only when told to. */
  const scripted = () => {
    const children: {
      questions: KeychainQuestion[]
      say: (answer: KeychainAnswer) => void
      die: () => void
      kill: ReturnType<typeof vi.fn>
    }[] = []
    const fork = (): KeychainChild => {
      const questions: KeychainQuestion[] = []
      let say: (answer: KeychainAnswer) => void = () => undefined
      let die: () => void = () => undefined
      const kill = vi.fn()
      children.push({ questions, say: (answer) => say(answer), die: () => die(), kill })
      return { ask: (q) => questions.push(q), hear: (l) => (say = l), ended: (l) => (die = l), kill }
    }
    return { children, keychain: createKeychain({ fork, platform: 'linux' }) }
  }

  test('that does not answer is killed with everything that waits, and the next call gets a new one', async () => {
    vi.useFakeTimers()
    const { children, keychain } = scripted()
    const both = Promise.allSettled([keychain.get('a'), keychain.set('b', 'sk-canary')])
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await both).toMatchObject([
      { reason: { fault: { code: 'secret_store_locked' } } },
      { reason: { fault: { code: 'secret_store_locked' } } },
    ])
    expect(children[0]!.kill).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
    const next = keychain.get('a')
    children[1]!.say({ id: children[1]!.questions[0]!.id, value: 'back' })
    expect(await next).toBe('back')
  })
  test('that dies is an unavailable store, not a hang', async () => {
    const { children, keychain } = scripted()
    const call = keychain.get('a')
    children[0]!.die()
    await expect(call).rejects.toMatchObject({ fault: { code: 'secret_store_unavailable' } })
  })
  test('that cannot load its library names the package', async () => {
    const { children, keychain } = scripted()
    const call = keychain.probe()
    children[0]!.say({
      id: 1,
      reason: 'no_library',
      text: 'libsecret-1.so.0: cannot open shared object file',
    })
    expect(await call).toEqual({
      state: 'missing',
      advice: 'install_libsecret',
      action: expect.stringContaining('libsecret-1-0'),
    })
  })
  test('files everything under one service and no failure holds a secret', async () => {
    const { children, keychain } = scripted()
    const call = keychain.set('root/slot', 'sk-canary').catch((error: unknown) => error)
    expect(children[0]!.questions).toEqual([
      { id: 1, op: 'set', service: 'kheish-desktop', account: 'root/slot', secret: 'sk-canary' },
    ])
    children[0]!.say({ id: 1, reason: 'refused', text: 'The name org.freedesktop.secrets was not provided' })
    expect(JSON.stringify(await call)).not.toContain('canary')
  })
})

test.each([
  ['Cannot create an item in a locked collection', 'linux', 'locked'],
  ['Prompt was dismissed', 'linux', 'locked'],
  ['User interaction is not allowed.', 'darwin', 'locked'],
  ['The name org.freedesktop.secrets was not provided by any .service files', 'linux', 'missing'],
  ['Unknown or unsupported transport “disabled” for address “disabled:”', 'linux', 'missing'],
  ['Could not connect: No such file or directory', 'linux', 'missing'],
])('"%s" on %s means %s', (text, platform, state) => {
  expect(troubleOf({ reason: 'refused', text }, platform).state).toBe(state)
})
