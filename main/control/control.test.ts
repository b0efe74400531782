import { lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openHouse, type House, type HouseOptions } from '../daemon/testing'
import { addressOf } from './address'
import { connectControl, type ControlClient } from './connect'
import { openControl, type Control } from './open-control'
import { remoteDaemon } from './remote-daemon'

let undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const each of undo.reverse()) await each()
  undo = []
})

async function open(
  options?: HouseOptions,
): Promise<{ house: House; control: Control; client: ControlClient }> {
  const house = await openHouse(options)
  undo.push(() => house.close())
  const { stateRoot } = house
  const control = await openControl({ daemon: house.daemon(), stateRoot, version: '1.2.3' })
  undo.push(() => control.stop())
  const client = await connectControl(stateRoot)
  if (!client) throw new Error('nobody serves')
  undo.push(async () => client.close())
  return { house, control, client }
}

describe('the control plane', () => {
  test('answers calls over the socket of the state root, and faults as the daemon says them', async () => {
    const { client, house } = await open()
    expect(client.version).toBe('1.2.3')
    expect(await client.ask('runtime.get', {})).toEqual({
      ok: true,
      value: await house.ask('runtime.get', {}),
    })
    const made = await client.ask('sessions.create', { session_id: 'my chat'.replace(' ', '.') })
    expect(made).toMatchObject({ ok: true, value: { session_id: 'my.chat' } })
    expect(await client.ask('sessions.get', { session_id: 'ghost' })).toEqual({
      ok: false,
      fault: await house.refused('sessions.get', { session_id: 'ghost' }),
    })
    expect(await client.ask('sessions.markSeen', { session_id: 'my.chat' })).toEqual({
      ok: true,
      value: undefined,
    })
  })

  test('is nobody when nothing was opened, and again when it was stopped', async () => {
    const house = await openHouse()
    undo.push(() => house.close())
    expect(await connectControl(house.stateRoot)).toBeUndefined()
    const control = await openControl({ daemon: house.daemon(), stateRoot: house.stateRoot, version: '1' })
    expect((await lstat(control.address)).mode & 0o777).toBe(0o600)
    await control.stop()
    await expect(lstat(control.address)).rejects.toThrow('ENOENT')
    expect(await connectControl(house.stateRoot)).toBeUndefined()
  })

  test('tells events from the moment it says so', async () => {
    const { client, house } = await open()
    const heard: string[] = []
    const listening = await client.listen({}, (event, id) => heard.push(`${id} ${event.type}`))
    expect(listening.ok).toBe(true)
    const session = await house.chat()
    await house.ask('sessions.input', { session_id: session, idempotency_key: 'a', content: 'Hello' })
    await expect.poll(() => heard.at(-1)).toMatch(/session\.changed|run\.ended/)
    const told = house.daemon().events?.after(heard[0]?.split(' ')[0] ?? '') ?? []
    await expect.poll(() => heard.slice(1)).toEqual(told.map(({ id, type }) => `${id} ${type}`))
  })

  test('is a daemon for a window of another process', async () => {
    const { client, control, house } = await open()
    const published: string[] = []
    let lost = ''
    const remote = await remoteDaemon(client, (event) => published.push(event.type), {
      onLost: (why) => (lost = why),
    })
    expect(remote.state()).toEqual({ phase: 'ready', demo: false })
    const { session_id } = await remote.handlers['sessions.create']({})
    await expect.poll(() => published).toContain('session.changed')
    const ghost = async () => remote.handlers['sessions.get']({ session_id: 'ghost' as never })
    await expect(ghost()).rejects.toMatchObject({
      fault: { code: 'session_not_found' },
    })
    expect((await house.ask('sessions.get', { session_id })).session_id).toBe(session_id)
    await control.stop()
    await expect.poll(() => lost).toBe('daemon_stopping')
    expect(remote.state()).toMatchObject({ phase: 'failed', fault: { code: 'daemon_unreachable' } })
    expect(published.at(-1)).toBe('daemon.changed')
  })
})

describe('the socket', () => {
  test('of a long state root is in a short folder that only its owner can look into', async () => {
    const { house } = await open()
    const stateRoot = join(house.stateRoot, 'x'.repeat(120))
    const control = await openControl({ daemon: house.daemon(), stateRoot, version: '2' })
    undo.push(() => control.stop())
    expect(Buffer.byteLength(control.address)).toBeLessThan(100)
    const client = await connectControl(stateRoot)
    undo.push(async () => client?.close())
    expect(client?.version).toBe('2')
    const { folder = '' } = addressOf(stateRoot)
    expect((await lstat(folder)).mode & 0o777).toBe(0o700)
  })

  test('takes the place of what a killed daemon left, and of nothing that is a folder', async () => {
    const house = await openHouse()
    undo.push(() => house.close())
    const { stateRoot } = house
    const { path } = addressOf(stateRoot)
    await writeFile(path, 'left')
    const control = await openControl({ daemon: house.daemon(), stateRoot, version: '1' })
    await control.stop()
    await mkdir(path)
    const again = openControl({ daemon: house.daemon(), stateRoot, version: '1' })
    await expect(again).rejects.toMatchObject({ fault: { code: 'bind_refused' } })
    await rm(path, { recursive: true })
  })
})
