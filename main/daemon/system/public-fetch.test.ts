import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isPublicAddress } from '../core/net/public-address'
import type { PublicAsk } from '../ports/public-fetch'
import { createPublicFetch } from './public-fetch'
import type { Resolved } from './public-lookup'

/** A server on this computer that stands for one on the open internet, under names of the test's own. */
let server: Server
let port: number
let serve: RequestListener = (_, response) => response.end()
let seen: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.headers.host}${request.url}`)
    serve(request, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const here: Resolved = { address: '127.0.0.1', family: 4 }
const names: Record<string, readonly Resolved[]> = {
  'site.example': [here],
  'other.example': [here],
  'private.example': [{ address: '10.0.0.7', family: 4 }],
  'loopback.example': [{ address: '127.0.0.2', family: 4 }],
  'mapped.example': [{ address: '::ffff:169.254.169.254', family: 6 }],
  'mixed.example': [here, { address: 'fd00::1', family: 6 }],
  'nowhere.example': [],
}
/** Only this one address of this computer counts as public. */
const open = createPublicFetch({
  resolve: async (name) => names[name] ?? [],
  isPublic: (address) => address === here.address || isPublicAddress(address),
})
const ask = (more: Partial<PublicAsk> = {}): PublicAsk => ({
  signal: new AbortController().signal,
  accept: () => true,
  most: 1000,
  redirects: 5,
  patience_ms: 5000,
  ...more,
})
const at = (path: string, host = 'site.example') => `http://${host}:${port}${path}`
const why = async (work: Promise<unknown>) =>
  work.then(
    () => 'fetched',
    (error: { why?: string }) => error.why,
  )
const answers = (status: number, headers: Record<string, string>, body: string | Buffer = '') => {
  seen = []
  serve = (_, response) => response.writeHead(status, headers).end(body)
}
const text = { 'content-type': 'text/plain; charset=utf-8' }

test('what lies at an address, whatever its status', async () => {
  answers(404, { ...text, 'X-Odd': 'yes' }, 'Not here')
  const answer = await open.get(at('/a?b=c#fragment'), ask())
  expect(answer).toMatchObject({
    final_url: at('/a?b=c'),
    redirects: 0,
    status: 404,
    media_type: 'text/plain',
    truncated: false,
  })
  expect(answer.headers['x-odd']).toBe('yes')
  expect(Buffer.from(answer.body).toString()).toBe('Not here')
  expect(seen).toEqual([`site.example:${port}/a?b=c`])
})

describe('is refused before anything is asked', () => {
  const real = createPublicFetch()
  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0x7f000001',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '0',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.9',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fd00::1]',
    '[fe80::1]',
    'localhost',
    'LocalHost.',
    'x.localhost',
    'printer.local',
    '１２７.0.0.1',
    '127。0。0。1',
  ]
  test.each(hosts)('http://%s', async (host) => {
    answers(200, text, 'secret')
    expect(await why(real.get(`http://${host}:${port}/`, ask()))).toBe('refused')
    expect(seen).toEqual([])
  })

  test.each([
    'file:///etc/passwd',
    'ftp://site.example/',
    'data:text/plain,x',
    'javascript:1',
    'not an address',
    '',
    'http://',
    'gopher://127.0.0.1/',
    'http://me@site.example/',
    'http://me:secret@site.example/',
    'http://:x@site.example/',
  ])('%s', async (url) => expect(await why(open.get(url, ask()))).toBe('refused'))

  test.each(['private.example', 'loopback.example', 'mapped.example', 'mixed.example'])(
    'a name that stands for what is not public: %s',
    async (host) => {
      answers(200, text, 'secret')
      expect(await why(open.get(at('/', host), ask()))).toBe('refused')
      expect(seen).toEqual([])
    },
  )

  test('a name that stands for nothing can’t be reached', async () => {
    expect(await why(open.get(at('/', 'nowhere.example'), ask()))).toBe('unreachable')
  })
})

test('the connection goes to the addresses that were looked at: an answer that changes is never used', async () => {
  answers(200, text, 'hello')
  let asks = 0
  const changing = createPublicFetch({
    resolve: async () => [asks++ === 0 ? here : { address: '10.0.0.7', family: 4 }],
    isPublic: (address) => address === here.address,
  })
  await changing.get(at('/'), ask())
  expect(asks).toBe(1)
  expect(await why(changing.get(at('/'), ask()))).toBe('refused')
  expect(seen).toHaveLength(1)
})

