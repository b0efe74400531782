import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Growing } from '@contract/fold'
import { fold } from '@contract/fold'
import type { DaemonState } from '@contract/routes'
import { afterEach, describe, expect, test } from 'vitest'
import { startDaemon } from './index'
import { fakeBrowser } from './ports/browser.fake'
import type { DaemonPorts } from './ports/daemon'
import { fakeKeychain } from './ports/keychain.fake'
import { patience } from './runtime/check-store'
import { openStore } from './store/open-store'
import { aMessage, sessionId } from './store/sample'
import { systemClock } from './system/clock'
import type { House, HouseOptions } from './testing'
import { openHouse, textIn } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const stall = { text: 'one two three four five six seven eight', after_chunks: 4, ending: 'stall' } as const

describe('a stop in order', () => {
  test('ends what runs as interrupted (daemon_stopping), keeps what waits, and the next start goes on', async () => {
    await open({ script: [stall] })
    const session_id = await house.chat()
    const first = await house.submit(session_id, 'one')
    const second = await house.submit(session_id, 'two')
    await house.until('run.grew')
    const began = performance.now()
    await house.restart()
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(await house.ask('runs.get', { run_id: first.run.run_id })).toMatchObject({
      status: 'interrupted',
      error: { code: 'daemon_stopping' },
    })
    expect(
      (await house.until('run.ended', (event) => event.run.run_id === second.run.run_id)).run.status,
    ).toBe('completed')
    const { messages } = await house.ask('sessions.transcript', { session_id })
    expect(messages.map((message) => message.status ?? textIn(message))).toEqual([
      'one',
      'interrupted',
      'two',
      'completed',
    ])
  })

  test('what a stopped answer cost is still asked for after the next start', async () => {
    await open({ script: [stall] })
    const session_id = await house.chat()
    const { run } = await house.submit(session_id, 'one')
    await house.until('run.grew')
    await house.ask('runs.cancel', { run_id: run.run_id })
    await house.restart()
    const { message } = await house.until('message.changed')
    expect(message.receipt?.cost.basis).toBe('reported')
    expect((await house.ask('costs.report', {})).total).toMatchObject({
      runs: 1,
      reported_usd: message.receipt?.cost.usd,
      estimated_usd: 0,
    })
    expect((await house.ask('sessions.get', { session_id })).cost_usd).toBeGreaterThan(0)
  })

  test('a stopped daemon refuses everything and gives its state root back', async () => {
    await open()
    const old = house.daemon()
    await house.restart()
    expect(() => old.handlers['sessions.list']({ limit: 1 })).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'daemon_stopping' }) }),
    )
  })

  test('two daemons never share a state root', async () => {
    await open()
    const { stateRoot } = house
    const second = startDaemon({
      stateRoot,
      env: {},
      version: '0',
      keychain: fakeKeychain(),
      browser: fakeBrowser(),
      publish: () => undefined,
    })
    const detail = expect.stringContaining('every other kheish command speak') as string
    await expect(second).rejects.toMatchObject({ fault: { code: 'state_root_in_use', status: 409, detail } })
  })
})

describe('a kill (contract 6.5)', () => {
  /** What a killed process leaves on disk: a copy of the state root at this moment. */
  async function afterKill() {
    const copy = await mkdtemp(join(tmpdir(), 'kheish-killed-'))
    // The inventory record may be about to be renamed into its place.
    await cp(house.stateRoot, copy, { recursive: true, filter: (path) => !/lock\.|inventory/.test(path) })
    const events: string[] = []
    const daemon = await startDaemon({
      stateRoot: copy,
      env: {},
      version: '0',
      isPassive: true,
      keychain: house.keychain,
      browser: fakeBrowser(),
      publish: (event) => void events.push(event.type),
    })
    return { daemon, close: () => daemon.stop().then(() => rm(copy, { recursive: true })) }
  }

  test('every byte that anybody saw is there; the run is interrupted (daemon_restarted); nothing was sent again', async () => {
    await open({ script: [stall] })
    const session_id = (await house.ask('sessions.create', {})).session_id
    const { run } = await house.submit(session_id, 'one')
    const waiting = await house.submit(session_id, 'two')
    const look = () => house.ask('sessions.transcript', { session_id })
    await expect.poll(async () => textIn((await look()).messages[1])).toContain('four')
    const seen = await look()
    const { daemon, close } = await afterKill()
    const after = await daemon.handlers['sessions.transcript']({ session_id, limit: 60 })
    expect(after.messages[1]?.parts).toEqual(seen.messages[1]?.parts)
    expect(textIn(after.messages[1])).not.toBe('')
    expect(after.messages[1]).toMatchObject({ status: 'interrupted', fault: { code: 'daemon_restarted' } })
    expect(after.active).toBeNull()
    expect(after.queued.map((each) => each.run_id)).toEqual([waiting.run.run_id])
    expect(after.session.activity).toBe('idle')
    expect((await daemon.handlers['runs.get']({ run_id: run.run_id })).receipt?.generation_id).toBeTruthy()
    expect(house.provider.requests.filter((each) => each.path.endsWith('/completions'))).toHaveLength(1)
    await close()
  })

  test('of many runs that are written together, too', async () => {
    await open({ script: [{ ...stall, times: 20 }] })
    const submitOne = async () => {
      const session_id = await house.chat()
      await house.submit(session_id, 'one')
      return session_id
    }
    const toldIn = (chat: string): Growing =>
      house.events
        .flatMap((event) => (event.type === 'run.grew' && event.session_id === chat ? [event.batch] : []))
        .reduce<Growing>((told, batch) => fold(told, batch) as Growing, { parts: [], seen: 0 })
    const untilToldAll = async (chats: readonly string[]) => {
      await expect.poll(() => chats.every((chat) => textIn(toldIn(chat)).includes('four'))).toBe(true)
    }
    // None of them ends, so whatever comes after the first eight waits for others.
    const first = await Promise.all(Array.from({ length: 8 }, submitOne))
    await untilToldAll(first)
    const chats = [...first, ...(await Promise.all(Array.from({ length: 12 }, submitOne)))]
    await untilToldAll(chats)
    const { daemon, close } = await afterKill()
    for (const chat of chats) {
      const { messages } = await daemon.handlers['sessions.transcript']({
        session_id: sessionId(chat),
        limit: 60,
      })
      expect(messages[1]).toMatchObject({
        ...toldIn(chat),
        status: 'interrupted',
        fault: { code: 'daemon_restarted' },
      })
    }
    await close()
  })
})

