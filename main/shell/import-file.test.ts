import { largestFile } from '@contract/names'
import { expect, test, vi } from 'vitest'
import type { AssetDoor } from '../daemon/ports/assets'
import { serveFile } from './import-file'
import { appOrigin, type Speaker } from './origin'

const us: Speaker = { origin: appOrigin, isMainFrame: true, isOurWindow: true }
const take = vi.fn<AssetDoor['import']>(async ({ file_name }) => ({ file_name }) as never)
const ask = (raw: unknown, from = us) => serveFile({ import: take }, () => 'ref_1', from, raw)
const about = { import_id: 'i1', file_name: 'a.mp4', media_type: 'video/mp4', byte_length: 3 }
const bytes = () => Uint8Array.of(1, 2, 3).buffer

test('a file of the disk goes on as its path, and its type is not guessed by the browser', async () => {
  expect(await ask({ ...about, path: '/home/me/a.mp4' })).toEqual({ ok: true, value: { file_name: 'a.mp4' } })
  expect(take).toHaveBeenLastCalledWith({ import_id: 'i1', file_name: 'a.mp4', path: '/home/me/a.mp4' })
})

test.each([
  ['image/png', { media_type: 'image/png' }],
  ['', {}],
])('bytes of type “%s” go on as bytes', async (media_type, declared) => {
  expect(await ask({ ...about, media_type, bytes: bytes() })).toMatchObject({ ok: true })
  const expected = { import_id: 'i1', file_name: 'a.mp4', ...declared, bytes: Uint8Array.of(1, 2, 3) }
  expect(take).toHaveBeenLastCalledWith(expected)
})

test.each([
  ['bytes that were left behind for being too many', { byte_length: largestFile + 1 }, 'asset_too_large'],
  ['more bytes than may cross', { bytes: new ArrayBuffer(largestFile + 1) }, 'asset_too_large'],
  ['bytes that could not be read', {}, 'asset_unreadable'],
  ['a path that is not absolute', { path: 'etc/passwd' }, 'call_refused'],
  ['an empty path', { path: '' }, 'call_refused'],
  ['bytes as text', { bytes: 'AAAA' }, 'call_refused'],
  ['another name for the import', { import_id: '' }, 'call_refused'],
  ['a field that nobody knows', { path: '/a', more: 1 }, 'call_refused'],
])('%s: nothing is taken in', async (_, odd, code) => {
  expect(await ask({ ...about, ...odd })).toMatchObject({ ok: false, fault: { code } })
  expect(take).not.toHaveBeenCalled()
})

test.each([
  ['another page', { ...us, origin: 'https://example.com' }],
  ['a frame in the page', { ...us, isMainFrame: false }],
  ['a window that is not ours', { ...us, isOurWindow: false }],
])('%s imports nothing', async (_, from) => {
  expect(await ask({ ...about, path: '/etc/passwd' }, from)).toMatchObject({
    ok: false,
    fault: { code: 'call_refused' },
  })
  expect(take).not.toHaveBeenCalled()
})
