import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { Store } from './ports/store'
import { openStore } from './store/open-store'
import { readMeanwhile } from './store/sample'
import type { House, HouseOptions } from './testing'
import { canary, openHouse, storeKey, textIn } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

/** In no dictionary, so that it is nowhere by chance. */
const planted = 'Quokkabeuteldachs'
const partOf = async (name: string) =>
  (await house.ask('storage.get', {})).parts.find((part) => part.name === name)

/** Files below the state root that hold the planted word in any case. */
async function holders(): Promise<readonly string[]> {
  const files = await readdir(house.stateRoot, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const { name, parentPath } of files.filter((file) => file.isFile())) {
    // What was only there while it was being written is gone.
    const text = await readFile(join(parentPath, name), 'latin1').catch(() => '')
    if (text.toLowerCase().includes(planted.toLowerCase())) found.push(name)
  }
  return found
}

/** A life: chats, a branch, a deleted chat, a draft, a choice, a limit, evidence, a copy of the database. */
async function live(): Promise<string> {
  const session_id = await house.chat()
  await house.ask('sessions.input', { session_id, idempotency_key: 'l', content: `${planted} asks` })
  const { messages } = await house.ask('sessions.transcript', { session_id })
  await house.ask('sessions.branch', { session_id, message_id: messages[1]?.message_id ?? '' })
  await house.ask('sessions.saveDraft', { session_id, draft: `${planted} drafts` })
  const content_base64 = Buffer.from(`${planted} writes`).toString('base64')
  await house.ask('assets.import', { file_name: `${planted}.txt`, content_base64 })
  await house.ask('preferences.set', { theme: 'dark' })
  await house.ask('runtime.setModel', { model: `openrouter/lab/${planted}` })
  const other = await house.chat()
  await house.ask('sessions.rename', { session_id: other, title: `${planted} titles` })
  await house.ask('sessions.delete', { session_id: other })
  await mkdir(join(house.stateRoot, 'evidence', 'run'), { recursive: true })
  await writeFile(join(house.stateRoot, 'evidence', 'run', 'request.json'), planted)
  await writeFile(join(house.stateRoot, 'kheish.sqlite.v40.bak'), planted)
  return session_id
}

describe('storage.get', () => {
  test('says where everything is and how large', async () => {
    await open()
    await live()
    const view = await house.ask('storage.get', {})
    expect(view).toMatchObject({ state_root: house.stateRoot, chats: 2, messages: 4, keys: 1 })
    expect(view.parts.map(({ name, path }) => [name, path])).toEqual([
      ['database', 'kheish.sqlite'],
      ['assets', 'assets'],
      ['recordings', 'recordings'],
      ['logs', 'logs'],
      ['evidence', 'evidence'],
      ['routes_file', 'routes.toml'],
      ['window', 'window'],
    ])
    expect((await partOf('database'))?.bytes).toBeGreaterThan(100_000)
    expect(await partOf('evidence')).toMatchObject({ bytes: planted.length, files: 1 })
    expect(await partOf('window')).toMatchObject({ bytes: 0, files: 0 })
    expect((await partOf('routes_file'))?.files).toBe(1)
  })
})

