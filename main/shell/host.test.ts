import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DaemonEvent } from '@contract/events'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'
import type { Daemon, DaemonPorts } from '../daemon/ports/daemon'
import { createMemoryKeychain } from '../daemon/ports/memory-keychain'
import { createHost, stopLimitMs, type HostNeeds } from './host'

/** A daemon that answers `runtime.get` with the ports it got and records when it is stopped. */
const fakeDaemon = (ports: DaemonPorts, stopped: string[]): Daemon => ({
  handlers: { 'runtime.get': () => ports, 'daemon.reload': () => ({ phase: 'ready', demo: false }) } as never,
  assets: { open: async () => ports.stateRoot, import: async () => ports.stateRoot } as never,
  sound: {} as never,
  state: () => ({ phase: 'ready', demo: ports.demo !== undefined }),
  stop: async () => {
    stopped.push(ports.stateRoot)
  },
})

const open = (changes: Partial<HostNeeds> = {}) => {
  const stopped: string[] = []
  const events: DaemonEvent[] = []
  const host = createHost({
    stateRoot: '/state',
    env: { OPENROUTER_API_KEY: 'sk-canary' },
    version: '1',
    startsInDemo: false,
    browser: { open: vi.fn(), awaitCallback: vi.fn() },
    publish: (event) => events.push(event),
    startDaemon: async (ports) => fakeDaemon(ports, stopped),
    openKeychain: async () => createMemoryKeychain(),
    forkMedia: vi.fn(),
    hashThread: '',
    startDemoProvider: async () => ({
      prefix: 'http://127.0.0.1:1/api/v1',
      stop: () => stopped.push('provider'),
    }),
    report: () => 'ref_1',
    findDaemon: async () => undefined,
    openControl: async (_daemon, stateRoot) => {
      return {
        stop: async (work) => {
          stopped.push(`control of ${stateRoot}`)
          await work()
        },
      }
    },
    ...changes,
  })
  return { host, stopped, events }
}

test('calls wait for the start, the state does not', async () => {
  const { host, events } = open()
  host.start()
  expect(await host.run('daemon.state', {})).toEqual({ phase: 'starting' })
  expect(await host.run('runtime.get', {})).toMatchObject({ stateRoot: '/state' })
  expect(host.state()).toEqual({ phase: 'ready', demo: false })
  expect(events.map((event) => event.type === 'daemon.changed' && event.state.phase)).toEqual([
    'starting',
    'ready',
  ])
})

test('bytes wait for the start and for a swap, as calls do, and are refused at the end', async () => {
  const { host } = open()
  const early = host.assets.open('a' as never, 'raw')
  await expect(early).rejects.toMatchObject({ fault: { code: 'not_ready' } })
  host.start()
  expect(await host.assets.open('a' as never, 'raw')).toBe('/state')
  void host.exploreDemo()
  expect(await host.assets.import({ file_name: 'a', path: '/a' })).toBe('/state/demo')
  await host.stop()
  await expect(host.assets.open('a' as never, 'raw')).rejects.toMatchObject({
    fault: { code: 'daemon_stopping' },
  })
})

test('a start that fails is a state, every other call its fault, and reload tries again', async () => {
  const startDaemon = vi.fn(async (ports: DaemonPorts) => fakeDaemon(ports, []))
  startDaemon.mockRejectedValueOnce(new Failure(fault('store_unreadable', 'Damaged.')))
  const { host } = open({ startDaemon })
  host.start()
  await expect(host.run('runtime.get', {})).rejects.toMatchObject({ fault: { code: 'store_unreadable' } })
  expect(host.state()).toMatchObject({ phase: 'failed', fault: { code: 'store_unreadable' } })
  expect(await host.run('daemon.reload', {})).toEqual({ phase: 'ready', demo: false })
  expect(startDaemon).toHaveBeenCalledTimes(2)
})

test('a state root that somebody holds who does not answer is a fault that says so, after a while', async () => {
  vi.useFakeTimers()
  const startDaemon = () => Promise.reject(new Failure(fault('state_root_in_use', 'In use.', { pid: 7 })))
  const { host } = open({ startDaemon })
  host.start()
  const asked = host.run('runtime.get', {}).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await asked).toMatchObject({ fault: { code: 'state_root_in_use', pid: 7 } })
  vi.useRealTimers()
})

test('a daemon that failed later is opened anew by reload', async () => {
  const startDaemon = vi.fn(async (ports: DaemonPorts) => fakeDaemon(ports, []))
  const why = fault('store_unreadable', 'Damaged.')
  startDaemon.mockImplementationOnce(async (ports) => ({
    ...fakeDaemon(ports, []),
    state: () => ({ phase: 'failed', fault: why }),
  }))
  const { host } = open({ startDaemon })
  host.start()
  await host.run('runtime.get', {})
  expect(host.state()).toEqual({ phase: 'failed', fault: why })
  expect(await host.run('daemon.reload', {})).toEqual({ phase: 'ready', demo: false })
})

test('a surprise at the start is a bug with a reference, not its text', async () => {
  const { host } = open({ startDaemon: () => Promise.reject(new TypeError('sk-canary')) })
  host.start()
  await expect(host.run('runtime.get', {})).rejects.toMatchObject({ fault: { code: 'bug', ref: 'ref_1' } })
  expect(JSON.stringify(host.state())).not.toContain('canary')
})

