import { fc, test as property } from '@fast-check/vitest'
import { ChatRequest$outboundSchema } from '@openrouter/sdk/models'
import type { AssetId } from '@contract/ids'
import type { AssetRef, Message, Part } from '@contract/message'
import { afterEach, describe, expect, test } from 'vitest'
import { solidPng } from '../../demo-provider/solid-pictures.suite'
import { Failure } from '../core/failure'
import { fakeContents } from '../ports/assets.fake'
import type { ChatTurn } from '../ports/driver'
import { fileBlock, readAttachments, type ReadingOf } from './attachments'
import { collect, messageOf, open, turnOf } from './open-room.suite'
import { encodeTurn } from './request'

const asset = (
  id: string,
  media_type: string,
  file_name = `${id}.${media_type.split('/')[1] ?? ''}`,
): AssetRef => ({
  asset_id: id as AssetId,
  media_type,
  file_name,
  byte_length: 100,
})
const attach = (ref: AssetRef): Part => ({ kind: 'attachment', asset: ref })
const text = (said: string): Part => ({ kind: 'text', text: said })
const [cat, dog] = [asset('cat', 'image/png'), asset('dog', 'image/jpeg')]
const files = {
  cat: Uint8Array.of(1, 2, 3),
  dog: Uint8Array.of(4, 5, 6),
  memo: 'As a text',
  empty: ' \n',
  mute: null,
}
const most = 20_000_000

const turn = (
  history: readonly Message[],
  pictures: readonly string[],
  contents = fakeContents(files),
): ChatTurn => turnOf('', { history, contents, pictures: new Set(pictures as AssetId[]) })
async function contentsOf(asked: ChatTurn, on: Partial<ReadingOf> = {}): Promise<unknown[]> {
  const body = encodeTurn(asked, await readAttachments(asked, { most, facts: {}, sees: false, ...on })) as {
    messages: { content: unknown }[]
  }
  return body.messages.map(({ content }) => content)
}
type Wire = ReturnType<typeof saying> | ReturnType<typeof showing>
const saying = (said: string) => ({ type: 'text', text: said })
const showing = (type: string, base64: string) => ({
  type: 'image_url',
  image_url: { url: `data:${type};base64,${base64}` },
})
const listen = ({ driver, access }: Awaited<ReturnType<typeof open>>, asked: ChatTurn) =>
  collect(driver.streamChat(access, asked, new AbortController().signal))
const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error.fault : error),
  )

