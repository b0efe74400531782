import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { wav } from '../daemon/core/media-types/samples.fake'
import { openControl } from './open-control'
import { fetchRaw, serveHouse, tokenOf, type Served } from './testing'

let served: Served | undefined
afterEach(async () => {
  await served?.close()
  served = undefined
})

async function bound() {
  served = await serveHouse(undefined, { host: '127.0.0.1', port: 0 })
  const { house, control } = served
  const port = control.tcp?.port ?? 0
  const token = await tokenOf(house)
  const ask = (headers: Record<string, string>, path = '/v1/runtime') =>
    fetchRaw({ host: '127.0.0.1', port, path, headers })
  return { house, port, token, ask, authorization: `Bearer ${token}` }
}
const logOf = async (root: string) => readFile(join(root, 'logs', 'kheish.log'), 'utf8')

describe('a port', () => {
  test('answers whoever has a token, and says nothing else to anybody', async () => {
    const { ask, authorization, house } = await bound()
    const answered = await ask({ authorization })
    expect(answered).toMatchObject({ status: 200, json: await house.ask('runtime.get', {}) })
    for (const path of ['/v1/runtime', '/readyz', '/v1/openapi.json', '/v1/events/stream', '/nowhere']) {
      const refused = await ask({}, path)
      expect(refused).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Bearer', 'content-type': 'application/problem+json' },
        json: { code: 'unauthorized', domain: 'control', why: 'missing' },
      })
    }
  })

  test('refuses a wrong and an expired token, and writes it down without a byte of it', async () => {
    const { ask, token, house } = await bound()
    const wrong = 'WrongWrong0123456789abcdefghijklmnop'
    expect(await ask({ authorization: `Bearer ${wrong}` })).toMatchObject({ json: { why: 'wrong' } })
    await writeFile(join(house.stateRoot, 'control-tokens'), `${token} 2020-01-01\n`)
    expect(await ask({ authorization: `Bearer ${token}` })).toMatchObject({
      status: 401,
      json: { why: 'expired' },
    })
    await expect.poll(() => logOf(house.stateRoot)).toContain('"why":"expired"')
    const log = await logOf(house.stateRoot)
    expect(log).toContain('"peer":"127.0.0.1"')
    expect(log).not.toContain(wrong.slice(0, 12))
    expect(log).not.toContain(token.slice(0, 12))
  })

  test('refuses whoever failed ten times, and lets the right token in all the same', async () => {
    const { ask, authorization, house } = await bound()
    for (let time = 0; time < 10; time += 1)
      expect((await ask({ authorization: 'Bearer no' })).status).toBe(401)
    const blocked = await ask({ authorization: 'Bearer no' })
    expect(blocked).toMatchObject({ status: 429, json: { code: 'rate_limited' } })
    const seconds = Number(blocked.headers['retry-after'])
    expect(seconds).toBeGreaterThan(50)
    expect(seconds).toBeLessThanOrEqual(60)
    expect((await ask({ authorization })).status).toBe(200)
    await expect.poll(() => logOf(house.stateRoot)).toContain('"why":"rate_limited"')
  })

  test.each([
    ['rebound.example', 421],
    ['rebound.example:PORT', 421],
    ['127.0.0.1.rebound.example:PORT', 421],
    ['192.168.1.7:PORT', 421],
    ['127.0.0.1:1', 421],
    ['127.0.0.1', 421],
    ['user@127.0.0.1:PORT', 421],
    ['localhost:PORT', 200],
    ['LOCALHOST:PORT', 200],
    ['[::1]:PORT', 200],
    ['127.0.0.1:PORT', 200],
  ])('asked as %j answers %i', async (name, status) => {
    const { ask, authorization, port } = await bound()
    const answered = await ask({ authorization, host: name.replace('PORT', String(port)) })
    expect(answered.status).toBe(status)
    if (status === 421) expect(answered.json).toMatchObject({ code: 'misdirected', domain: 'control' })
  })

  test.each<Record<string, string>>([
    { origin: 'https://page.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
  ])('answers no page: %j', async (headers) => {
    const { ask, authorization, port } = await bound()
    const answered = await ask({ authorization, ...headers })
    expect(answered).toMatchObject({ status: 403, json: { code: 'forbidden', domain: 'control' } })
    const preflight = await fetchRaw({
      host: '127.0.0.1',
      port,
      method: 'OPTIONS',
      path: '/v1/runtime',
      headers: {
        ...headers,
        'access-control-request-method': 'PUT',
        'access-control-request-private-network': 'true',
      },
    })
    expect(preflight.status).toBe(403)
    for (const { headers } of [answered, preflight])
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('a port is not bound', () => {
  test.each([
    ['0.0.0.0', 'other computers'],
    ['::', 'other computers'],
    ['192.0.2.1', 'other computers'],
    ['kheish.example', 'IP address'],
  ])('at %s without a word', async (host, why) => {
    served = await serveHouse()
    const { house } = served
    const opening = openControl({
      daemon: house.daemon(),
      stateRoot: join(house.stateRoot, 'other'),
      version: '1',
      tcp: { host, port: 0, tokenFile: join(house.stateRoot, 'tokens') },
    })
    await expect(opening).rejects.toMatchObject({
      fault: { code: 'bind_refused', detail: expect.stringContaining(why) },
    })
  })

  test('where somebody else is, and the socket is not opened then either', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    await expect(serveHouse(undefined, { host: '127.0.0.1', port })).rejects.toMatchObject({
      fault: { code: 'bind_refused', detail: expect.stringContaining('EADDRINUSE') },
    })
    other.close()
  })

  test('to the world unless that was said, and then to figures, not to names', async () => {
    served = await serveHouse(undefined, { host: '0.0.0.0', port: 0, allowRemote: true })
    const { house, control } = served
    const { port = 0 } = control.tcp ?? {}
    const authorization = `Bearer ${await tokenOf(house)}`
    const ask = (host: string) =>
      fetchRaw({
        host: '127.0.0.1',
        port,
        path: '/readyz',
        headers: { host: `${host}:${port}`, authorization },
      })
    expect((await ask('192.0.2.7')).status).toBe(200)
    expect((await ask('rebound.example')).status).toBe(421)
  })
})

test('a source’s token opens its own upload, and nothing else', async () => {
  const { port, ask, house } = await bound()
  const source = { kind: 'microphone_segment', display_name: 'Desk', upload_token: 'the-desk' }
  await house.ask('sources.create', { ...source, source_id: 'desk' })
  await house.ask('sources.create', { ...source, source_id: 'other', upload_token: 'the-other' })
  const upload = { file_name: 'a.wav', content_base64: Buffer.from(wav()).toString('base64') }
  const deliver = (authorization: string | undefined, id: string, more: object = {}) =>
    fetchRaw(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: `/v1/sources/${id}/observations`,
        headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      },
      JSON.stringify({ upload, idempotency_key: 'a', ...more }),
    )
  expect(await deliver('Bearer the-desk', 'desk')).toMatchObject({
    status: 200,
    json: { source_id: 'desk', media_type: 'audio/wav' },
  })
  expect(await deliver('Bearer the-desk', 'other')).toMatchObject({ status: 401 })
  expect(await deliver(undefined, 'desk', { upload_token: 'the-desk' })).toMatchObject({ status: 401 })
  expect(await deliver('Bearer the-desk', 'ghost')).toMatchObject({ status: 401 })
  // What opens the upload opens nothing else, not even of the same source.
  for (const path of ['/v1/sources/desk', '/v1/sources/desk/audit', '/v1/runtime'])
    expect((await ask({ authorization: 'Bearer the-desk' }, path)).status).toBe(401)
})
