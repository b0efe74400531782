import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { fault } from '@contract/fault'
import { lastEventHeader, uploadPath } from '@contract/http'
import type { AssetId } from '@contract/ids'
import { largestFile } from '@contract/names'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Failure } from '../daemon/core/failure'
import { fakeAssetDoor, type FakeAssetDoor } from '../daemon/ports/asset-door.fake'
import { remoteDaemon } from './remote-daemon'
import { fetchRaw, serveHouse, tokenOf, type Served } from './testing'

let assets: FakeAssetDoor
let served: Served
beforeEach(async () => {
  assets = fakeAssetDoor()
  served = await serveHouse(undefined, { host: '127.0.0.1', port: 0 }, assets)
})
afterEach(() => served.close())

const socket = () => ({ socketPath: served.control.address })
const ask = (method: string, path: string, headers = {}, body?: Buffer) =>
  fetchRaw({ ...socket(), method, path, headers }, body)
const add = (text: string, more = {}) =>
  assets.import({ file_name: 'a b.txt', bytes: Buffer.from(text), ...more })

describe('an upload', () => {
  const to = (query: string) => `${uploadPath}?${query}`

  test('streams into the store, with what is said of it', async () => {
    const body = Buffer.alloc(3_000_000, 'x')
    const path = to('file_name=%C3%BC%20b.png&media_type=image%2Fpng&import_id=i1')
    const answered = await ask('POST', path, { 'content-type': 'application/x-www-form-urlencoded' }, body)
    expect(answered).toMatchObject({ status: 200, json: { asset_id: 'asset_1', byte_length: 3_000_000 } })
    expect(answered.headers[lastEventHeader]).toMatch(/-\d+$/)
    const [{ source, bytes }] = assets.taken as [FakeAssetDoor['taken'][number]]
    expect(source).toMatchObject({ file_name: 'ü b.png', media_type: 'image/png', import_id: 'i1' })
    expect(Buffer.compare(bytes, body)).toBe(0)
  })

  test.each([
    ['nothing said of it', '', 'call_refused'],
    ['a name without a sign', 'file_name=', 'call_refused'],
    ['a path', 'file_name=a&path=/etc/passwd', 'call_refused'],
    ['no bytes', 'file_name=a', 'asset_empty'],
  ])('with %s is refused as a problem', async (_, query, code) => {
    const answered = await ask('POST', to(query))
    expect(answered).toMatchObject({ status: 400, json: { code } })
    expect(answered.headers['content-type']).toBe('application/problem+json')
  })

  test.each([
    ['said', { 'content-length': largestFile + 1 }],
    ['unsaid', { 'transfer-encoding': 'chunked' }],
  ])('that is too large is refused at the limit, its length %s', async (how, headers) => {
    const answered = fetchRaw(
      { ...socket(), method: 'POST', path: to('file_name=a'), headers },
      how === 'said' ? undefined : Buffer.alloc(largestFile + 1),
    )
    expect(await answered).toMatchObject({
      status: 400,
      json: { code: 'asset_too_large', limit: largestFile, byte_length: largestFile + 1 },
    })
    expect(assets.taken).toEqual([])
  })

  test('that the store refuses at its first bytes is answered, though more is sent', async () => {
    const refused = new Failure(fault('unsupported_media_type', 'No.', {}))
    vi.spyOn(assets, 'import').mockImplementation(async (source) => {
      if ('stream' in source) for await (const _ of source.stream) break
      throw refused
    })
    const answered = await ask('POST', to('file_name=a'), {}, Buffer.alloc(20_000_000))
    expect(answered).toMatchObject({ status: 400, json: { code: 'unsupported_media_type' } })
  })

  test('that breaks off breaks the import off', async () => {
    let end!: (why: unknown) => void
    const ended = new Promise((resolve) => (end = resolve))
    vi.spyOn(assets, 'import').mockImplementation(async (source, signal) => {
      signal?.addEventListener('abort', () => end('aborted'))
      sending.destroy()
      if ('stream' in source) for await (const _ of source.stream);
      throw new TypeError('it had an end')
    })
    const options = { ...socket(), method: 'POST', path: to('file_name=a'), agent: false as const }
    const sending = request({ ...options, headers: { 'content-length': 1_000 } })
    sending.on('error', () => undefined).write('some')
    expect(await ended).toBe('aborted')
    expect(await ask('GET', '/v1/daemon')).toMatchObject({ status: 200 })
  })
})

