import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { ImageDescriptor, ImageModelView } from '@contract/images'
import type { Behaviour } from '../../demo-provider/index'
import { solidPng } from '../../demo-provider/solid-pictures.suite'
import { detect } from '../core/media-types/detect'
import { Failure } from '../core/failure'
import type { ImageAsk, ImagePartial, ImageSummary } from '../ports/driver'
import { createPublicFetch } from '../system/public-fetch'
import { cleanDriver } from './clean-driver'
import { createOpenRouterDriver } from './driver'
import { open } from './open-room.suite'

type Room = Awaited<ReturnType<typeof open>>
const rooms: Room[] = []
async function room(...args: Parameters<typeof open>): Promise<Room> {
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

const painter = (
  id: string,
  parameters: Readonly<Record<string, ImageDescriptor>>,
  can_stream = false,
): ImageModelView => ({ route_id: 'openrouter', id, name: id, can_edit: true, can_stream, parameters })
const ratios: ImageDescriptor = { type: 'enum', values: ['1:1', '3:2'] }
const tiers: ImageDescriptor = { type: 'enum', values: ['512', '1K', '2K'] }
const gemini = painter('google/gemini-2.5-flash-image', { aspect_ratio: ratios, resolution: tiers })
const gpt = painter('openai/gpt-image-2', { n: { type: 'range', min: 1, max: 10 } }, true)
const recraft = painter('recraft/recraft-v4', { n: { type: 'range', min: 1, max: 6 } })

/** Small pictures: what is drawn is not what is tested here. */
const order = (image_entry: ImageModelView = gemini, more: Partial<ImageAsk> = {}): ImageAsk => ({
  model: image_entry.id,
  prompt: 'a red circle on blue',
  count: 1,
  references: [],
  path: 'images',
  image_entry,
  ...(image_entry === gemini ? { options: { resolution: '512' } } : {}),
  session_id: 'chat-1',
  ...more,
})
const chat = (more: Partial<ImageAsk> = {}) => order(gemini, { path: 'chat', ...more })
const never = new AbortController().signal
const faultOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'made',
    (error: unknown) => (error instanceof Failure ? error.fault : error),
  )
const sources = [{ bytes: solidPng(30, 20, '#808080'), media_type: 'image/png' }]

describe('the dedicated endpoint', () => {
  test('makes a picture, says what it cost and under which number', async () => {
    const { driver, access, demo } = await room()
    const made = await driver.makeImages(access, order(), never)
    expect(made.images.map(({ bytes, media_type }) => [detect(bytes), media_type])).toEqual([
      ['image/png', 'image/png'],
    ])
    expect(made).toMatchObject({
      usage: { cost_usd: 0.039, completion_tokens: 4175 },
      generation_id: expect.stringMatching(/^gen-img-/) as string,
    })
    expect(demo.requests.map(({ path }) => path)).toEqual(['/v1/images'])
    expect(demo.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'x-openrouter-title': 'Kheish  Desktop',
    })
  })

  test('edits the first of the pictures that go along', async () => {
    const { driver, access, demo } = await room()
    const made = await driver.makeImages(
      access,
      order(gemini, { prompt: 'invert', references: sources, options: {} }),
      never,
    )
    expect(made.usage?.prompt_tokens).toBe(1 + 765)
    expect(demo.requests[0]?.body).toMatchObject({ input_references: [{ type: 'image_url' }] })
  })

  test('shows pictures on their way where the model can', async () => {
    const { driver, access } = await room()
    const shown: ImagePartial[] = []
    const hearing = { partial: (picture: ImagePartial) => void shown.push(picture) }
    const streamed = await driver.makeImages(access, order(gpt), never, hearing)
    expect(streamed.images).toHaveLength(1)
    expect(shown.map(({ index, media_type }) => [index, media_type])).toEqual(
      [0, 0, 0].map((index) => [index, 'image/png']),
    )
    expect(streamed).toMatchObject({ usage: { cost_usd: 0.042 } })
  })

  test('JSON in answer to a wish for a stream is taken', async () => {
    const { driver, access, demo } = await room([{ on: 'images', as_json: true }])
    const made = await driver.makeImages(access, order(gpt), never)
    expect(made.images).toHaveLength(1)
    expect(demo.requests[0]?.body).toMatchObject({ stream: true })
  })

  test('several come in one answer, in several at once, or in what it takes', async () => {
    const { driver, access, demo } = await room([{ on: 'images', pictures: 2 }])
    const bodies = () => demo.requests.map(({ body }) => (body as { n?: number }).n)
    const many = await driver.makeImages(access, order(recraft, { count: 4 }), never)
    expect([many.images.length, bodies()]).toEqual([4, [4, 2]])
    expect(many.usage?.cost_usd).toBeCloseTo(0.16)
    const single = await driver.makeImages(access, order(gemini, { count: 3 }), never)
    expect([single.images.length, bodies().slice(2)]).toEqual([3, [undefined, undefined, undefined]])
  })

  test('what was made before a failure is answered', async () => {
    const { driver, access } = await room([
      { on: 'images', pictures: 1 },
      { on: 'images', status: 429, body: { error: { code: 429, message: 'slow down' } } },
    ])
    const made = await driver.makeImages(access, order(recraft, { count: 3 }), never)
    expect(made).toMatchObject({ images: [{}], failure: { kind: 'rate_limited' } })
  })
})

