import type { DaemonState } from '@contract/routes'
import { expect, test } from 'vitest'
import { recommendedFile } from '../core/routes/recommended'
import { fakeClock } from '../ports/clock.fake'
import { fakeFiles } from '../ports/files.fake'
import { fakeLog } from '../ports/log.fake'
import { createRouting, provideRoutesFile } from './load-routing'
import type { World } from './world'

/** A parser that knows three texts; what TOML is has its own tests. */
const parsed: Record<string, unknown> = {
  [recommendedFile]: {
    version: 1,
    default_route: 'openrouter',
    routes: {
      openrouter: { driver: 'openrouter', default_model: 'a/b', auth_ref: 'openrouter.primary' },
    },
  },
  inline: { routes: { x: { driver: 'openrouter', default_model: 'a/b', api_key: 'sk-or-v1-inline-key' } } },
  environment: { routes: { x: { driver: 'openrouter', default_model: 'a/b', api_key_env: 'MY_KEY' } } },
  key_as_slot: { routes: { x: { driver: 'openrouter', default_model: 'a/b', auth_ref: 'sk-or-v1-pasted' } } },
  empty: { routes: {} },
}

function setUp(text: string | undefined, slots: Record<string, string> = {}, demo?: { prefix: string }) {
  const files = fakeFiles(new Map(text === undefined ? [] : [['/r.toml', text]]))
  const told: DaemonState[] = []
  const learned: string[] = []
  let readied = 0
  const background: Promise<void>[] = []
  // Routing reads the runtime's settings only.
  const store = { runtime: { get: () => ({ models: {} }) } } as unknown as World['store']
  const routing = createRouting({
    files,
    hash: (given) => `hash of ${String(given.length)}`,
    parseToml: (given) => parsed[given],
    env: { MY_KEY: 'a-key-of-the-environment' },
    clock: fakeClock(5),
    store,
    publish: (event) => void (event.type === 'daemon.changed' && told.push(event.state)),
    log: fakeLog(),
    routesFile: '/r.toml',
    inventoryFile: '/inventory.json',
    findSlot: (slot) => (slots[slot] === undefined ? undefined : { provider: slots[slot] }),
    demo,
    learn: (secret) => void learned.push(secret),
    inBackground: (work) => void background.push(work),
    becameReady: () => (readied += 1),
  })
  return { files, routing, told, learned, background, slots, readied: () => readied }
}

test('an empty slot asks for set-up; filling it is enough; ready is told once', async () => {
  const { routing, slots, told, readied, files, background } = setUp(recommendedFile)
  const setup = { phase: 'setup', route_id: 'openrouter', slot_id: 'openrouter.primary' }
  expect(await routing.reload()).toEqual(setup)
  expect(() => routing.ready()).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ code: 'not_ready' }) }),
  )
  slots['openrouter.primary'] = 'openrouter'
  routing.recheck()
  routing.recheck()
  await routing.reload()
  expect(told).toEqual([setup, { phase: 'ready', demo: false }])
  expect(readied()).toBe(1)
  expect(routing.ready().default_route).toBe('openrouter')
  await Promise.all(background)
  expect(JSON.parse(files.texts.get('/inventory.json') ?? '')).toMatchObject({
    file: '/r.toml',
    loaded_at_ms: 5,
  })
})

test.each([
  [undefined, 'route_file_read_failed'],
  ['empty', 'route_file_invalid'],
])('%j asks for repair and leaves no route in force', async (text, code) => {
  const { routing, files } = setUp(text)
  expect(await routing.reload()).toMatchObject({ phase: 'repair', file: '/r.toml', fault: { code } })
  expect(routing.table()).toBeUndefined()
  routing.recheck()
  expect(routing.state().phase).toBe('repair')
  await provideRoutesFile(files, '/r.toml')
  expect(files.texts.get('/r.toml')).toBe(text ?? recommendedFile)
})

test('a slot of another provider asks for repair, not for a key that would overwrite it (V23)', async () => {
  const { routing, slots } = setUp(recommendedFile, { 'openrouter.primary': 'generic' })
  const slot_id = 'openrouter.primary'
  expect(await routing.reload()).toMatchObject({
    phase: 'repair',
    file: '/r.toml',
    fault: { code: 'route_auth_provider_mismatch', route_id: 'openrouter', slot_id },
  })
  expect(routing.table()?.default_route).toBe('openrouter')
  delete slots[slot_id]
  routing.recheck()
  expect(routing.state()).toEqual({ phase: 'setup', route_id: 'openrouter', slot_id })
})

test('a key in the place of a slot’s name is refused and shown nowhere', async () => {
  const { routing } = setUp('key_as_slot')
  const state = await routing.reload()
  expect(state).toMatchObject({ phase: 'repair', fault: { code: 'route_file_invalid', reason: 'auth_ref' } })
  expect(JSON.stringify(state)).not.toContain('pasted')
})

test.each([
  ['inline', 'sk-or-v1-inline-key'],
  ['environment', 'a-key-of-the-environment'],
])('a key that is %s is known to the log’s scrubber before anything else happens', async (text, key) => {
  const { routing, learned } = setUp(text)
  expect(await routing.reload()).toEqual({ phase: 'ready', demo: false })
  expect(learned).toEqual([key])
})

test('the demo reads no file', async () => {
  const { routing, files } = setUp(undefined, {}, { prefix: 'http://127.0.0.1:1/v1' })
  expect(await routing.reload()).toEqual({ phase: 'ready', demo: true })
  expect(routing.find('openrouter')).toMatchObject({
    prefix: 'http://127.0.0.1:1/v1',
    model: 'openai/gpt-5.4-mini',
  })
  expect(files.texts.size).toBe(0)
})
