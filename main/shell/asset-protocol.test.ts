import { Readable } from 'node:stream'
import { fault } from '@contract/fault'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test, vi } from 'vitest'
import { Failure } from '../daemon/core/failure'
import type { AssetDoor } from '../daemon/ports/assets'
import { answerAsset } from './asset-protocol'

const content = Buffer.from('<script>alert(1)</script>')
const types: Readonly<Record<string, string>> = { pic: 'image/png', svg: 'image/svg+xml', page: 'text/html' }
const open = vi.fn<AssetDoor['open']>(async (id, _role, range) => {
  const media_type = types[id]
  if (id === 'altered') throw new Failure(fault('asset_integrity_mismatch', 'Altered.'))
  if (id === 'broken') throw new TypeError('/home/me/secret')
  if (media_type === undefined) throw new Failure(fault('asset_not_found', 'Unknown.'))
  const from = range?.from ?? 0
  if (from >= content.length) throw new RangeError('behind the end')
  const to = Math.min(range?.to ?? content.length, content.length)
  const about = { media_type, file_name: `${id}.x`, sha256: 'ab', byte_length: content.length }
  return { ...about, range: { from, to }, stream: Readable.from([content.subarray(from, to)]) }
})
const report = vi.fn()
const partial = (id: string) =>
  id === 'half' ? { bytes: Buffer.from('pixels'), media_type: 'image/png' } : undefined
const ask = async (url: string, headers: Record<string, string> = {}, method = 'GET') => {
  const {
    statusCode,
    headers: said,
    data,
  } = await answerAsset({ open, partial }, { url, method, headers }, report)
  const body: Buffer[] = []
  for await (const chunk of data as Readable) body.push(Buffer.from(chunk as Uint8Array))
  return { status: statusCode, headers: said as Record<string, string>, body: Buffer.concat(body).toString() }
}

test('an unfinished picture, kept by nobody', async () => {
  const { status, headers, body } = await ask('asset://partial/half')
  expect({ status, body }).toEqual({ status: 200, body: 'pixels' })
  expect(headers).toMatchObject({ 'content-type': 'image/png', 'cache-control': 'no-store' })
  expect((await ask('asset://partial/gone')).status).toBe(404)
})

test('the whole, kept for ever, and guarded on every answer', async () => {
  const { status, headers, body } = await ask('asset://raw/pic')
  expect({ status, body }).toEqual({ status: 200, body: content.toString() })
  expect(headers).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(content.length),
    'accept-ranges': 'bytes',
    'cache-control': expect.stringContaining('immutable'),
  })
  for (const url of ['asset://raw/pic', 'asset://raw/ghost', 'asset://raw/', 'asset://raw/broken']) {
    expect((await ask(url)).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'access-control-allow-origin': 'app://kheish',
    })
  }
})

test('a part, and a part that is not there', async () => {
  const part = await ask('asset://raw/pic', { Range: 'bytes=1-6' })
  expect(part).toMatchObject({ status: 206, body: 'script' })
  expect(part.headers).toMatchObject({
    'content-range': `bytes 1-6/${content.length}`,
    'content-length': '6',
  })
  const behind = await ask('asset://raw/pic', { range: 'bytes=900-' })
  expect(behind).toMatchObject({ status: 416, body: '' })
  expect(behind.headers['content-range']).toBe(`bytes */${content.length}`)
})

test('HEAD says the same without the bytes; nothing else may be done', async () => {
  const { status, headers, body } = await ask('asset://raw/pic', {}, 'HEAD')
  expect({ status, body, length: headers['content-length'] }).toEqual({
    status: 200,
    body: '',
    length: String(content.length),
  })
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect(await ask('asset://raw/pic', {}, method)).toMatchObject({ status: 405, body: '' })
})

test.each(['svg', 'page'])('what could run is text to be looked at: %s', async (id) => {
  const { headers } = await ask(`asset://raw/${id}`)
  expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  expect((await ask(`asset://text/${id}`)).headers['cache-control']).toBe('no-store')
})

test.each([
  ['asset://raw/ghost', 404],
  ['asset://raw/altered', 409],
  ['asset://raw/broken', 500],
])('%s is a status without a body', async (url, status) => {
  expect(await ask(url)).toMatchObject({ status, body: '' })
})
test('a surprise is reported, and nothing of it is said', async () => {
  const said = await ask('asset://raw/broken')
  expect(report).toHaveBeenCalledOnce()
  expect(JSON.stringify(said)).not.toContain('secret')
})

describe('an address that is none', () => {
  test.each([
    'asset://raw/../../etc/passwd',
    'asset://raw/..',
    'asset://raw/%2e%2e%2fetc',
    'asset://raw/pic%00',
    'asset://raw/pic/more',
    'asset://raw/pic?x=1',
    'asset://raw//pic',
    'asset://raw',
    'asset:raw/pic',
    'asset://RAW/pic',
    'asset://raw.evil/pic',
    'asset://raw:80/pic',
    'asset://me@raw/pic',
    'asset://files/pic',
    'app://raw/pic',
    'asset://raw/pic\n',
    `asset://raw/${'a'.repeat(129)}`,
  ])('%s', async (url) => {
    expect(await ask(url)).toMatchObject({ status: 404, body: '' })
    expect(open).not.toHaveBeenCalled()
  })
  property.prop([fc.string({ unit: 'binary' })])('whatever it is, the store sees plain ids', async (text) => {
    await ask(`asset://raw/${text}`)
    for (const [id] of open.mock.calls) expect(id).toMatch(/^[\w-]{1,128}$/)
  })
})