describe('redirects', () => {
  test('are followed and counted', async () => {
    seen = []
    serve = (request, response) => {
      const left = Number(request.url?.slice(1))
      if (left > 0)
        return response.writeHead(302, { location: at(`/${left - 1}`, 'other.example') }).end('gone')
      return response.writeHead(200, text).end('there')
    }
    const answer = await open.get(at('/5'), ask())
    expect(answer).toMatchObject({ redirects: 5, final_url: at('/0', 'other.example') })
    expect(await why(open.get(at('/6'), ask()))).toBe('redirects')
    expect(await why(open.get(at('/1'), ask({ redirects: 0 })))).toBe('redirects')
  })

  test.each([
    'http://127.0.0.2/',
    'http://[::ffff:10.0.0.1]/',
    'http://0x7f.2/',
    'http://private.example/',
    'file:///etc/passwd',
    'http://localhost/',
    'http://user:pass@site.example/',
    '//169.254.169.254/latest',
  ])('into %s are refused', async (location) => {
    answers(301, { location })
    expect(await why(open.get(at('/'), ask()))).toBe('refused')
    expect(seen).toHaveLength(1)
  })

  test('may be relative; one without an address is an answer', async () => {
    serve = (request, response) =>
      request.url === '/a/b'
        ? response.writeHead(307, { location: '../c' }).end()
        : response.writeHead(308).end('stay')
    expect(await open.get(at('/a/b'), ask())).toMatchObject({
      status: 308,
      final_url: at('/c'),
      redirects: 1,
    })
  })
})

describe('bodies', () => {
  test('without an end are cut', async () => {
    let closed = false
    serve = (_, response) => {
      response.writeHead(200, text)
      response.on('close', () => (closed = true))
      const pour = () =>
        void (response.write('x'.repeat(700)) ? setImmediate(pour) : response.once('drain', pour))
      pour()
    }
    const answer = await open.get(at('/'), ask())
    expect([answer.body.length, answer.truncated]).toEqual([1000, true])
    await expect.poll(() => closed).toBe(true)
  })

  test('that say they are too long are refused, exactly as long as allowed are not', async () => {
    answers(200, { ...text, 'content-length': '1001' }, 'x'.repeat(1001))
    expect(await why(open.get(at('/'), ask()))).toBe('too_large')
    answers(200, { ...text, 'content-length': '1000' }, 'x'.repeat(1000))
    expect(await open.get(at('/'), ask())).toMatchObject({ truncated: false })
  })

  test('of a type that is not wanted are left alone', async () => {
    answers(200, { 'content-type': 'IMAGE/png; x=y' }, 'png')
    expect(await why(open.get(at('/'), ask({ accept: (type) => type.startsWith('text/') })))).toBe(
      'wrong_type',
    )
    expect((await open.get(at('/'), ask({ accept: (type) => type === 'image/png' }))).media_type).toBe(
      'image/png',
    )
    answers(200, {}, 'untyped')
    expect(await why(open.get(at('/'), ask({ accept: (type) => type !== '' })))).toBe('wrong_type')
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('packed as %s are unpacked under the same cap', async (coding, pack) => {
    answers(200, { ...text, 'content-encoding': coding }, pack(Buffer.alloc(5_000_000, 'a')))
    const answer = await open.get(at('/'), ask())
    expect([answer.body.length, answer.truncated]).toEqual([1000, true])
    answers(200, { ...text, 'content-encoding': 'zstd9' }, 'x')
    expect(await why(open.get(at('/'), ask()))).toBe('wrong_type')
  })

  test('that break off are no answer', async () => {
    serve = (_, response) => {
      response.writeHead(200, { ...text, 'content-length': '100' })
      response.write('half', () => response.destroy())
    }
    expect(await why(open.get(at('/'), ask()))).toBe('unreachable')
  })
})

test('silence has an end, and stopping is at once', async () => {
  serve = () => undefined
  expect(await why(open.get(at('/'), ask({ patience_ms: 50 })))).toBe('timeout')
  serve = (_, response) => void response.writeHead(200, text).write('half')
  expect(await why(open.get(at('/'), ask({ patience_ms: 50 })))).toBe('timeout')
  const stop = new AbortController()
  const work = why(open.get(at('/'), ask({ signal: stop.signal })))
  setTimeout(() => stop.abort(), 20)
  expect(await work).toBe('interrupted')
  expect(await why(open.get(at('/'), ask({ signal: AbortSignal.abort() })))).toBe('interrupted')
})