describe('a turn with files', () => {
  test('parts keep their order; a hint with the id stands before each picture', async () => {
    const parts = [text('First'), attach(cat), text('then'), attach(dog), attach(cat)]
    expect(await contentsOf(turn([messageOf('user', parts)], ['cat', 'dog']))).toEqual([
      [
        saying('First'),
        saying('[Picture cat: cat.png (image/png)]'),
        showing('image/png', 'AQID'),
        saying('then'),
        saying('[Picture dog: dog.jpeg (image/jpeg)]'),
        showing('image/jpeg', 'BAUG'),
        saying('[Picture cat: cat.png (image/png)]'),
        showing('image/png', 'AQID'),
      ],
    ])
  })

  test('documents and transcripts are text; a lone one is a plain string', async () => {
    const memo = asset('memo', 'application/pdf')
    const spoken = asset('memo', 'audio/wav')
    expect(await contentsOf(turn([messageOf('user', [attach(memo)])], []))).toEqual([
      '[File: memo.pdf (application/pdf)]\nAs a text',
    ])
    expect(await contentsOf(turn([messageOf('user', [text('Hm'), attach(spoken)])], []))).toEqual([
      [saying('Hm'), saying('[File: memo.wav (audio/wav)]\nAs a text')],
    ])
  })

  test('what has no text is mentioned in one line, and its bytes are never read', async () => {
    const contents = fakeContents(files)
    const parts = [
      attach(asset('mute', 'audio/mpeg', 'mu\nte.mp3')),
      attach(asset('empty', 'application/pdf')),
    ]
    expect(await contentsOf(turn([messageOf('user', parts)], ['mute', 'empty'], contents))).toEqual([
      [
        saying('[File: mu te.mp3 (audio/mpeg), a recording without a transcript]'),
        saying('[File: empty.pdf (application/pdf), without text]'),
      ],
    ])
    expect(contents.reads).toEqual(['text mute', 'text empty'])
  })

  test('a model that sees gets the first page of what has no text, in the newest message and where there is room', async () => {
    const scan = asset('scan', 'application/pdf')
    const other = asset('other', 'application/pdf')
    const kept = { ...files, scan: Uint8Array.of(7, 8, 9), other: new Uint8Array(3_000) }
    const earlier = messageOf('user', [attach({ ...scan, asset_id: 'empty' as AssetId })])
    const asked = (contents = fakeContents(kept)) =>
      turn([earlier, messageOf('user', [attach(scan), attach(other)])], [], contents)
    const shown = [
      saying('[File: scan.pdf (application/pdf), without text; its first page is the next picture]'),
      showing('image/png', 'BwgJ'),
    ]
    const mention = saying('[File: other.pdf (application/pdf), without text]')
    const contents = fakeContents(kept)
    expect(await contentsOf(asked(contents), { sees: true, most: 1_000 })).toEqual([
      '[File: scan.pdf (application/pdf), without text]',
      [...shown, mention],
    ])
    expect(contents.reads).toContain('preview scan')
    expect(contents.reads).not.toContain('preview empty')
    const [, all] = await contentsOf(asked(), { sees: true })
    expect(all).toHaveLength(4)
    const blind = fakeContents(kept)
    expect((await contentsOf(asked(blind)))[1]).toEqual([
      saying('[File: scan.pdf (application/pdf), without text]'),
      mention,
    ])
    expect(blind.reads.join()).not.toContain('preview')
  })

  test('earlier pictures are one line each, but for those that travel again; documents stay', async () => {
    const history = [
      messageOf('user', [attach(cat), attach(dog), attach(asset('memo', 'text/plain', 'memo.txt'))]),
      messageOf('assistant', [text('Nice.')]),
      messageOf('user', [text('The dog again')]),
    ]
    const contents = fakeContents(files)
    expect(await contentsOf(turn(history, ['dog'], contents))).toEqual([
      [
        saying('[Earlier picture cat, not shown again: cat.png (image/png)]'),
        saying('[Picture dog: dog.jpeg (image/jpeg)]'),
        showing('image/jpeg', 'BAUG'),
        saying('[File: memo.txt (text/plain)]\nAs a text'),
      ],
      'Nice.',
      'The dog again',
    ])
    expect(contents.reads).toEqual(['bytes dog', 'text memo'])
  })

  test('a picture that only answers show travels before the newest words; one that is lost stays behind', async () => {
    const history = [
      messageOf('user', [text('Draw')]),
      messageOf('assistant', [attach(cat), attach(asset('away', 'image/png')), attach(dog)]),
      messageOf('user', [text('And now?')]),
      messageOf('assistant', [text('Well'), attach(dog)]),
    ]
    const contents = fakeContents(files)
    const said = await contentsOf(turn(history, ['cat', 'away'], contents))
    expect(said[2]).toEqual([
      saying('[Picture cat: cat.png (image/png), from an earlier answer]'),
      showing('image/png', 'AQID'),
      saying('And now?'),
    ])
    expect(said.filter(Array.isArray)).toHaveLength(1)
    expect(contents.reads).toEqual(['bytes cat', 'bytes away'])
    const given = [messageOf('user', [attach(cat)]), ...history]
    expect((await contentsOf(turn(given, ['cat'])))[3]).toBe('And now?')
  })

  test('a file that is lost keeps only its own message from being sent', async () => {
    const lost = [
      attach(asset('gone', 'application/pdf')),
      attach(asset('away', 'image/png')),
      attach(asset('memo', 'text/plain', 'memo.txt')),
    ]
    const pictures = ['away']
    expect(
      await contentsOf(turn([messageOf('user', lost), messageOf('user', [text('Go on')])], pictures)),
    ).toEqual([
      [
        saying('[File: gone.pdf (application/pdf), which can’t be read any more]'),
        saying('[Earlier picture away, not shown again: away.png (image/png)]'),
        saying('[File: memo.txt (text/plain)]\nAs a text'),
      ],
      'Go on',
    ])
    for (const part of lost.slice(0, 2))
      expect(await failureOf(contentsOf(turn([messageOf('user', [part])], pictures)))).toMatchObject({
        code: 'asset_not_found',
      })
  })

  test('a picture of several messages travels with the newest, and is read once', async () => {
    const history = [messageOf('user', [attach(cat)]), messageOf('user', [attach(cat), attach(cat)])]
    const contents = fakeContents(files)
    const [first, second] = await contentsOf(turn(history, ['cat'], contents))
    expect(first).toBe('[Earlier picture cat, not shown again: cat.png (image/png)]')
    expect(second).toHaveLength(4)
    expect(contents.reads).toEqual(['bytes cat'])
  })

  test('the whole body is one that the published schema writes', async () => {
    const asked = turn([messageOf('user', [text('See'), attach(cat)])], ['cat'])
    const { messages } = encodeTurn(
      asked,
      await readAttachments(asked, { most, facts: {}, sees: false }),
    ) as { messages: object[] }
    const camel = messages.map((message) => {
      const { content } = message as { content: { type: string; text?: string; image_url?: object }[] }
      const parts = content.map(({ image_url: imageUrl, ...part }) => ({
        ...part,
        ...(imageUrl ? { imageUrl } : {}),
      }))
      return { ...message, content: parts }
    })
    const written = ChatRequest$outboundSchema.parse({ model: 'a/b', messages: camel })
    expect(written.messages).toEqual(messages)
  })
})

