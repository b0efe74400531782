import { execFile, fork, type ChildProcess } from 'node:child_process'
import { lstat, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { openHouse } from '../daemon/testing'
import { addressOf, isOwn } from './address'
import { connectControl } from './connect'
import { openControl } from './open-control'
import { remoteDaemon } from './remote-daemon'
import { fetchRaw, serveHouse, type Served } from './testing'

let undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const each of undo.reverse()) await each()
  undo = []
})

async function served(): Promise<Served> {
  const opened = await serveHouse()
  undo.push(() => opened.close())
  return opened
}

const connectAs = `
  const [path] = process.argv.slice(1)
  if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534) }
  require('node:net').connect(path)
    .on('connect', () => { console.log('in'); process.exit() })
    .on('error', (error) => { console.log(error.code); process.exit() })`

describe('the socket', () => {
  test('is its owner’s alone, in a folder that is its owner’s alone', async () => {
    const { control, house } = await served()
    const socket = await lstat(control.address)
    expect(socket.isSocket()).toBe(true)
    expect(socket.mode & 0o777).toBe(0o600)
    expect((await lstat(house.stateRoot)).mode & 0o777).toBe(0o700)
  })

  test.runIf(process.getuid?.() === 0)('lets no process of another user in', async () => {
    const { control } = await served()
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', connectAs, control.address])
    expect(stdout.trim()).toBe('EACCES')
  })

  test('is found by every name of its state root', async () => {
    const { house, control } = await served()
    const link = join(house.stateRoot, 'link')
    await symlink(house.stateRoot, link)
    const client = await connectControl(link)
    undo.push(async () => client?.close())
    expect(client?.version).toBe('1.2.3')
    await control.stop()
    const again = await openControl({ daemon: house.daemon(), stateRoot: link, version: '1.2.4' })
    undo.push(() => again.stop())
    expect(again.address).toBe(control.address)
  })

  test('of a long state root is in a short folder that only its owner can look into', async () => {
    const { house } = await served()
    const stateRoot = join(house.stateRoot, 'ü'.repeat(60))
    const control = await openControl({ daemon: house.daemon(), stateRoot, version: '2' })
    undo.push(() => control.stop())
    expect(Buffer.byteLength(control.address)).toBeLessThan(100)
    const client = await connectControl(stateRoot)
    undo.push(async () => client?.close())
    expect(client?.version).toBe('2')
    const { folder = '' } = addressOf(stateRoot)
    expect((await lstat(folder)).mode & 0o777).toBe(0o700)
    expect((await lstat(control.address)).mode & 0o777).toBe(0o600)
  })

  test('has a name of its own per state root on Windows', () => {
    const pipe = addressOf(String.raw`C:\Users\Ada\AppData\Roaming\Kheish`, 'win32')
    expect(pipe.path).toMatch(/^\\\\\.\\pipe\\kheish-[\da-f]{32}$/)
    expect(addressOf(String.raw`c:\users\ada\appdata\roaming\kheish`, 'win32')).toEqual(pipe)
    expect(addressOf(String.raw`C:\other`, 'win32')).not.toEqual(pipe)
  })

  test('closes a folder that stood open, and opens nothing where a folder is in the way', async () => {
    const house = await openHouse()
    undo.push(() => house.close())
    const stateRoot = join(house.stateRoot, 'open')
    await mkdir(stateRoot, { mode: 0o755 })
    expect(isOwn(stateRoot)).toBe(false)
    const control = await openControl({ daemon: house.daemon(), stateRoot, version: '1' })
    expect(isOwn(stateRoot)).toBe(true)
    await control.stop()
    await mkdir(addressOf(stateRoot).path)
    const again = openControl({ daemon: house.daemon(), stateRoot, version: '1' })
    await expect(again).rejects.toMatchObject({ fault: { code: 'bind_refused' } })
  })

  test('that a killed process left is nobody, and makes room for the next', async () => {
    const house = await openHouse()
    undo.push(() => house.close())
    const { stateRoot } = house
    const { path } = addressOf(stateRoot)
    const listener = join(stateRoot, 'listener.cjs')
    await writeFile(
      listener,
      `require('node:net').createServer().listen(process.argv[2], () => process.send('listening'))`,
    )
    const killed: ChildProcess = fork(listener, [path])
    await once(killed, 'message')
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    expect((await lstat(path)).isSocket()).toBe(true)
    expect(await connectControl(stateRoot)).toBeUndefined()
    const control = await openControl({ daemon: house.daemon(), stateRoot, version: '3' })
    undo.push(() => control.stop())
    const client = await connectControl(stateRoot)
    undo.push(async () => client?.close())
    expect(client?.version).toBe('3')
  })
})

describe('ready', () => {
  test('says so with its status', async () => {
    const { control, house } = await served()
    const ask = () => fetchRaw({ socketPath: control.address, path: '/readyz' })
    expect(await ask()).toMatchObject({
      status: 200,
      json: { ready: true, phase: 'ready', version: '1.2.3' },
    })
    await writeFile(join(house.stateRoot, 'routes.toml'), 'nonsense')
    await house.ask('daemon.reload', {})
    expect(await ask()).toMatchObject({ status: 503, json: { ready: false, phase: 'repair' } })
  })
})

test('an event stream asked for in the wrong words is refused, and the daemon stays', async () => {
  const { control, client } = await served()
  const ask = (path: string) => fetchRaw({ socketPath: control.address, path })
  expect(await ask('/v1/events/stream?since=1')).toMatchObject({
    status: 400,
    json: { code: 'call_refused' },
  })
  expect(await client.ask('runtime.get', {})).toMatchObject({ ok: true })
})