describe('storage.deleteAll', () => {
  const confirm = 'delete everything'

  test('takes everything a person made, and every trace of it; routes and keys stay', async () => {
    await open()
    const session_id = await live()
    expect(await holders()).toContain('kheish.sqlite-wal')
    const view = await house.ask('storage.deleteAll', { confirm })
    expect(view).toMatchObject({ chats: 0, messages: 0, keys: 1 })
    expect(await holders()).toEqual([])
    expect(await readdir(house.stateRoot)).not.toContain('deleting.json')
    expect(await house.refused('sessions.get', { session_id })).toMatchObject({ code: 'session_not_found' })
    expect(await house.ask('sessions.search', { query: planted })).toEqual({ hits: [] })
    expect((await house.ask('preferences.get', {})).theme).toBe('system')
    expect((await house.ask('runtime.get', {})).model).toBe('openai/gpt-5.4-mini')
    expect((await house.ask('costs.report', {})).total.runs).toBe(0)
    expect(await house.ask('daemon.state', {})).toEqual({ phase: 'ready', demo: false })
    for (const type of [
      'session.deleted',
      'preferences.changed',
      'runtime.changed',
      'secrets.changed',
    ] as const)
      await house.until(type)

    const again = await house.ask('sessions.input', {
      session_id: await house.chat(),
      idempotency_key: 'l',
      content: 'And now?',
    })
    expect(again.run.status).toBe('completed')
    await house.restart()
    expect((await house.ask('sessions.list', {})).total).toBe(1)
    expect(await holders()).toEqual([])
  })

  test('many assets go some at a time, and everybody is answered meanwhile', async () => {
    await open()
    const { assets } = house.daemon()
    const names = Array.from({ length: 120 }, (_, at) => `note ${String(at)}.txt`)
    await Promise.all(names.map((file_name) => assets.import({ file_name, bytes: Buffer.from(file_name) })))
    const seen = new Set<number>()
    const work = { isOver: false }
    const deleting = house.ask('storage.deleteAll', { confirm }).finally(() => (work.isOver = true))
    while (!work.isOver) {
      seen.add((await house.ask('assets.list', { limit: 1 })).total)
      await setImmediate()
    }
    await deleting
    expect([...seen].filter((total) => total > 0 && total < 120)).not.toEqual([])
    expect(house.events.filter(({ type }) => type === 'asset.deleted')).toHaveLength(120)
    expect(await readdir(house.stateRoot)).not.toContain('assets')
  })

  test('stops what runs and what waits first', async () => {
    await open({ script: [{ text: `${planted} answers at length`, after_chunks: 2, ending: 'stall' }] })
    const session_id = await house.chat()
    const { run } = await house.submit(session_id, planted)
    const waiting = await house.submit(session_id, 'two')
    await house.until('run.grew')
    await house.ask('storage.deleteAll', { confirm })
    const ends = house.events.flatMap((event) =>
      event.type === 'run.ended' ? [[event.run.run_id, event.run.status]] : [],
    )
    expect(ends).toEqual([
      [waiting.run.run_id, 'cancelled'],
      [run.run_id, 'interrupted'],
    ])
    await expect.poll(() => house.provider.connections()).toBe(0)
    expect(await house.ask('runs.list', {})).toEqual({ runs: [] })
    expect(await holders()).toEqual([])
  })

  test('takes the keys on wish, and asks for one again', async () => {
    await open()
    expect(await house.ask('storage.deleteAll', { confirm, with_keys: true })).toMatchObject({ keys: 0 })
    expect(await house.keychain.get(house.account())).toBeNull()
    expect(await house.ask('daemon.state', {})).toMatchObject({ phase: 'setup' })
    await storeKey(house)
    expect(await house.ask('daemon.state', {})).toMatchObject({ phase: 'ready' })
  })

  test('deletes nothing when the keychain keeps the keys', async () => {
    await open()
    await live()
    house.keychain.become('locked')
    expect(await house.refused('storage.deleteAll', { confirm, with_keys: true })).toMatchObject({
      code: 'secret_store_locked',
    })
    expect(await house.ask('storage.get', {})).toMatchObject({ chats: 2, keys: 1 })
    expect(await readdir(house.stateRoot)).not.toContain('deleting.json')
    house.keychain.become('secured')
    expect(await house.keychain.get(house.account())).toBe(canary)
    await house.restart()
    expect(await house.ask('storage.get', {})).toMatchObject({ chats: 2, keys: 1 })
  })

  test('what a keychain keeps that locks midway goes at the next start', async () => {
    await open()
    await live()
    await house.ask('secrets.set', { slot_id: 'lab.key', source: { kind: 'inline', value: canary } })
    const { keychain } = house
    const locksMidway = async (account: string) => {
      const wasThere = await keychain.delete(account)
      keychain.become('locked')
      return wasThere
    }
    await house.restart({ keychain: { ...keychain, delete: locksMidway } })
    expect(await house.ask('storage.deleteAll', { confirm, with_keys: true })).toMatchObject({
      chats: 0,
      keys: 1,
    })
    expect(await holders()).toEqual([])
    keychain.become('secured')
    await house.restart()
    expect(await house.ask('storage.get', {})).toMatchObject({ keys: 0 })
    expect(await readdir(house.stateRoot)).not.toContain('deleting.json')
  })

  test('deletes nothing in a folder that can’t be written, and says so', async () => {
    await open()
    await live()
    // A folder in its place refuses everybody; rights would not hold back whoever runs as root.
    await mkdir(join(house.stateRoot, 'deleting.json'))
    expect(await house.refused('storage.deleteAll', { confirm, with_keys: true })).toMatchObject({
      code: 'store_unreadable',
      detail: expect.stringContaining('data folder') as string,
    })
    expect(await house.ask('storage.get', {})).toMatchObject({ chats: 2, keys: 1 })
  })

  test.each<[string, (store: Store) => void]>([
    ['nothing was gone yet', () => undefined],
    ['some chats were gone', (store) => void store.erase.sessions(1)],
    [
      'everything was gone but its traces',
      (store) => {
        store.erase.sessions(99)
        store.erase.rest(false)
      },
    ],
  ])('is finished by the next start when this one was killed: %s', async (_when, wasDone) => {
    await open()
    await live()
    await house.daemon().stop()
    await writeFile(join(house.stateRoot, 'deleting.json'), JSON.stringify({ version: 1, with_keys: true }))
    const store = openStore({
      file: join(house.stateRoot, 'kheish.sqlite'),
      now: () => 1,
      newRootId: () => '',
    })
    wasDone(store)
    store.close()
    await house.restart()
    expect(await house.ask('storage.get', {})).toMatchObject({ chats: 0, messages: 0, keys: 0 })
    expect(await holders()).toEqual([])
    expect(await readdir(house.stateRoot)).not.toContain('deleting.json')
    expect(await house.ask('daemon.state', {})).toMatchObject({ phase: 'setup' })
  })

  test('a keychain that refuses then is tried again; what was made since then is not meant', async () => {
    await open()
    await writeFile(join(house.stateRoot, 'deleting.json'), JSON.stringify({ version: 1, with_keys: true }))
    house.keychain.become('locked')
    await house.restart()
    expect(await house.ask('storage.get', {})).toMatchObject({ keys: 1 })
    const session_id = await house.chat()
    house.keychain.become('secured')
    const old = house.account()
    await house.ask('secrets.set', { slot_id: 'lab.key', source: { kind: 'inline', value: canary } })
    await house.restart()
    expect(await house.keychain.get(old)).toBeNull()
    expect((await house.ask('secrets.list', {})).slots.map(({ slot_id }) => slot_id)).toEqual(['lab.key'])
    expect((await house.ask('sessions.get', { session_id })).session_id).toBe(session_id)
    expect(await readdir(house.stateRoot)).not.toContain('deleting.json')
  })

  test('traces that somebody was just reading go at the next start, and nothing else does', async () => {
    await open()
    await live()
    const stopReading = readMeanwhile(join(house.stateRoot, 'kheish.sqlite'))
    await house.ask('storage.deleteAll', { confirm })
    const session_id = await house.chat()
    stopReading()
    await house.restart()
    expect(await holders()).toEqual([])
    expect((await house.ask('sessions.get', { session_id })).session_id).toBe(session_id)
    expect(await readdir(house.stateRoot)).not.toContain('deleting.json')
  })
})