describe('what can’t be read of an answer is left out', () => {
  const whole = solidPng(2, 2, '#ff0000').toString('base64')
  test.each([
    ['no type', { data: [{ b64_json: whole }] }, {}],
    ['a type that is no text', { data: [{ b64_json: whole, media_type: 7 }] }, {}],
    ['a data URL', { data: [{ b64_json: `data:image/png;base64,${whole}` }] }, { media_type: 'image/png' }],
    ['no cost', { created: 0, data: [{ b64_json: whole }], usage: { cost: null } }, {}],
    ['odd usage', { data: [null, 3, {}, { b64_json: whole }], usage: 'much' }, {}],
  ])('%s', async (_, body, more) => {
    const { driver, access } = await room([{ on: 'images', body }])
    const made = await driver.makeImages(access, order(), never)
    expect(made.images).toEqual([{ bytes: solidPng(2, 2, '#ff0000'), ...more }])
    expect(made.usage).toBeUndefined()
  })

  test.each([
    ['WebP', 'webp', 'image/webp'],
    ['AVIF', 'avif', 'image/avif'],
  ] as const)('%s is what it is, whatever is said of it', async (_, picture_format, found) => {
    const { driver, access } = await room([{ on: 'images', picture_format, media_type: null }])
    const [picture] = (await driver.makeImages(access, order(), never)).images
    expect([detect(picture?.bytes ?? Buffer.alloc(0)), picture?.media_type]).toEqual([found, undefined])
  })

  test('an event of 32 MB is read whole', async () => {
    const { driver, access } = await room([{ on: 'images', huge_event_bytes: 32_000_000, partials: 0 }])
    const made = await driver.makeImages(access, order(gpt), never)
    expect(made.images[0]?.bytes.length).toBe(32_000_000)
  })
})

describe('no picture in a success is a fault of its own', () => {
  test.each([
    ['an empty list', order(), { on: 'images', body: { data: [] } }, undefined],
    ['nothing at all', order(), { on: 'images', body: {} }, undefined],
    ['fewer than one', order(), { on: 'images', pictures: 0 }, undefined],
    ['words alone', chat(), { pictures: 0, text: 'I would rather not.' }, 'I would rather not.'],
    ['a stream of words', order(gpt), { on: 'images', pictures: 0, text: 'No.' }, 'No.'],
  ] as const)('%s', async (_, ask, behaviour, said) => {
    const { driver, access } = await room([behaviour])
    const fault = await faultOf(driver.makeImages(access, ask, never))
    expect(fault).toMatchObject({ code: 'provider_error', kind: 'no_image', retryable: false })
    expect((fault as { said?: string }).said).toBe(said)
  })
})

