import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { startDaemon } from './index'
import { fakeBrowser } from './ports/browser.fake'
import { fakeKeychain } from './ports/keychain.fake'
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
    await expect(second).rejects.toMatchObject({ fault: { code: 'state_root_in_use', status: 409 } })
  })
})

describe('a kill (contract 6.5)', () => {
  /** What a killed process leaves on disk: a copy of the state root at this moment. */
  async function afterKill() {
    const copy = await mkdtemp(join(tmpdir(), 'kheish-killed-'))
    await cp(house.stateRoot, copy, { recursive: true, filter: (path) => !path.includes('lock.') })
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