describe('the demo', () => {
  test('has a root of its own, no key of the environment, and leads back', async () => {
    const { host, stopped } = open()
    host.start()
    expect(await host.exploreDemo()).toEqual({ phase: 'ready', demo: true })
    expect(await host.run('runtime.get', {})).toMatchObject({
      stateRoot: '/state/demo',
      env: {},
      demo: { prefix: 'http://127.0.0.1:1/api/v1' },
    })
    expect(await host.leaveDemo()).toEqual({ phase: 'ready', demo: false })
    expect(stopped).toEqual([
      'control of /state',
      '/state',
      'control of /state/demo',
      '/state/demo',
      'provider',
    ])
  })
  test('entered twice is one swap, and calls wait for it', async () => {
    const { host, stopped } = open()
    host.start()
    const both = Promise.all([host.exploreDemo(), host.exploreDemo()])
    expect(await host.run('runtime.get', {})).toMatchObject({ stateRoot: '/state/demo' })
    await both
    expect(stopped).toEqual(['control of /state', '/state'])
  })
  test('silences the daemon it replaced', async () => {
    const heard: DaemonPorts['publish'][] = []
    const startDaemon = async (ports: DaemonPorts) => {
      heard.push(ports.publish)
      return fakeDaemon(ports, [])
    }
    const { host, events } = open({ startDaemon })
    host.start()
    await host.exploreDemo()
    const before = events.length
    heard[0]!({ type: 'models.changed', route_id: 'openrouter', count: 1 })
    expect(events.length).toBe(before)
    heard[1]!({ type: 'models.changed', route_id: 'openrouter', count: 1 })
    expect(events.length).toBe(before + 1)
  })
})

describe('a daemon that another process serves', () => {
  const inUse = () => Promise.reject(new Failure(fault('state_root_in_use', 'In use.', { pid: 7 })))

  test('is waited for while it starts', async () => {
    const findDaemon = vi.fn<HostNeeds['findDaemon']>(async (ports) => fakeDaemon(ports, []))
    findDaemon.mockResolvedValueOnce(undefined)
    const { host } = open({ startDaemon: inUse, findDaemon })
    host.start()
    expect(await host.run('runtime.get', {})).toMatchObject({ stateRoot: '/state' })
    expect(findDaemon).toHaveBeenCalledTimes(2)
  })
  test('is the one the window speaks to; it gets no second control plane', async () => {
    const openControl = vi.fn()
    const { host, stopped } = open({
      startDaemon: inUse,
      openControl,
      findDaemon: async (ports) => fakeDaemon(ports, stopped),
    })
    host.start()
    expect(await host.run('runtime.get', {})).toMatchObject({ stateRoot: '/state' })
    expect(openControl).not.toHaveBeenCalled()
    await host.stop()
    expect(stopped).toEqual(['/state'])
  })
  test('is replaced by one of our own when it goes away', async () => {
    let lose = () => {}
    const startDaemon = vi.fn(async (ports: DaemonPorts) => fakeDaemon(ports, []))
    startDaemon.mockImplementationOnce(inUse)
    const findDaemon: HostNeeds['findDaemon'] = async (ports, onLost) => {
      lose = onLost
      return fakeDaemon(ports, [])
    }
    const { host, events } = open({ startDaemon, findDaemon })
    host.start()
    await host.run('runtime.get', {})
    const before = events.length
    lose()
    await host.run('runtime.get', {})
    expect(startDaemon).toHaveBeenCalledTimes(2)
    expect(events.slice(before).map((event) => event.type === 'daemon.changed' && event.state.phase)).toEqual(
      ['starting', 'ready'],
    )
  })
})

test('a control plane that cannot open costs the window nothing', async () => {
  const report = vi.fn(() => 'ref_1')
  const { host } = open({ openControl: () => Promise.reject(new Error('no room')), report })
  host.start()
  expect(await host.run('runtime.get', {})).toMatchObject({ stateRoot: '/state' })
  await vi.waitFor(() => expect(report).toHaveBeenCalledOnce())
})

describe('stopping', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('stops daemon and keychain once and refuses calls', async () => {
    const close = vi.fn(async () => undefined)
    const { host, stopped } = open({ openKeychain: async () => ({ ...createMemoryKeychain(), close }) })
    host.start()
    await host.run('runtime.get', {})
    await Promise.all([host.stop(), host.stop()])
    expect(stopped).toEqual(['control of /state', '/state'])
    expect(close).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
    await expect(host.run('runtime.get', {})).rejects.toMatchObject({ fault: { code: 'daemon_stopping' } })
    await expect(host.exploreDemo()).rejects.toMatchObject({ fault: { code: 'daemon_stopping' } })
  })
  test('never waits longer than the limit', async () => {
    const { host } = open({ startDaemon: () => new Promise(() => undefined) })
    host.start()
    let isDone = false
    void host.stop().then(() => (isDone = true))
    await vi.advanceTimersByTimeAsync(stopLimitMs - 1)
    expect(isDone).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isDone).toBe(true)
  })
})