describe('logs.read', () => {
  const line = (level: number, msg: string, extras: object = {}) =>
    `${JSON.stringify({ level, time: '2026-11-20T10:00:00.000Z', ...extras, msg })}\n`
  const logs = () => join(house.stateRoot, 'logs')

  test('answers the newest lines last, as bad as asked for or worse', async () => {
    await open()
    await expect.poll(async () => (await house.ask('logs.read', {})).lines.length).toBeGreaterThan(0)
    const { lines } = await house.ask('logs.read', {})
    expect(lines[0]).toMatchObject({ level: 'info', message: 'started', data: { version: '0.0.0' } })
    expect(lines[0]?.at_ms).toBeGreaterThan(Date.now() - 60_000)
    expect(await house.ask('logs.read', { level: 'error' })).toEqual({ lines: [] })
  })

  test('goes back through what was turned over, and reads no more than it needs', async () => {
    await open()
    await rm(logs(), { recursive: true })
    await mkdir(logs())
    const many = Array.from({ length: 60_000 }, (_, at) =>
      line(30, `old ${String(at)}`, { pad: 'x'.repeat(100) }),
    )
    await writeFile(join(logs(), '20261119-1000-01-kheish.log'), line(50, 'first') + many.join(''))
    await writeFile(
      join(logs(), '20261120-1000-01-kheish.log'),
      `${line(40, 'second ü 京都')}no line of ours\n{"level":30\n`,
    )
    await writeFile(join(logs(), 'kheish.log'), line(20, 'quiet') + line(30, 'third'))
    const read = async (input: object) =>
      (await house.ask('logs.read', input)).lines.map(({ level, message }) => `${level} ${message}`)
    expect(await read({ limit: 3 })).toEqual(['info old 59999', 'warn second ü 京都', 'info third'])
    expect(await read({ limit: 3, level: 'debug' })).toEqual([
      'warn second ü 京都',
      'debug quiet',
      'info third',
    ])
    expect(await read({ limit: 2, level: 'warn' })).toEqual(['error first', 'warn second ü 京都'])
    expect(await read({ limit: 1 })).toEqual(['info third'])
  })

  test('a secret that became known after it was written is taken out', async () => {
    await open({ hasKey: false })
    await writeFile(join(logs(), 'kheish.log'), line(30, 'odd', { said: `it was ${canary}` }))
    await storeKey(house)
    const { lines } = await house.ask('logs.read', {})
    expect(JSON.stringify(lines)).not.toContain(canary)
    expect(lines.at(-1)?.message).toBeTruthy()
    await rm(logs(), { recursive: true })
  })
})