describe('the text of a file', () => {
  const page = asset('page', 'text/plain', 'page.txt')
  const bodyOf = (said: string) => fileBlock(page, said).split('\n')

  test.each([
    ['at the limit', 'x'.repeat(12_000), 12_000, undefined],
    ['one more', 'x'.repeat(12_001), 12_000, '[Cut: the first 12000 of 12001 characters.]'],
    [
      'a pair across the limit',
      `${'x'.repeat(11_999)}😀y`,
      11_999,
      '[Cut: the first 11999 of 12002 characters.]',
    ],
    [
      'a pair before the limit',
      `${'x'.repeat(11_998)}😀yz`,
      12_000,
      '[Cut: the first 12000 of 12002 characters.]',
    ],
  ])('%s', (_what, said, length, cut) => {
    const [heading, head, line] = bodyOf(said)
    expect([heading, head?.length, line]).toEqual(['[File: page.txt (text/plain)]', length, cut])
  })

  property.prop([
    fc.integer({ min: 11_980, max: 12_000 }),
    fc.array(fc.constantFrom('a', '😀', '\n'), { maxLength: 30 }),
  ])('is never cut through a character', (length, letters) => {
    expect(/\p{Surrogate}/u.test(fileBlock(page, 'x'.repeat(length) + letters.join('')))).toBe(false)
  })
})

