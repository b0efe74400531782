import { connect, type Socket } from 'node:net'
import type { DaemonEvent } from '@contract/events'
import { createParser } from 'eventsource-parser'
import { fc, test } from '@fast-check/vitest'
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import { createEventLog } from '../daemon/runtime/event-log'
import { createEventStreams } from './event-streams'

type Log = ReturnType<typeof createEventLog>

let folder = ''
let server: Server
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kheish-streams-'))
  path = join(folder, 's')
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

async function serve(log: Log, options: Parameters<typeof createEventStreams>[1] = {}) {
  const streams = createEventStreams(log, options)
  server = createServer((incoming, response) => {
    const { searchParams } = new URL(incoming.url ?? '', 'http://x')
    streams.open(incoming, response, searchParams)
  })
  await new Promise<void>((resolve) => void server.listen(path, resolve))
  return streams
}

const about = (session: string): DaemonEvent => ({ type: 'session.deleted', session_id: session as never })
const everybody: DaemonEvent = { type: 'daemon.changed', state: { phase: 'starting' } }

interface Heard {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: { readonly [key: string]: unknown }
}

/** Reads until `enough` says so, or the stream ends. */
async function read(
  query: string,
  enough: (heard: readonly Heard[]) => boolean,
  headers: Record<string, string> = {},
): Promise<readonly Heard[]> {
  const heard: Heard[] = []
  const parser = createParser({
    onEvent: ({ id, event, data }) => heard.push({ id, event, data: JSON.parse(data) as Heard['data'] }),
  })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath: path, path: `/?${query}`, headers, agent: false }, resolve)
      .on('error', reject)
      .end()
  })
  response.setEncoding('utf8')
  for await (const chunk of response) {
    parser.feed(chunk as string)
    if (enough(heard)) break
  }
  return heard
}
const told = (heard: readonly Heard[]) => heard.filter(({ event }) => event?.includes('.'))

describe('the event stream', () => {
  test('begins with its place, then tells what happens', async () => {
    const log = createEventLog({ boot: 'b' })
    await serve(log)
    log.publish(about('before'))
    const reading = read('', (heard) => told(heard).length === 2)
    await expect.poll(() => log.counts().listeners).toBe(1)
    log.publish(about('a'))
    log.publish(everybody)
    expect(await reading).toEqual([
      { id: 'b-1', event: 'heartbeat', data: { last_event_id: 'b-1' } },
      { id: 'b-2', event: 'session.deleted', data: about('a') },
      { id: 'b-3', event: 'daemon.changed', data: everybody },
    ])
    await expect.poll(() => log.counts().listeners).toBe(0)
  })

  test('tells one chat of itself and of what concerns everybody; heartbeats move its place on', async () => {
    const log = createEventLog({ boot: 'b' })
    await serve(log, { heartbeatMs: 20 })
    for (const event of [about('a'), about('b'), everybody, about('a'), about('b')]) log.publish(event)
    const heard = await read('session_id=a&after=b-0', (all) => all.at(-1)?.id === 'b-5')
    expect(told(heard).map(({ id }) => id)).toEqual(['b-1', 'b-3', 'b-4'])
    expect(heard.at(-1)).toMatchObject({ event: 'heartbeat', data: { last_event_id: 'b-5' } })
  })

  test('resets who was away too long, and who comes from another life', async () => {
    const log = createEventLog({ boot: 'b', maxEvents: 3 })
    await serve(log)
    for (let time = 0; time < 9; time += 1) log.publish(about('a'))
    const reset = (reason: string) => [{ id: 'b-9', event: 'reset', data: { reason, last_event_id: 'b-9' } }]
    const one = (heard: readonly Heard[]) => heard.length === 1
    expect(await read('after=b-2', one)).toEqual(reset('no_longer_kept'))
    expect(await read('after=a-2', one)).toEqual(reset('other_boot'))
    expect(await read('after=a-2', (heard) => heard.length === 4, { 'last-event-id': 'b-6' })).toHaveLength(4)
    expect(await read('', one, { 'last-event-id': 'nonsense' })).toEqual(reset('other_boot'))
  })

  test('says the last events and goodbye when the daemon stops', async () => {
    const log = createEventLog({ boot: 'b' })
    const streams = await serve(log)
    const reading = read('', () => false)
    await expect.poll(() => log.counts().listeners).toBe(1)
    log.publish(about('last'))
    streams.end()
    expect((await reading).slice(1)).toEqual([
      { id: 'b-1', event: 'session.deleted', data: about('last') },
      { id: 'b-1', event: 'end', data: { reason: 'daemon_stopping', last_event_id: 'b-1' } },
    ])
  })

  test.prop([fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 })], { numRuns: 15 })(
    'loses and repeats nothing over many reconnects',
    async (cuts) => {
      path = join(folder, String(Math.random()))
      const log = createEventLog({ boot: 'b' })
      await serve(log)
      const total = 300
      const publishing = (async () => {
        for (let number = 1; number <= total; number += 1) {
          log.publish(about(String(number)))
          if (number % 7 === 0) await new Promise(setImmediate)
        }
      })()
      const seen: string[] = []
      let after = 'b-0'
      for (let turn = 0; seen.length < total; turn += 1) {
        const most = cuts[turn % cuts.length] ?? 1
        const heard = await read(
          `after=${after}`,
          (all) => told(all).length >= most || told(all).at(-1)?.id === `b-${total}`,
        )
        // Whatever arrived counts, even beyond what was wanted; the next stream goes on behind it.
        seen.push(...told(heard).map(({ data }) => String(data['session_id'])))
        after = heard.at(-1)?.id ?? after
      }
      await publishing
      server.closeAllConnections()
      server.close()
      expect(seen).toEqual(Array.from({ length: total }, (_, number) => String(number + 1)))
    },
  )
})

/** What is left is what somebody holds. */
const collectGarbage = (): void => {
  setFlagsFromString('--expose_gc')
  ;(runInNewContext('gc') as () => void)()
}

describe('a reader who does not read', () => {
  const open = async (query: string): Promise<Socket> => {
    const socket = connect(path)
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.pause()
    socket.write(`GET /?${query} HTTP/1.1\r\nhost: x\r\n\r\n`)
    return socket
  }

  test('costs no memory but the log, and hears reset when it reads on too late', async () => {
    const log = createEventLog({ boot: 'b', maxBytes: 1_000_000 })
    await serve(log, { heartbeatMs: 10 })
    const socket = await open('after=b-0')
    await expect.poll(() => log.counts().listeners).toBe(1)
    collectGarbage()
    const before = process.memoryUsage()
    for (let number = 0; number < 60_000; number += 1) {
      log.publish(about('x'.repeat(1_000)))
      if (number % 500 === 0) await new Promise(setImmediate)
    }
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    expect(heapUsed + external - before.heapUsed - before.external).toBeLessThan(40_000_000)
    let text = ''
    socket.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-4_000_000)))
    socket.resume()
    await expect.poll(() => text).toContain('event: reset\ndata: {"reason":"no_longer_kept"')
    log.publish(about('afterwards'))
    await expect.poll(() => text).toContain('afterwards')
    socket.destroy()
  })

  test('is let go after a while', async () => {
    const log = createEventLog({ boot: 'b' })
    await serve(log, { heartbeatMs: 10, stallMs: 50 })
    const socket = await open('after=b-0')
    await expect.poll(() => log.counts().listeners).toBe(1)
    for (let number = 0; number < 5_000; number += 1) log.publish(about('x'.repeat(1_000)))
    await expect.poll(() => log.counts().listeners).toBe(0)
    socket.destroy()
  })
})