describe('bytes', () => {
  test('come whole and in parts, with what they are', async () => {
    await add('0123456789', { media_type: 'text/csv' })
    const whole = await ask('GET', '/v1/assets/asset_1/raw')
    expect(whole).toMatchObject({ status: 200, text: '0123456789' })
    expect(whole.headers).toMatchObject({
      'content-type': 'text/csv',
      'content-disposition': "attachment; filename*=UTF-8''a%20b.txt",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(await ask('GET', '/v1/assets/asset_1/raw', { range: 'bytes=2-4' })).toMatchObject({
      status: 206,
      text: '234',
      headers: { 'content-range': 'bytes 2-4/10' },
    })
    expect(await ask('GET', '/v1/assets/asset_1/raw', { range: 'bytes=10-' })).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */10' },
    })
    expect(await ask('HEAD', '/v1/assets/asset_1/raw')).toMatchObject({
      status: 200,
      text: '',
      headers: { 'content-length': '10' },
    })
  })

  test('that are not there or not what they were are problems', async () => {
    await add('text')
    assets.alter('asset_1')
    expect(await ask('GET', '/v1/assets/ghost/raw')).toMatchObject({
      status: 404,
      json: { code: 'asset_not_found' },
    })
    expect(await ask('GET', '/v1/assets/asset_1/raw')).toMatchObject({
      status: 409,
      json: { code: 'asset_integrity_mismatch' },
    })
    for (const odd of ['%2e%2e', '%2e%2e%2fetc', '%', '%00'])
      expect(await ask('GET', `/v1/assets/${odd}/raw`), odd).toMatchObject({
        status: 400,
        json: { code: 'call_refused' },
      })
    expect(await ask('POST', '/v1/assets/asset_1/raw')).toMatchObject({ status: 404 })
    expect(await ask('GET', '/v1/assets/asset_1/files')).toMatchObject({ status: 404 })
  })

  test('of a port need a token, and no web page gets them', async () => {
    await add('text')
    const path = '/v1/assets/asset_1/raw'
    const { port = 0 } = served.control.tcp ?? {}
    const at = { host: '127.0.0.1', port, path }
    expect(await fetchRaw(at)).toMatchObject({ status: 401 })
    expect(await fetchRaw({ ...at, method: 'POST', path: `${uploadPath}?file_name=a` })).toMatchObject({
      status: 401,
    })
    const authorization = `Bearer ${await tokenOf(served.house)}`
    expect(await fetchRaw({ ...at, headers: { authorization } })).toMatchObject({ status: 200, text: 'text' })
    expect(await ask('GET', path, { origin: 'https://example.com' })).toMatchObject({ status: 403 })
    expect(assets.taken).toHaveLength(1)
  })

  test('whose reader goes away end quietly', async () => {
    await add('x'.repeat(8_000_000))
    const path = '/v1/assets/asset_1/raw'
    await new Promise<void>((resolve) => {
      request({ ...socket(), path, agent: false }, (response) => {
        response.once('data', () => response.destroy()).once('close', resolve)
      }).end()
    })
    expect(await ask('GET', '/v1/daemon')).toMatchObject({ status: 200 })
  })
})