describe('small questions', () => {
  test('models.get answers one model of a route, or that there is none', async () => {
    await open()
    await house.ask('models.refresh', {})
    const { models } = await house.ask('models.list', {})
    const [first] = models
    expect(await house.ask('models.get', { model: first?.id ?? '' })).toEqual(first)
    expect(await house.refused('models.get', { model: 'no/such' })).toMatchObject({ code: 'model_not_found' })
    expect(await house.refused('models.get', { provider: 'ghost', model: 'x' })).toMatchObject({
      code: 'route_unknown',
    })
  })

  test('sessions.events pages through the journal (contract 6.1)', async () => {
    await open()
    const session_id = await house.chat()
    const { message } = await house.ask('sessions.input', { session_id, idempotency_key: 'j', content: 'Hi' })
    expect(textIn(message)).not.toBe('')
    const all = await house.ask('sessions.events', { session_id })
    expect(all.has_more).toBe(false)
    expect(all.events.map(({ offset, kind }) => [offset, kind])).toEqual([
      [1, 'input_received'],
      [2, 'message_appended'],
      [3, 'message_appended'],
      [4, 'run_ended'],
    ])
    const page = await house.ask('sessions.events', { session_id, after: 1, limit: 2 })
    expect(page).toEqual({ events: all.events.slice(1, 3), has_more: true })
    expect(await house.ask('sessions.events', { session_id, after: 4 })).toEqual({
      events: [],
      has_more: false,
    })
    expect(await house.refused('sessions.events', { session_id: 'ghost' })).toMatchObject({
      code: 'session_not_found',
    })
  })

  test('runtime.setPermissionMode makes a revision, and refuses an old one (contract 13.1)', async () => {
    await open()
    const { config } = await house.ask('runtime.get', {})
    const set = { mode: 'plan', expected_revision: config.revision } as const
    const changed = await house.ask('runtime.setPermissionMode', set)
    expect(changed).toMatchObject({ permission_mode: 'plan', config: { revision: config.revision + 1 } })
    await house.until('runtime.changed', ({ runtime }) => runtime.permission_mode === 'plan')
    expect(await house.refused('runtime.setPermissionMode', { ...set, mode: 'default' })).toMatchObject({
      code: 'runtime_revision_conflict',
    })
    await house.restart()
    expect((await house.ask('runtime.get', {})).permission_mode).toBe('plan')
  })
})