describe('trouble', () => {
  const png = solidPng(2, 2, '#ff0000').toString('base64')
  const refusal = (code: number, error_type?: string) => ({
    status: code,
    body: { error: { code, message: 'No', metadata: { error_type } } },
  })
  const cases: readonly (readonly [string, ImageAsk, Behaviour, object])[] = [
    ['a policy', order(), refusal(400, 'content_policy_violation'), { kind: 'policy', retryable: false }],
    ['403', order(), refusal(403), { kind: 'forbidden', http_status: 403 }],
    [
      'no endpoint for pictures',
      order(),
      { status: 404, body: '<html>Not Found</html>' },
      { kind: 'no_endpoint', http_status: 404 },
    ],
    ['429', order(), refusal(429), { kind: 'rate_limited', retryable: true }],
    [
      'an error in a success',
      order(),
      { body: { error: { code: 502, message: 'Died' } } },
      { kind: 'provider_down' },
    ],
    [
      'an error in a choice',
      chat(),
      {
        on: 'chat',
        body: { choices: [{ error: { code: 400, message: 'x', metadata: { error_type: 'refusal' } } }] },
      },
      { kind: 'policy' },
    ],
    ['a page', order(), { status: 200, body: '<html></html>' }, { kind: 'malformed' }],
    [
      'broken JSON',
      order(),
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"data":[{"b64' },
      { kind: 'malformed' },
    ],
    ['what is no base64', order(), { body: { data: [{ b64_json: 'sorry, no!' }] } }, { kind: 'malformed' }],
    ['an error event', order(gpt), { after_chunks: 2, error: 'string_code' }, { kind: 'provider_down' }],
    ['previews alone', order(gpt), { after_chunks: 3 }, { kind: 'cut_short', retryable: false }],
    [
      'a reset in mid-stream',
      order(gpt),
      { after_chunks: 2, ending: 'reset' },
      { kind: 'cut_short', retryable: false },
    ],
    ['a reset before the answer', order(), { instead: 'reset' }, { kind: 'unreachable', retryable: false }],
  ]
  test.each(cases)('%s', async (_, ask, behaviour, expected) => {
    const { driver, access, demo } = await room([{ on: 'images', ...behaviour }])
    expect(await faultOf(driver.makeImages(access, ask, never))).toMatchObject({
      code: 'provider_error',
      ...expected,
    })
    expect(demo.requests).toHaveLength(1)
  })

  test('a picture that was complete before the stream broke is not lost', async () => {
    const { driver, access } = await room([{ on: 'images', after_chunks: 5, ending: 'reset' }])
    expect((await driver.makeImages(access, order(gpt), never)).images).toHaveLength(1)
  })

  test('an explicit 502 is asked once more, and only once', async () => {
    const down: Behaviour = { on: 'images', status: 502, body: '<html>Bad gateway</html>' }
    const once = await room([down])
    expect((await once.driver.makeImages(once.access, order(), never)).images).toHaveLength(1)
    expect(once.demo.requests).toHaveLength(2)
    const twice = await room([down, down, down])
    expect(await faultOf(twice.driver.makeImages(twice.access, order(), never))).toMatchObject({
      kind: 'provider_down',
      http_status: 502,
    })
    expect(twice.demo.requests).toHaveLength(2)
  })

  test('silence has an end and is never asked again', async () => {
    for (const behaviour of [{ instead: 'hang' }, { after_chunks: 2, ending: 'stall' }] as const) {
      const { driver, access, demo } = await room([{ on: 'images', ...behaviour }], { images_ms: 80 })
      expect(await faultOf(driver.makeImages(access, order(gpt), never))).toMatchObject({
        kind: 'timeout',
        retryable: false,
      })
      expect(demo.requests).toHaveLength(1)
      await expect.poll(() => demo.requests[0]?.ended).toBe('aborted')
    }
  })

  test('what is too large is not sent, or not read', async () => {
    const small = await room([], { images_size: 100, image_chat_size: 1000 })
    expect(
      await faultOf(small.driver.makeImages(small.access, order(gemini, { references: sources }), never)),
    ).toMatchObject({ kind: 'too_large' })
    expect(small.demo.requests).toHaveLength(0)
    expect(await faultOf(small.driver.makeImages(small.access, chat(), never))).toMatchObject({
      kind: 'malformed',
    })
  })

  test('a size that the provider does not have is not sent', async () => {
    const { driver, access, demo } = await room()
    expect(await faultOf(driver.makeImages(access, order(gemini, { size: 'huge' }), never))).toMatchObject({
      kind: 'bad_request',
    })
    expect(demo.requests).toHaveLength(0)
  })

  test('no key and no picture is in what is said', async () => {
    const body = { error: { code: 400, message: `sk-or-v1-good does not like data:image/png;base64,${png}` } }
    const { driver, access } = await room([{ on: 'images', status: 400, body }])
    const said = JSON.stringify(await faultOf(driver.makeImages(access, order(), never)))
    expect(said).not.toContain('sk-or-v1-good')
    expect(said).not.toContain(png)
  })
})

describe('stopping', () => {
  const moments: readonly (readonly [string, ImageAsk, Behaviour, number])[] = [
    ['before the headers', order(), { instead: 'hang' }, 40],
    ['in mid-stream', order(gpt), { after_chunks: 2, ending: 'stall' }, 60],
    ['among several', order(gemini, { count: 3 }), { instead: 'hang', times: 3 }, 40],
    ['in a chat', chat(), { on: 'chat', instead: 'hang' }, 40],
  ]
  test.each(moments)('%s closes the socket', async (_, ask, behaviour, after) => {
    const { driver, access, demo } = await room([{ on: 'images', ...behaviour }])
    const stop = new AbortController()
    const work = faultOf(driver.makeImages(access, ask, stop.signal))
    await expect.poll(() => demo.requests.length).toBe(ask.count)
    setTimeout(() => stop.abort(), after)
    expect(await work).toMatchObject({ code: 'interrupted' })
    await expect.poll(() => demo.requests.every(({ ended }) => ended === 'aborted')).toBe(true)
  })

  test('before anything is sent sends nothing', async () => {
    const { driver, access, demo } = await room()
    expect(await faultOf(driver.makeImages(access, order(), AbortSignal.abort()))).toMatchObject({
      code: 'interrupted',
    })
    expect(demo.requests).toHaveLength(0)
  })
})

describe('through chat', () => {
  test('until there are enough; its words come along', async () => {
    const { driver, access, demo } = await room()
    const made = await driver.makeImages(access, chat({ count: 2 }), never)
    expect(made.images.map(({ bytes }) => detect(bytes))).toEqual(['image/png', 'image/png'])
    expect(made).toMatchObject({
      text: 'Here is “a red circle on blue”.\nHere is “a red circle on blue”.',
      served_model: gemini.id,
      served_provider: 'Google',
      usage: { cost_usd: 0.078 },
    })
    expect(demo.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/chat/completions'])
    expect(demo.requests[0]?.body).toMatchObject({ image_config: { image_size: '0.5K' }, stream: false })
  })

  test.each(['object', 'untyped', 'string', 'base64'] as const)('a picture as %s', async (picture_form) => {
    const { driver, access } = await room([{ picture_form }])
    const [picture] = (await driver.makeImages(access, chat(), never)).images
    expect(detect(picture?.bytes ?? Buffer.alloc(0))).toBe('image/png')
  })

  test('pictures beyond the count are dropped; those among the content are found', async () => {
    const url = `data:image/png;base64,${solidPng(1, 1, '#00ff00').toString('base64')}`
    const content = [
      { type: 'text', text: 'Two:' },
      { type: 'image_url', image_url: { url } },
    ]
    const body = {
      id: 'gen-7',
      choices: [{ message: { content, images: [url, { image_url: url }, { url }] } }],
    }
    const { driver, access } = await room([{ body }, { body }])
    const one = await driver.makeImages(access, chat(), never)
    expect([one.images.length, one.text, one.generation_id]).toEqual([1, 'Two:', 'gen-7'])
  })

  describe('that lies elsewhere', () => {
    /** A site on this computer that counts as public under its name; everything else is judged as ever. */
    async function site(status: number, headers: Record<string, string>, body: Buffer) {
      const seen: string[] = []
      const server = createServer((request, response) => {
        seen.push(JSON.stringify(request.headers))
        response.writeHead(status, headers).end(body)
      })
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
      const { port } = server.address() as AddressInfo
      const pages = createPublicFetch({
        resolve: async () => [{ address: '127.0.0.1', family: 4 }],
        isPublic: (address) => address === '127.0.0.1',
      })
      return { url: `http://pictures.example:${port}/a.png`, pages, seen, close: () => server.close() }
    }
    const png = solidPng(3, 3, '#0000ff')
    const fetched = async (
      status: number,
      headers: Record<string, string>,
      body: Buffer,
      change: (url: string) => string = (url) => url,
    ) => {
      const there = await site(status, headers, body)
      const { access, clock } = await room([{ picture_url: change(there.url) }])
      const driver = createOpenRouterDriver({ clock, appUrl: '', appTitle: '', pages: there.pages })
      const made = await faultOf(
        driver.makeImages(access, chat(), never).then((whole) => Promise.reject(whole.images)),
      )
      there.close()
      return { made, seen: there.seen }
    }

    test('is fetched without the key', async () => {
      const { made, seen } = await fetched(200, { 'content-type': 'image/png' }, png)
      expect(made).toEqual([{ bytes: png, media_type: 'image/png' }])
      expect(seen.join()).not.toMatch(/sk-or|authorization|cookie/i)
    })

    const type = { 'content-type': 'image/png' }
    test.each<[string, number, Record<string, string>, Buffer, (url: string) => string]>([
      ['another type', 200, { 'content-type': 'text/html' }, png, (url) => url],
      ['no success', 404, type, png, (url) => url],
      ['nothing', 200, type, Buffer.alloc(0), (url) => url],
      ['too much', 200, type, Buffer.alloc(16 * 1024 * 1024 + 1), (url) => url],
      ['a redirect inside', 302, { location: 'http://10.0.0.1/' }, png, (url) => url],
      ['credentials', 200, type, png, (url) => url.replace('//', '//me:secret@')],
      ['a private address', 200, type, png, (url) => url.replace('pictures.example', '192.168.0.1')],
    ])('but not %s', async (_, status, headers, body, change) => {
      const { made } = await fetched(status, headers, body, change)
      expect(made).toMatchObject({ code: 'provider_error', kind: 'malformed', retryable: false })
      expect(JSON.stringify(made)).not.toContain('secret')
    })

    test('is refused where nothing is fetched', async () => {
      const { driver, access } = await room([{ picture_url: 'https://pictures.example/a.png' }])
      expect(await faultOf(driver.makeImages(access, chat(), never))).toMatchObject({ kind: 'malformed' })
    })
  })
})

test('what evidence may keep has neither words nor bytes', async () => {
  const { driver, access } = await room()
  const heard: ImageSummary[] = []
  const hearing = { summary: (summary: ImageSummary) => void heard.push(summary) }
  await driver.makeImages(access, order(gemini, { references: sources }), never, hearing)
  await driver.makeImages(access, chat(), never, hearing)
  expect(heard).toEqual([
    {
      is: 'request',
      model: gemini.id,
      path: 'images',
      modalities: ['image'],
      config: { resolution: '512' },
      prompt_length: 20,
      image_count: 1,
    },
    { is: 'response', model: gemini.id, choice_count: 1, image_count: 1, text_length: 0 },
    {
      is: 'request',
      model: gemini.id,
      path: 'chat',
      modalities: ['image', 'text'],
      config: { image_size: '0.5K' },
      prompt_length: 20,
      image_count: 0,
    },
    { is: 'response', model: gemini.id, choice_count: 1, image_count: 1, text_length: 31 },
  ])
  expect(JSON.stringify(heard)).not.toContain('circle')
})

test('words and errors are free of every secret that was held', async () => {
  const { driver, access } = await room([
    { text: 'the word is hunter2' },
    { on: 'images', status: 400, body: { error: { code: 400, message: 'no hunter2 here' } } },
  ])
  const clean = cleanDriver(driver, (text) => text.replaceAll('hunter2', '[secret]'))
  expect((await clean.makeImages(access, chat(), never)).text).toBe('the word is [secret]')
  expect(await faultOf(clean.makeImages(access, order(), never))).toMatchObject({ said: 'no [secret] here' })
})
