import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { daemonCalls } from '@contract/calls'
import { endpoints, eventsPath } from '@contract/http'
import type { DaemonCallName } from '@contract/names'
import { fc } from '@fast-check/vitest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { canary } from '../daemon/testing'
import { endpointOf } from './router'
import { serveHouse, tokenOf, type Served } from './testing'

let served: Served
beforeEach(async () => {
  served = await serveHouse(undefined, { host: '127.0.0.1', port: 0 })
})
afterEach(() => served.close())

/** Sends bytes, says nothing more, and gives back what came until the other side closed or was silent. */
function throwAt(target: { path: string } | { host: string; port: number }, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(target as { path: string })
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
    socket.end(bytes)
  })
}

async function inParallel(work: readonly (() => Promise<void>)[], lanes: number): Promise<void> {
  const waiting = [...work]
  const lane = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await next()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

const names = Object.keys(endpoints) as DaemonCallName[]
/** Nothing that would do its work when it is asked for by chance. */
const harmless = names.filter((name) => !/delete|prune|restart|reload|refresh|signIn/i.test(name))
/** Halves of characters are no text. */
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString())
const value = fc.jsonValue({ maxDepth: 3 })

/** Requests that are nearly right: one call's place with an input that may be anything. */
const nearly = fc
  .tuple(
    fc.constantFrom(...harmless),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('session_id', 'limit', '__proto__', 'constructor')),
      value,
      {
        maxKeys: 4,
      },
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-16', ''),
  )
  .map(([name, input, word, type]) => {
    const { method, path } = endpointOf(name)
    const place = path.replaceAll(/\{\w+\}/g, encoded(word) || '%')
    const body = JSON.stringify(input)
    const pairs = Object.entries(input).map(
      ([key, given]) => `${encoded(key)}=${encoded(JSON.stringify(given))}`,
    )
    const query = method === 'GET' ? `?${pairs.join('&')}` : ''
    return `${method} ${place}${query} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  })

/** The event stream asked for in odd words. */
const listening = fc
  .tuple(
    fc.constantFrom('GET', 'GET', 'POST', 'HEAD'),
    fc.array(
      fc.tuple(
        fc.oneof(fc.constantFrom('after', 'session_id', '__proto__'), fc.string()),
        fc.oneof(
          fc.constantFrom('boot-0', '-1', '%', '\ud800'),
          fc.string({ unit: 'binary', maxLength: 40 }),
        ),
      ),
      { maxLength: 3 },
    ),
    fc.oneof(fc.constant(''), fc.base64String({ maxLength: 40 })),
  )
  .map(([method, pairs, last]) => {
    const query = pairs.map(([key, given]) => `${encoded(key)}=${encoded(given)}`).join('&')
    const header = last && `last-event-id: ${last}\r\n`
    return `${method} ${eventsPath}?${query} HTTP/1.1\r\nhost: x\r\n${header}\r\n`
  })

/** No HTTP at all, and HTTP that was bent. */
const bent = fc
  .tuple(fc.oneof(nearly, listening), fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), fc.nat())
  .map(([text, noise, at, cut]) => {
    const bytes = Buffer.from(text)
    const place = at % bytes.length
    const rest = bytes.subarray(Math.min(bytes.length, place + (cut % 40)))
    return Buffer.concat([bytes.subarray(0, place), noise, rest])
  })
const nonsense = fc.oneof(
  { arbitrary: nearly.map((text) => Buffer.from(text)), weight: 5 },
  { arbitrary: listening.map((text) => Buffer.from(text)), weight: 1 },
  { arbitrary: bent, weight: 4 },
  { arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)), weight: 2 },
)

test('10,000 malformed requests end: no crash, no hang, no leak', { timeout: 180_000 }, async () => {
  const { control, house, client } = served
  const targets = [
    { path: control.address },
    { path: control.address },
    { path: control.address },
    { host: '127.0.0.1', port: control.tcp?.port ?? 0 },
  ]
  const statuses = new Map<string, number>()
  let heard = ''
  const handles = () => readdirSync('/proc/self/fd').length
  const before = handles()
  await inParallel(
    fc.sample(nonsense, 10_000).map((bytes, at) => async () => {
      const text = await throwAt(targets[at % 4] ?? { path: control.address }, bytes)
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 'none'
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      heard += text
    }),
    16,
  )
  const seen = [...statuses.keys()]
  // Both kinds were there: some that was understood and refused, and some that could not be read.
  expect(seen).toEqual(expect.arrayContaining(['400', '404']))
  expect(heard).not.toContain(canary.slice(9, 29))
  expect(heard).not.toContain(await tokenOf(house))
  expect(/.{0,300}("code":"bug"|node:internal|\.ts:\d)/.exec(heard)?.[0]).toBeUndefined()
  const log = await readFile(join(house.stateRoot, 'logs', 'kheish.log'), 'utf8')
  expect(log.split('\n').find((line) => line.includes('"surprise"'))).toBeUndefined()
  expect(log.length).toBeLessThan(10_000)
  await expect.poll(handles).toBeLessThan(before + 10)
  await expect.poll(() => house.daemon().events?.counts().listeners).toBe(0)
  expect(await client.ask('runtime.get', {})).toMatchObject({ ok: true })
})

test('a body that is too large is refused before it is read, said or unsaid', async () => {
  const path = served.control.address
  const head = 'PUT /v1/sessions/a/draft HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
  const said = await throwAt({ path }, Buffer.from(`${head}content-length: 99999999999\r\n\r\n{`))
  expect(said).toContain('HTTP/1.1 413')
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, 'x'), Buffer.from('\r\n')])
  const unsaid = [Buffer.from(`${head}transfer-encoding: chunked\r\n\r\n`)]
  for (let at = 0; at < 34; at += 1) unsaid.push(chunk)
  expect(await throwAt({ path }, Buffer.concat(unsaid))).toMatch(/413|^$/)
  expect(await served.client.ask('daemon.state', {})).toMatchObject({ ok: true })
})

test('headers without end are cut off', async () => {
  const text = `GET /v1/runtime HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`
  const answered = await throwAt({ path: served.control.address }, Buffer.from(text))
  expect(answered).toContain('HTTP/1.1 431')
  expect(answered).toContain('application/problem+json')
})

test('every call refuses what its contract refuses, as call_refused', async () => {
  for (const name of harmless) {
    if (daemonCalls[name].input.safeParse({ surprise: 1 }).success) continue
    const answered = await served.client.ask(name, { ...pathOf(name), surprise: 1 } as never)
    expect(answered, name).toMatchObject({ ok: false, fault: { code: 'call_refused', domain: 'call' } })
  }
})

const pathOf = (name: DaemonCallName) =>
  Object.fromEntries(endpointOf(name).fields.map((field) => [field, 'ghost']))