describe('a client', () => {
  test('is told daemon_unreachable when the daemon goes away in mid-answer, and after', async () => {
    const { house } = await served()
    const stateRoot = join(house.stateRoot, 'dying')
    await mkdir(stateRoot, { mode: 0o700 })
    const dying = createServer((request, response) => {
      if (request.url === '/readyz') response.end('{"version":"1"}')
      else response.writeHead(200, { 'content-length': 100 }).write('{"half":')
      if (request.url !== '/readyz') setTimeout(() => dying.closeAllConnections(), 20)
    })
    await new Promise<void>((resolve) => void dying.listen(addressOf(stateRoot).path, resolve))
    const client = await connectControl(stateRoot)
    undo.push(async () => client?.close())
    const unreachable = { ok: false, fault: { code: 'daemon_unreachable', domain: 'daemon' } }
    expect(await client?.ask('runtime.get', {})).toMatchObject(unreachable)
    await new Promise((resolve) => dying.close(resolve))
    expect(await client?.ask('runtime.get', {})).toMatchObject(unreachable)
    expect(await client?.listen({}, () => undefined)).toMatchObject(unreachable)
  })

  test('hears why its stream ended, and where to go on', async () => {
    const { client, house, control } = await served()
    const enough = new AbortController()
    const first = await client.listen({ signal: enough.signal }, () => undefined)
    const heard: string[] = []
    const second = await client.listen({ after: house.daemon().events?.last() ?? '' }, ({ type }) =>
      heard.push(type),
    )
    if (!first.ok || !second.ok) throw new Error('no stream')
    enough.abort()
    const { reason, last_event_id } = await first.value.ended
    expect(reason).toBe('stopped')
    expect(house.daemon().events?.after(last_event_id)).toBeDefined()
    await control.stop(() => house.ask('sessions.create', {}))
    expect((await second.value.ended).reason).toBe('daemon_stopping')
    expect(heard).toContain('session.changed')
  })

  test('of another process is a daemon for its window, until the served one ends', async () => {
    const { client, control, house } = await served()
    const published: string[] = []
    let lost = ''
    const remote = await remoteDaemon(client, ({ type }) => published.push(type), {
      onLost: (why) => (lost = why),
    })
    expect(remote.state()).toEqual({ phase: 'ready', demo: false })
    const { session_id } = await remote.handlers['sessions.create']({})
    await expect.poll(() => published).toContain('session.changed')
    const ghost = async () => remote.handlers['sessions.get']({ session_id: 'ghost' as never })
    await expect(ghost()).rejects.toMatchObject({ fault: { code: 'session_not_found' } })
    expect((await house.ask('sessions.get', { session_id })).session_id).toBe(session_id)
    await control.stop()
    await expect.poll(() => lost).toBe('daemon_stopping')
    expect(remote.state()).toMatchObject({ phase: 'failed', fault: { code: 'daemon_unreachable' } })
    expect(published.at(-1)).toBe('daemon.changed')
  })

  test('learns with every answer, a refusal too, what had happened by then', async () => {
    const { client, house } = await served()
    const places: string[] = []
    await client.ask('sessions.create', {}, (id) => places.push(id))
    await client.ask('sessions.get', { session_id: 'ghost' }, (id) => places.push(id))
    expect(places).toHaveLength(2)
    for (const place of places) {
      const since = house.daemon().events?.after(place)
      expect(since?.map(({ type }) => type)).not.toContain('session.changed')
    }
  })

  test('finds nobody where nothing was opened, and nobody when it was stopped', async () => {
    const house = await openHouse()
    undo.push(() => house.close())
    expect(await connectControl(house.stateRoot)).toBeUndefined()
    const control = await openControl({ daemon: house.daemon(), stateRoot: house.stateRoot, version: '1' })
    await control.stop()
    await expect(lstat(control.address)).rejects.toThrow('ENOENT')
    expect(await connectControl(house.stateRoot)).toBeUndefined()
  })

  test('puts odd names into paths and queries so that they arrive', async () => {
    const { client } = await served()
    for (const slot_id of ['..', 'a/b', 'a%2Fb', 'a?b#c', 'ü+&=', '{slot_id}']) {
      const source = { kind: 'inline', value: 'x' } as const
      expect(await client.ask('secrets.set', { slot_id, provider: 'generic', source })).toMatchObject({
        ok: true,
      })
      expect(await client.ask('secrets.get', { slot_id })).toMatchObject({ ok: true, value: { slot_id } })
    }
    const model = 'true&b=1 {"x":2}'
    const parsed = await client.ask('runtime.parseSelector', { provider: 'openrouter', model })
    expect(parsed).toMatchObject({ ok: true, value: { model } })
  })

  test('answers half a character in a path with a fault', async () => {
    const { client } = await served()
    expect(await client.ask('sessions.get', { session_id: 'a\ud800' })).toMatchObject({
      ok: false,
      fault: { code: 'call_refused' },
    })
  })

  test('never sees a secret come back', async () => {
    const { client, house } = await served()
    const all = [await client.ask('secrets.list', {}), await client.ask('runtime.get', {}), house.events]
    expect(JSON.stringify(all)).not.toContain('canary')
    expect(await readFile(join(house.stateRoot, 'routes.toml'), 'utf8')).not.toContain('canary')
  })
})