describe('the door of a daemon of another process', () => {
  const door = async () => (await remoteDaemon(served.client, () => undefined)).assets
  const readAll = async (stream: AsyncIterable<Uint8Array>) => {
    const pieces: Uint8Array[] = []
    for await (const piece of stream) pieces.push(piece)
    return Buffer.concat(pieces).toString()
  }
  const raw = async (id: string, range?: { from: number; to?: number }) =>
    (await door()).open(id as AssetId, 'raw', range)

  test('takes bytes, a stream, and files of here', async () => {
    const file = join(served.house.stateRoot, 'of here.txt')
    await writeFile(file, 'from a file')
    const { import: take } = await door()
    await take({ file_name: 'b', import_id: 'i', bytes: Buffer.from('bytes') })
    async function* pieces() {
      yield Buffer.from('str')
      yield Buffer.from('eam')
    }
    await take({ file_name: 's', media_type: 'text/csv', stream: pieces() })
    expect(await take({ file_name: 'of here.txt', path: file })).toMatchObject({ asset_id: 'asset_3' })
    expect(assets.taken.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'bytes',
      'stream',
      'from a file',
    ])
    expect(assets.taken[1]?.source).toMatchObject({ file_name: 's', media_type: 'text/csv' })
    for (const { source } of assets.taken) expect(source).not.toHaveProperty('path')
  })

  test('refuses what is no file before anything is sent', async () => {
    const { import: take } = await door()
    const { stateRoot } = served.house
    const large = join(stateRoot, 'large')
    await mkdir(join(stateRoot, 'folder'))
    await writeFile(large, '')
    await truncate(large, largestFile + 1)
    for (const [path, code] of [
      [join(stateRoot, 'folder'), 'folder_refused'],
      [join(stateRoot, 'none'), 'asset_unreadable'],
      ['/dev/null', 'asset_unreadable'],
      [large, 'asset_too_large'],
    ])
      await expect(take({ file_name: 'x', path: path ?? '' }), path).rejects.toMatchObject({
        fault: { code },
      })
    await expect(take({ file_name: 'x', bytes: new Uint8Array() })).rejects.toMatchObject({
      fault: { code: 'asset_empty' },
    })
    expect(assets.taken).toHaveLength(1)
  })

  test('a stream that breaks, and one that is stopped, leave nothing', async () => {
    const { import: take } = await door()
    async function* broken() {
      yield Buffer.from('some')
      throw new Error('the disk')
    }
    await expect(take({ file_name: 'x', stream: broken() })).rejects.toMatchObject({
      fault: { code: 'asset_unreadable' },
    })
    const stop = new AbortController()
    async function* endless() {
      for (;;) {
        yield Buffer.from('more')
        stop.abort()
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await expect(take({ file_name: 'x', stream: endless() }, stop.signal)).rejects.toMatchObject({
      fault: { code: 'import_cancelled' },
    })
    expect(assets.taken).toEqual([])
  })

  test('reads as if it were here: whole, in parts, behind the end, and what is refused', async () => {
    await add('0123456789', { file_name: "Ü (1)'*.txt", media_type: 'text/csv' })
    const whole = await raw('asset_1')
    expect(whole).toMatchObject({
      file_name: "Ü (1)'*.txt",
      media_type: 'text/csv',
      byte_length: 10,
      range: { from: 0, to: 10 },
    })
    expect(await readAll(whole.stream)).toBe('0123456789')
    const part = await raw('asset_1', { from: 3, to: 5 })
    expect(part).toMatchObject({ byte_length: 10, range: { from: 3, to: 5 } })
    expect(await readAll(part.stream)).toBe('34')
    expect(await readAll((await raw('asset_1', { from: 8 })).stream)).toBe('89')
    await expect(raw('asset_1', { from: 10 })).rejects.toBeInstanceOf(RangeError)
    await expect(raw('ghost')).rejects.toMatchObject({ fault: { code: 'asset_not_found' } })
    assets.alter('asset_1')
    await expect(raw('asset_1')).rejects.toMatchObject({ fault: { code: 'asset_integrity_mismatch' } })
  })

  test('says so when nobody is there any more', async () => {
    const { import: take, open } = await door()
    await served.control.stop()
    const gone = { fault: { code: 'daemon_unreachable' } }
    await expect(take({ file_name: 'x', bytes: Buffer.from('x') })).rejects.toMatchObject(gone)
    await expect(open('asset_1' as AssetId, 'raw')).rejects.toMatchObject(gone)
  })
})
