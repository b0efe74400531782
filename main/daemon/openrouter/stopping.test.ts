import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Behaviour } from '../../demo-provider/index'
import type { ChatEvent } from '../ports/driver'
import { collect, open, turnOf } from './open-room.suite'

const rooms: Awaited<ReturnType<typeof open>>[] = []
async function room(...args: Parameters<typeof open>) {
  const made = await open(...args)
  rooms.push(made)
  return made
}
afterEach(async () => {
  for (const one of rooms.splice(0)) {
    expect(one.clock.pending()).toBe(0)
    await one.close()
  }
})

const soon = (ms: number) => new Promise((resume) => setTimeout(resume, ms))

/** Counts who listens to a signal. */
function countedSignal() {
  const controller = new AbortController()
  const { signal } = controller
  let listeners = 0
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners--
    remove(...args)
  }
  return { signal, abort: () => controller.abort(), listeners: () => listeners }
}

describe('stopping', () => {
  const moments: readonly (readonly [string, Behaviour, number])[] = [
    ['before the headers', { instead: 'hang' }, 60],
    ['among comments', { comments: 1000, comment_interval_ms: 10 }, 120],
    ['in mid-stream', { tokens: 5000, tokens_per_second: 200 }, 120],
    ['while the stream stalls', { text: 'one two three', after_chunks: 2, ending: 'stall' }, 120],
  ]
  test.each(moments)('%s closes the server’s socket', async (_, behaviour, after) => {
    const { driver, access, demo } = await room([behaviour])
    const stop = countedSignal()
    const reading = collect(driver.streamChat(access, turnOf('Hi'), stop.signal))
    await expect.poll(() => demo.requests[0]?.ended).toBe('open')
    await soon(after)
    expect(demo.requests[0]?.ended).toBe('open')
    stop.abort()
    const heard = await reading
    expect(heard.failure?.fault.code).toBe('interrupted')
    expect(stop.listeners()).toBe(0)
    await expect.poll(() => demo.requests[0]?.ended).toBe('aborted')
  })

  test('inside the headers', async () => {
    const { driver, access } = await room()
    let closed = false
    const half = createServer((socket) => {
      socket.on('error', () => undefined).once('close', () => (closed = true))
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/ev')
    })
    await new Promise<void>((listening) => half.listen(0, '127.0.0.1', listening))
    const { port } = half.address() as AddressInfo
    const stop = new AbortController()
    const there = { ...access, prefix: `http://127.0.0.1:${port}/v1` }
    const reading = collect(driver.streamChat(there, turnOf('Hi'), stop.signal))
    await soon(50)
    expect(closed).toBe(false)
    stop.abort()
    expect((await reading).failure?.fault.code).toBe('interrupted')
    await expect.poll(() => closed).toBe(true)
    half.close()
  })

  test('before anything is sent sends nothing', async () => {
    const { driver, access, demo } = await room()
    const heard = await collect(driver.streamChat(access, turnOf('Hi'), AbortSignal.abort()))
    expect(heard.failure?.fault.code).toBe('interrupted')
    expect(demo.requests).toHaveLength(0)
  })

  test('keeps every piece that was read', async () => {
    const { driver, access } = await room([{ tokens: 5000, tokens_per_second: 2000 }])
    const stop = new AbortController()
    const stream = driver.streamChat(access, turnOf('Hi'), stop.signal)
    const events: ChatEvent[] = []
    const failure = await (async () => {
      for await (const event of stream) {
        events.push(event)
        if (events.length === 10) stop.abort()
      }
    })().catch((error: unknown) => error)
    expect(failure).toMatchObject({ fault: { code: 'interrupted' } })
    expect(events.some((event) => event.is === 'grew')).toBe(true)
  })

  test('leaving the loop closes the socket too', async () => {
    const { driver, access, demo } = await room([{ tokens: 5000, tokens_per_second: 200 }])
    const stop = countedSignal()
    for await (const event of driver.streamChat(access, turnOf('Hi'), stop.signal)) {
      if (event.is === 'grew') break
    }
    expect(stop.listeners()).toBe(0)
    await expect.poll(() => demo.requests[0]?.ended).toBe('aborted')
  })

  test('works for the other calls', async () => {
    const { driver, access } = await room([
      { on: 'key', instead: 'hang' },
      { on: 'models', instead: 'hang' },
      { on: 'generation', instead: 'hang' },
      { on: 'exchange', instead: 'hang' },
    ])
    const calls = [
      (signal: AbortSignal) => driver.checkKey(access, signal),
      (signal: AbortSignal) => driver.listModels(access, signal),
      (signal: AbortSignal) => driver.findGeneration(access, 'gen-1', signal),
      (signal: AbortSignal) => driver.exchangeCode(access.prefix, 'code', 'verifier', signal),
    ]
    for (const call of calls) {
      const stop = new AbortController()
      const asking = call(stop.signal)
      setTimeout(() => stop.abort(), 40)
      await expect(asking).rejects.toMatchObject({ fault: { code: 'interrupted' } })
    }
  })

  test('a finished call leaves neither timer nor listener', async () => {
    const { driver, access, clock } = await room()
    const stop = countedSignal()
    await collect(driver.streamChat(access, turnOf('Hi'), stop.signal))
    await driver.checkKey(access, stop.signal)
    expect(stop.listeners()).toBe(0)
    expect(clock.pending()).toBe(0)
  })
})

describe('silence', () => {
  test('before the first byte', async () => {
    const { driver, access, demo } = await room([{ instead: 'hang' }], { first_byte_ms: 80 })
    const heard = await collect(driver.streamChat(access, turnOf('Hi'), new AbortController().signal))
    expect(heard.trouble).toMatchObject({ kind: 'timeout', retryable: true })
    await expect.poll(() => demo.requests[0]?.ended).toBe('aborted')
  })

  test('in mid-stream keeps what arrived', async () => {
    const { driver, access, demo } = await room(
      [{ text: 'one two three', after_chunks: 2, ending: 'stall' }],
      {
        idle_ms: 80,
      },
    )
    const heard = await collect(driver.streamChat(access, turnOf('Hi'), new AbortController().signal))
    expect(heard.text).toBe('one two ')
    expect(heard.trouble).toMatchObject({ kind: 'timeout' })
    await expect.poll(() => demo.requests[0]?.ended).toBe('aborted')
  })

  test('is not silence while comments come', async () => {
    const { driver, access } = await room([{ comments: 12, comment_interval_ms: 30, text: 'done' }], {
      idle_ms: 150,
    })
    const heard = await collect(driver.streamChat(access, turnOf('Hi'), new AbortController().signal))
    expect(heard.failure).toBeUndefined()
    expect(heard.text).toBe('done')
  })
})
