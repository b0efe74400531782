import { Readable } from 'node:stream'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { answerBytes, discard, headOf, rangeOf } from './bytes-over-http'

const all = Uint8Array.from({ length: 10 }, (_, at) => at)
const about = { media_type: 'image/png', file_name: 'a.png', sha256: 'ab12', byte_length: all.length }
const closed: string[] = []

async function open(asked?: { readonly from: number; readonly to?: number }) {
  const range = { from: asked?.from ?? 0, to: Math.min(asked?.to ?? all.length, all.length) }
  if (range.from >= all.length) throw new RangeError('behind the end')
  const stream: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: true, value: undefined }),
      return: async () => {
        closed.push('closed')
        return { done: true, value: undefined }
      },
    }),
  }
  return { ...about, range, stream }
}

describe('a range', () => {
  test.each([
    ['bytes=0-', { from: 0 }],
    ['bytes=3-5', { from: 3, to: 6 }],
    [' Bytes=3-3 ', { from: 3, to: 4 }],
    ['bytes=5-3', undefined],
    ['bytes=-3', undefined],
    ['bytes=0-1,4-5', undefined],
    ['lines=0-1', undefined],
    ['bytes=0x1-2', undefined],
    ['bytes=99999999999999999999-', undefined],
    [undefined, undefined],
  ])('%s', (header, range) => expect(rangeOf(header)).toEqual(range))

  test('that reaches beyond the end is answered to the end', async () => {
    const { status, headers } = await answerBytes(open, 'bytes=8-99')
    expect(status).toBe(206)
    expect(headers).toMatchObject({ 'content-range': 'bytes 8-9/10', 'content-length': '2' })
  })
  test('that begins behind it is 416 with the length, and nothing stays open', async () => {
    const { status, headers, bytes } = await answerBytes(open, 'bytes=10-')
    expect({ status, headers, bytes }).toEqual({
      status: 416,
      headers: { 'content-length': '0', 'content-range': 'bytes */10' },
      bytes: undefined,
    })
    expect(closed.splice(0)).toEqual(['closed'])
  })
})

test('a stream of Node that nobody has begun to read is ended as well', async () => {
  const stream = Readable.from([all])
  await discard(stream)
  expect(stream.destroyed).toBe(true)
})

test('the whole is 200, and says that parts can be had', async () => {
  const { status, headers } = await answerBytes(open, undefined)
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'accept-ranges': 'bytes', 'content-length': '10', etag: '"ab12"' })
  expect(headers).not.toHaveProperty('content-range')
})

test('what goes wrong at opening goes on as it is', async () => {
  const failing = () => Promise.reject(new TypeError('gone'))
  await expect(answerBytes(failing, 'bytes=1-')).rejects.toThrow('gone')
})

test.prop([
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom('image/png', 'text/csv', 'audio/mpeg'),
  fc.nat({ max: 9 }),
  fc.nat(),
  fc.boolean(),
])('what is said can be read back, whatever the name', async (name, media_type, from, more, isPart) => {
  const named = async (range?: { readonly from: number; readonly to?: number }) => ({
    ...(await open(range)),
    media_type,
    file_name: name,
  })
  const { headers, bytes } = await answerBytes(named, isPart ? `bytes=${from}-${from + more}` : undefined)
  expect(Object.values(headers).join()).toMatch(/^[\x20-\x7e]*$/)
  const { stream: _, ...head } = { ...bytes, file_name: name.replace(/\p{Cs}/gu, '\ufffd') }
  expect(headOf(headers)).toEqual(head)
})
test.each([['etag'], ['content-disposition'], ['content-length'], ['content-type']])(
  'without %s nothing is read back',
  async (name) => {
    const { headers } = await answerBytes(open, undefined)
    expect(headOf({ ...headers, [name]: undefined })).toBeUndefined()
  },
)