describe('any parts at all', () => {
  const part = fc.oneof(
    fc.string({ minLength: 1 }).map((said) => text(said)),
    fc.constantFrom('p1', 'p2', 'p3').map((id) => attach(asset(id, 'image/png'))),
    fc.constantFrom('d1', 'd2').map((id) => attach(asset(id, 'text/plain'))),
    fc.constantFrom('a1', 'a2').map((id) => attach(asset(id, 'audio/wav'))),
  )
  const bytesOf = (id: string) => Buffer.from(`the bytes of ${id}, long enough to be told apart`.repeat(3))
  const kept = {
    ...Object.fromEntries(['p1', 'p2', 'p3'].map((id) => [id, bytesOf(id)])),
    ...Object.fromEntries(['d1', 'd2', 'a1'].map((id) => [id, `text of ${id}`])),
    a2: null,
  }

  property.prop([fc.array(part, { minLength: 1 }), fc.subarray(['p1', 'p2', 'p3'])])(
    'travel in their order, and bytes are nowhere but in a picture’s address',
    async (parts, shown) => {
      const [content] = await contentsOf(turn([messageOf('user', parts)], shown, fakeContents(kept)))
      const wire = typeof content === 'string' ? [saying(content)] : (content as readonly Wire[])
      // One mark for each part that was given, in the order in which the wire has them.
      const marks = wire.flatMap((one): string[] => {
        if ('image_url' in one) return []
        const { text: said } = one
        return [
          /^\[(?:Picture|Earlier picture) (p\d)|^\[File: (\w\d)\./.exec(said)?.slice(1).find(Boolean) ?? said,
        ]
      })
      const given = parts.map((one) =>
        one.kind === 'attachment' ? one.asset.asset_id : one.kind === 'text' ? one.text : '',
      )
      const isOdd = parts.some((one) => one.kind === 'text' && /^\[(Pic|Ear|File)/.test(one.text))
      if (!isOdd) expect(marks).toEqual(given)
      wire.forEach((one, place) => {
        if (!('image_url' in one)) return
        const hint = wire[place - 1]
        const id = (hint && 'text' in hint && /^\[Picture (p\d)/.exec(hint.text)?.[1]) || ''
        expect(shown).toContain(id)
        expect(one.image_url.url).toBe(`data:image/png;base64,${bytesOf(id).toString('base64')}`)
      })
      const others = JSON.stringify(wire.filter((one) => one.type !== 'image_url'))
      for (const id of ['p1', 'p2', 'p3'])
        expect(others).not.toContain(bytesOf(id).toString('base64').slice(0, 20))
    },
  )
})

describe('against the demo provider', () => {
  let room: Awaited<ReturnType<typeof open>>
  afterEach(() => room.close())
  const shown = (ref: AssetRef, bytes: Uint8Array): ChatTurn =>
    turn(
      [messageOf('user', [attach({ ...ref, byte_length: bytes.length })])],
      [ref.asset_id],
      fakeContents({ [ref.asset_id]: bytes }),
    )

  test('what travels is what was stored', async () => {
    room = await open()
    const heard = await listen(room, shown(cat, solidPng(64, 48, '#336699')))
    expect(heard.text).toContain('1. 64 × 48 pixels, png, average colour #336699')
  })

  test('a model without eyes is a 404 that says so', async () => {
    room = await open()
    const heard = await listen(room, {
      ...shown(cat, solidPng(2, 2, '#336699')),
      model: 'deepseek/deepseek-v4-pro',
    })
    expect(heard.trouble).toMatchObject({ kind: 'no_endpoint', http_status: 404, retryable: false })
    expect(heard.trouble?.said).toContain('image input')
  })

  test('a file that can’t be read ends it before anything is sent', async () => {
    room = await open()
    const heard = await listen(room, turn([messageOf('user', [attach(cat)])], ['cat'], fakeContents()))
    expect(heard.failure?.fault.code).toBe('asset_not_found')
    expect(room.demo.requests).toEqual([])
  })

  test('whoever stops while files are read is told so', async () => {
    room = await open()
    const stop = new AbortController()
    const contents = fakeContents(files)
    const reading = {
      ...contents,
      bytes: (id: AssetId, signal?: AbortSignal) => {
        stop.abort()
        signal?.throwIfAborted()
        return contents.bytes(id)
      },
    }
    const asked = turn([messageOf('user', [attach(cat)])], ['cat'], reading)
    const { failure } = await collect(room.driver.streamChat(room.access, asked, stop.signal))
    expect(failure?.fault.code).toBe('interrupted')
    expect(room.demo.requests).toEqual([])
  })

  test('more than 20 MB are refused unread and unsent', async () => {
    room = await open()
    const contents = fakeContents(files)
    const large = { ...cat, byte_length: 16_000_000 }
    const heard = await listen(room, turn([messageOf('user', [attach(large)])], ['cat'], contents))
    expect(heard.trouble).toMatchObject({ kind: 'too_large', retryable: false })
    expect(heard.failure?.fault.detail).toContain('21.3 MB, and 20 is the most')
    expect(contents.reads).toEqual([])
    expect(room.demo.requests).toEqual([])
  })

  test('so is a whole body that is larger, counted in bytes', async () => {
    room = await open([], { chat_size: 1_000 })
    const asking = (said: string) => listen(room, turnOf(said))
    expect((await asking('é'.repeat(500))).trouble?.kind).toBe('too_large')
    expect(room.demo.requests).toEqual([])
    expect((await asking('e'.repeat(500))).trouble).toBeUndefined()
    expect(room.demo.requests).toHaveLength(1)
  })
})

test('without anything to read from, everything is a mention', async () => {
  const { contents: _, ...asked } = turn(
    [messageOf('user', [attach(cat), attach(asset('memo', 'text/plain'))])],
    ['cat'],
  )
  expect(await contentsOf(asked)).toEqual([
    [
      saying('[Earlier picture cat, not shown again: cat.png (image/png)]'),
      saying('[File: memo.plain (text/plain), which can’t be read any more]'),
    ],
  ])
})

test('a fault of the store is told as it is', async () => {
  expect(
    await failureOf(contentsOf(turn([messageOf('user', [attach(asset('gone', 'text/plain'))])], []))),
  ).toMatchObject({
    code: 'asset_not_found',
  })
})
