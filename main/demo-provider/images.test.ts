import { loadImage, createCanvas } from '@napi-rs/canvas'
import { createParser } from 'eventsource-parser'
import { fetch } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startDemoProvider, type DemoProvider } from './index'
import { solidPng } from './solid-pictures.suite'

let demo: DemoProvider
beforeAll(async () => {
  demo = await startDemoProvider({ tokens_per_second: 1_000_000, generation_misses: 0 })
})
afterAll(() => demo.stop())
afterEach(() => demo.faults.clear())

const headers = { authorization: 'Bearer sk-or-v1-test', 'content-type': 'application/json' }
const post = (path: string, body: object) =>
  fetch(`${demo.prefix}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
interface Whole {
  readonly data: readonly { readonly b64_json: string; readonly media_type?: string }[]
  readonly usage: { readonly cost: number; readonly prompt_tokens: number }
}
const order = async (body: object): Promise<Whole> => {
  const response = await post('/images', {
    model: 'recraft/recraft-v4',
    prompt: 'a red circle on blue',
    ...body,
  })
  if (response.status !== 200) throw new Error(await response.text())
  return (await response.json()) as Whole
}
const firstOf = (whole: Whole) => Buffer.from(whole.data[0]?.b64_json ?? '', 'base64')
const url = (bytes: Uint8Array, type = 'png') =>
  `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`
const reference = (bytes: Uint8Array) => ({ type: 'image_url', image_url: { url: url(bytes) } })

/** Decodes a picture and reads pixels of it, by shares of its size. */
async function look(bytes: Uint8Array) {
  const image = await loadImage(bytes)
  const { width, height } = image
  const on = createCanvas(width, height).getContext('2d')
  on.drawImage(image, 0, 0)
  const at = (x: number, y: number) => [
    ...on.getImageData(Math.floor(x * (width - 1)), Math.floor(y * (height - 1)), 1, 1).data,
  ]
  return { width, height, at }
}
type Colour = readonly number[]
const strongest = ([r = 0, g = 0, b = 0]: Colour) => (r > g && r > b ? 'red' : g > b ? 'green' : 'blue')

describe('painting', () => {
  test('follows the words of the prompt, in both languages', async () => {
    for (const prompt of [
      'a red circle on blue',
      'ein roter Kreis auf blauem Hintergrund',
      'blue sky and a red ball',
    ]) {
      const picture = await look(firstOf(await order({ prompt })))
      expect([prompt, strongest(picture.at(0.5, 0.48)), strongest(picture.at(0.02, 0.2))]).toEqual([
        prompt,
        'red',
        'blue',
      ])
    }
    const green = await look(firstOf(await order({ prompt: 'a green square, white background' })))
    expect(strongest(green.at(0.5, 0.5))).toBe('green')
    expect(Math.min(...green.at(0.03, 0.3))).toBeGreaterThan(180)
  })

  test.each([
    ['recraft/recraft-v4', { size: '1536x1024' }, 1536, 1024],
    ['google/gemini-2.5-flash-image', { aspect_ratio: '16:9', resolution: '512' }, 512, 288],
    ['google/gemini-2.5-flash-image', { aspect_ratio: '3:4' }, 768, 1024],
    ['bytedance-seed/seedream-4.5', { size: '1K', aspect_ratio: '1:1' }, 1024, 1024],
    ['google/gemini-2.5-flash-image', {}, 1024, 1024],
  ])('%s as large as asked: %o', async (model, wish, width, height) => {
    expect(await look(firstOf(await order({ model, ...wish })))).toMatchObject({ width, height })
  })

  test('the same seed gives the same picture, another one another, and n of them differ', async () => {
    const at = (seed: number) =>
      order({ model: 'black-forest-labs/flux.2-pro', aspect_ratio: '1:1', seed }).then(firstOf)
    const [one, again, other] = await Promise.all([at(1), at(1), at(2)])
    expect(one.equals(again)).toBe(true)
    expect(one.equals(other)).toBe(false)
    const three = await order({ n: 3 })
    expect(new Set(three.data.map(({ b64_json }) => b64_json)).size).toBe(3)
    expect(three.usage.cost).toBeCloseTo(0.12)
  })

  test('in the format and on the background that were asked for', async () => {
    const see = async (model: string, wish: object) => {
      const whole = await order({ model, ...wish })
      return { type: whole.data[0]?.media_type, bytes: firstOf(whole) }
    }
    const jpeg = await see('openai/gpt-image-2', { output_format: 'jpeg' })
    expect([jpeg.type, jpeg.bytes.subarray(0, 3).toString('hex')]).toEqual(['image/jpeg', 'ffd8ff'])
    const webp = await see('openai/gpt-image-2', { output_format: 'webp' })
    expect([webp.type, webp.bytes.subarray(8, 12).toString()]).toEqual(['image/webp', 'WEBP'])
    const svg = await see('recraft/recraft-v4', { output_format: 'svg' })
    expect([svg.type, svg.bytes.toString().slice(0, 4)]).toEqual(['image/svg+xml', '<svg'])
    const clear = await see('openai/gpt-image-2', { background: 'transparent', output_format: 'png' })
    expect((await look(clear.bytes)).at(0.001, 0.001)[3]).toBeLessThan(60)
  })
})

describe('editing', () => {
  const grey = solidPng(120, 80, '#808080')
  const edit = async (prompt: string, source = grey) =>
    look(firstOf(await order({ prompt, input_references: [reference(source)] })))

  test('keeps the size and does what the instruction says', async () => {
    const blue = await edit('make the sky blue')
    expect(blue).toMatchObject({ width: 120, height: 80 })
    expect(strongest(blue.at(0.5, 0.05))).toBe('blue')
    expect(blue.at(0.5, 0.05)).not.toEqual(blue.at(0.5, 0.78))
    expect((await edit('brighter, please')).at(0.5, 0.3)[0]).toBe(188)
    expect((await edit('invert it', solidPng(50, 50, '#ff0010'))).at(0.5, 0.2).slice(0, 3)).toEqual([
      0, 255, 239,
    ])
    const [r, g, b] = (await edit('black and white', solidPng(50, 50, '#c04020'))).at(0.5, 0.2)
    expect([r, r]).toEqual([g, b])
    expect((await edit('surprise me', solidPng(50, 50, '#c04020'))).at(0.5, 0.2).slice(0, 3)).toEqual([
      32, 192, 64,
    ])
  })

  test('really looks at the first of the pictures', async () => {
    const two = [reference(solidPng(60, 40, '#ff0000')), reference(solidPng(10, 10, '#00ff00'))]
    const model = 'google/gemini-2.5-flash-image'
    const whole = await order({ model, prompt: 'blur', input_references: two })
    const picture = await look(firstOf(whole))
    expect([picture.width, picture.height, strongest(picture.at(0.5, 0.3))]).toEqual([60, 40, 'red'])
    expect(whole.usage.prompt_tokens).toBe(1 + 2 * 765)
  })
})

describe('what the provider refuses', () => {
  const refused = async (body: object, path = '/images') => {
    const response = await post(path, { model: 'google/gemini-2.5-flash-image', prompt: 'x', ...body })
    const { error } = (await response.json()) as { error: { metadata?: { error_type?: string } } }
    return [response.status, error.metadata?.error_type]
  }
  test.each([
    ['no prompt', { prompt: '' }, [400, 'invalid_request']],
    ['more than one where one is all', { n: 2 }, [400, 'invalid_request']],
    ['a field the model does not have', { quality: 'high' }, [400, 'invalid_request']],
    ['a value it does not have', { resolution: '4K' }, [400, 'invalid_request']],
    [
      'plain strings as references',
      { input_references: [url(solidPng(4, 4, '#ff0000'))] },
      [400, 'invalid_request'],
    ],
    [
      'too many',
      { input_references: Array(4).fill(reference(solidPng(4, 4, '#ff0000'))) },
      [400, 'invalid_request'],
    ],
    ['what is no picture', { input_references: [reference(Buffer.from('nothing'))] }, [400, 'invalid_image']],
    ['a model without pictures', { model: 'openai/gpt-4o' }, [400, 'not_found']],
    ['a forbidden prompt', { prompt: 'something forbidden' }, [400, 'content_policy_violation']],
    ['a provider that does not have it', { provider: { only: ['deepinfra'] } }, [404, 'not_found']],
  ])('%s', async (_, body, expected) => expect(await refused(body)).toEqual(expected))
})

describe('a stream', () => {
  const events = async (body: object = {}) => {
    const response = await post('/images', {
      model: 'openai/gpt-image-2',
      prompt: 'a cat',
      stream: true,
      ...body,
    })
    const out: { type?: string; b64_json?: string; error?: object }[] = []
    let isDone = false
    const parser = createParser({
      onEvent: ({ data }) =>
        void (data === '[DONE]' ? (isDone = true) : out.push(JSON.parse(data) as object)),
    })
    parser.feed(await response.text())
    return { out, isDone, kinds: out.map(({ type }) => type?.replace('image_generation.', '')) }
  }

  test('shows previews, larger ones later, and then the picture', async () => {
    const { out, isDone, kinds } = await events()
    expect(kinds).toEqual(['queued', 'partial_image', 'partial_image', 'partial_image', 'completed'])
    expect(isDone).toBe(true)
    const widths = await Promise.all(
      out.slice(1).map(async ({ b64_json = '' }) => (await look(Buffer.from(b64_json, 'base64'))).width),
    )
    expect(widths).toEqual([48, 96, 256, 1024])
  })

  test('breaks where the test wants it', async () => {
    demo.faults.add([
      { on: 'images', after_chunks: 2 },
      { on: 'images', after_chunks: 3, error: 'string_code' },
      { on: 'images', huge_event_bytes: 3_000_000, partials: 0 },
      { on: 'images', as_json: true },
    ])
    expect((await events()).kinds).toEqual(['queued', 'partial_image'])
    expect((await events()).kinds.at(-1)).toBe('error')
    const huge = (await events()).out.at(-1)?.b64_json ?? ''
    expect(Buffer.from(huge, 'base64').length).toBe(3_000_000)
    expect((await look(Buffer.from(huge, 'base64'))).width).toBe(1024)
    expect(
      (await post('/images', { model: 'openai/gpt-image-2', prompt: 'x', stream: true })).headers.get(
        'content-type',
      ),
    ).toBe('application/json')
  })
})

test('the bill can be looked up, and is part of what the key has spent', async () => {
  const response = await post('/images', { model: 'recraft/recraft-v4', prompt: 'x' })
  const id = response.headers.get('x-generation-id') ?? ''
  const { data } = (await (await fetch(`${demo.prefix}/generation?id=${id}`, { headers })).json()) as {
    data: { total_cost: number; provider_name: string }
  }
  expect(data).toMatchObject({ total_cost: 0.04, provider_name: 'Recraft' })
})

describe('through chat', () => {
  const chat = async (body: object) => {
    const response = await post('/chat/completions', {
      model: 'google/gemini-2.5-flash-image',
      modalities: ['image', 'text'],
      messages: [{ role: 'user', content: 'a red circle on blue' }],
      ...body,
    })
    return { status: response.status, body: (await response.json()) as ChatAnswer }
  }
  interface ChatAnswer {
    readonly choices: readonly {
      readonly message: {
        readonly content: string | null
        readonly images?: readonly { readonly image_url: { readonly url: string } }[]
      }
    }[]
    readonly error?: { readonly message: string }
  }
  const pictureOf = (answer: ChatAnswer) =>
    look(Buffer.from(answer.choices[0]?.message.images?.[0]?.image_url.url.split(',')[1] ?? '', 'base64'))

  test('a picture with words, or without where the model has none', async () => {
    const both = await chat({ image_config: { aspect_ratio: '16:9', image_size: '0.5K' } })
    expect(await pictureOf(both.body)).toMatchObject({ width: 512, height: 288 })
    expect(both.body.choices[0]?.message.content).toContain('a red circle')
    const only = await chat({ model: 'black-forest-labs/flux.2-pro', modalities: ['image'] })
    expect(only.body.choices[0]?.message.content).toBeNull()
    expect(strongest((await pictureOf(only.body)).at(0.5, 0.48))).toBe('red')
  })

  test('wrong modalities and tools find no endpoint; without modalities it talks', async () => {
    const wrong = await chat({ model: 'black-forest-labs/flux.2-pro' })
    expect([wrong.status, wrong.body.error?.message]).toEqual([
      404,
      'No endpoints found that support the requested output modalities: image, text',
    ])
    expect((await chat({ model: 'openai/gpt-4o' })).status).toBe(404)
    expect((await chat({ tools: [{ type: 'function', function: { name: 'x' } }] })).status).toBe(404)
    expect((await chat({ modalities: undefined })).body.choices[0]?.message.images).toBeUndefined()
  })
})