describe('a store that was damaged under a killed process', () => {
  /** A state root as a kill leaves it, with one page of its messages overwritten. */
  async function damaged(): Promise<string> {
    const [old, root] = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), 'kheish-damaged-'))))
    if (!old || !root) throw new Error('no folder')
    const options = { file: join(old, 'kheish.sqlite'), now: () => 1, newRootId: () => 'root' }
    const store = openStore(options)
    store.sessions.create({ session_id: sessionId('s1'), title: 'One', at_ms: 1 })
    for (let at = 0; at < 200; at += 1) store.messages.add(aMessage(`m${String(at)}`))
    store.close()
    const killed = openStore(options)
    await cp(old, root, { recursive: true })
    killed.close()
    await rm(old, { recursive: true })
    const file = join(root, 'kheish.sqlite')
    const bytes = await readFile(file)
    const page = Math.floor(bytes.indexOf('text of m100') / 4096) * 4096
    await writeFile(file, bytes.fill(0xa5, page, page + 100))
    return root
  }

  /** A start that waits for the verdict as long as it is told to. */
  const startOn = (
    stateRoot: string,
    patient: number,
    states: DaemonState[] = [],
    extras: Partial<DaemonPorts> = {},
  ) =>
    startDaemon({
      stateRoot,
      env: {},
      version: '0',
      keychain: fakeKeychain(),
      browser: fakeBrowser(),
      clock: { ...systemClock, after: (ms, work) => systemClock.after(ms === patience ? patient : ms, work) },
      publish: (event) => void (event.type === 'daemon.changed' && states.push(event.state)),
      ...extras,
    })

  test('is not opened when that is known soon, and its lock is given back', async () => {
    await open()
    const stateRoot = await damaged()
    const refused = { fault: { code: 'store_unreadable' } }
    await expect(startOn(stateRoot, 10_000)).rejects.toMatchObject(refused)
    await expect(startOn(stateRoot, 10_000)).rejects.toMatchObject(refused)
    await rm(stateRoot, { recursive: true })
  })

  test('is left to the next window by a single command', async () => {
    await open()
    const stateRoot = await damaged()
    const daemon = await startOn(stateRoot, 10_000, [], { isPassive: true })
    expect(await daemon.handlers['sessions.list']({ limit: 1 })).toMatchObject({ total: 1 })
    await daemon.stop()
    await expect(startOn(stateRoot, 10_000)).rejects.toMatchObject({ fault: { code: 'store_unreadable' } })
    await rm(stateRoot, { recursive: true })
  })

  test('is used no further once that is known', async () => {
    await open()
    const stateRoot = await damaged()
    const states: DaemonState[] = []
    const daemon = await startOn(stateRoot, 0, states)
    const failed = { phase: 'failed', fault: { code: 'store_unreadable' } }
    await expect.poll(() => states.at(-1), { timeout: 10_000 }).toMatchObject(failed)
    expect(daemon.handlers['daemon.state']({})).toMatchObject(failed)
    expect(() => daemon.handlers['sessions.list']({ limit: 1 })).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'store_unreadable' }) }),
    )
    await daemon.stop()
    await rm(stateRoot, { recursive: true })
  })
})

describe('chats that were deleted', () => {
  test('stop at once, come back on request, and are gone after the next start', async () => {
    await open({ script: [stall, stall] })
    const session_id = await house.chat()
    const { run } = await house.submit(session_id, 'one')
    await house.submit(session_id, 'two')
    await house.until('run.grew')
    await house.ask('sessions.delete', { session_id })
    await house.until('session.deleted')
    expect(await house.refused('sessions.get', { session_id })).toMatchObject({ code: 'session_not_found' })
    expect(
      await house.refused('sessions.submitRun', { session_id, idempotency_key: 'x', content: 'x' }),
    ).toMatchObject({ code: 'session_not_found' })
    expect((await house.ask('runs.list', { session_id })).runs.map((each) => each.status)).toEqual([
      'cancelled',
      'interrupted',
    ])

    const back = await house.ask('sessions.restore', { session_id })
    expect(back.title).toBe('one')
    expect((await house.ask('sessions.transcript', { session_id })).messages).toHaveLength(2)

    await house.ask('sessions.delete', { session_id })
    await house.restart()
    // The sweep is left to the first free moment after the start.
    const isThere = () =>
      house.ask('runs.get', { run_id: run.run_id }).then(
        () => true,
        () => false,
      )
    await expect.poll(isThere).toBe(false)
    expect(await house.refused('sessions.restore', { session_id })).toMatchObject({
      code: 'session_not_found',
    })
  })
})
