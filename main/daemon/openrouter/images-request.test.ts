import { ChatRequest$outboundSchema, ImageGenerationRequest$outboundSchema } from '@openrouter/sdk/models'
import { describe, expect, test } from 'vitest'
import type { ImageDescriptor, ImageModelView } from '@contract/images'
import type { ModelView } from '@contract/models'
import type { ProviderPreferences } from '@contract/request-settings'
import type { ImageAsk } from '../ports/driver'
import { encodeImageChat } from './images-chat'
import { encodeImages, mostInOne } from './images-request'

const ask = (more: Partial<ImageAsk> = {}): ImageAsk => ({
  model: 'a/b',
  prompt: 'a boat',
  count: 1,
  references: [],
  path: 'images',
  session_id: 'chat-1',
  ...more,
})
const entry = (
  parameters: Readonly<Record<string, ImageDescriptor>>,
  more: Partial<ImageModelView> = {},
): ImageModelView => ({
  route_id: 'r',
  id: 'a/b',
  name: 'B',
  can_edit: true,
  can_stream: false,
  parameters,
  ...more,
})
const oneOf = (...values: string[]): ImageDescriptor => ({ type: 'enum', values })
const range = (min: number, max: number): ImageDescriptor => ({ type: 'range', min, max })
/** What is sent beside the words. */
const further = (more: Partial<ImageAsk>, count = 1) => {
  const {
    model: _,
    prompt: __,
    session_id: ___,
    ...rest
  } = encodeImages(ask(more), count) as Record<string, unknown>
  return rest
}

/** The SDK writes fields in camel case; the wire has them apart. */
function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      key === 'image_config' ? field : camel(field),
    ]),
  )
}

describe('sizes of the contract', () => {
  const pixels = entry({ size: oneOf('1024x1024', '1536x1024', '1024x1536', 'auto') })
  const tiers = entry({ aspect_ratio: oneOf('1:1', '3:2', '2:3', '16:9'), resolution: oneOf('1K', '2K') })
  const mixed = entry({ size: oneOf('1K', '2K', '4K'), aspect_ratio: oneOf('1:1', '9:16') })
  const nothing = entry({ seed: range(0, 9) })
  test.each([
    ['square', pixels, { size: '1024x1024' }],
    ['1024x1536', pixels, { size: '1024x1536' }],
    ['1792x1024', pixels, {}],
    ['1536x1024', tiers, { aspect_ratio: '3:2', resolution: '2K' }],
    ['square', tiers, { aspect_ratio: '1:1', resolution: '1K' }],
    ['1024x1792', tiers, { resolution: '2K' }],
    ['1024x1792', mixed, { aspect_ratio: '9:16', size: '2K' }],
    ['2K', mixed, { size: '2K' }],
    ['2K', tiers, { resolution: '2K' }],
    ['16:9', tiers, { aspect_ratio: '16:9' }],
    ['square', nothing, {}],
    ['1792x1024', undefined, { aspect_ratio: '16:9', resolution: '2K' }],
    ['640x480', undefined, { size: '640x480' }],
    ['1536x1024', entry({}), { aspect_ratio: '3:2', resolution: '2K' }],
    ['1536x1024', entry({ size: { type: 'boolean' } }), { size: '1536x1024' }],
  ] as const)('%s', (size, image_entry, expected) => {
    expect(further({ size, ...(image_entry ? { image_entry } : {}) })).toEqual(expected)
  })

  test('further wishes go before them, and pixels never beside a ratio', () => {
    const both = entry({
      size: oneOf('1024x1024'),
      aspect_ratio: oneOf('1:1', '16:9'),
      resolution: oneOf('1K'),
    })
    const asked = { size: 'square', image_entry: both }
    expect(further(asked)).toEqual({ size: '1024x1024' })
    expect(further({ ...asked, options: { aspect_ratio: '16:9' } })).toEqual({
      aspect_ratio: '16:9',
      resolution: '1K',
    })
  })
})

describe('options', () => {
  const options = { quality: 'high', background: 'transparent', output_format: 'png', seed: 7 }
  test('are sent where a descriptor allows them, and where nothing is known', () => {
    expect(further({ options })).toEqual(options)
    expect(
      further({ options, image_entry: entry({ quality: oneOf('low', 'high'), seed: range(0, 5) }) }),
    ).toEqual({
      quality: 'high',
    })
    expect(further({ options, image_entry: entry({ seed: { type: 'boolean' } }) })).toEqual({ seed: 7 })
  })

  test('only preferences that this endpoint knows', () => {
    const provider_preferences: ProviderPreferences = {
      only: ['x'],
      allow_fallbacks: false,
      zdr: true,
      data_collection: 'deny',
    }
    expect(further({ provider_preferences })).toEqual({ provider: { only: ['x'], allow_fallbacks: false } })
    expect(further({ provider_preferences: { zdr: true } })).toEqual({})
  })
})

test('how many pictures one request may ask for', () => {
  expect(mostInOne(ask())).toBe(10)
  expect(mostInOne(ask({ path: 'chat' }))).toBe(1)
  expect(mostInOne(ask({ image_entry: entry({ seed: range(0, 1) }) }))).toBe(1)
  expect(mostInOne(ask({ image_entry: entry({ n: range(1, 4) }) }))).toBe(4)
  expect(mostInOne(ask({ image_entry: entry({ n: oneOf('1', '2') }) }))).toBe(2)
  expect(mostInOne(ask({ image_entry: entry({ n: oneOf('many') }) }))).toBe(1)
  expect(mostInOne(ask({ image_entry: entry({ n: range(0, 0) }) }))).toBe(1)
})

test('a stream is asked for only where there is one, and never with several', () => {
  const image_entry = entry({}, { can_stream: true })
  expect(further({ image_entry })).toEqual({ stream: true })
  expect(further({ image_entry }, 2)).toEqual({ n: 2 })
  expect(further({})).toEqual({})
})

const references = [
  { bytes: Buffer.from('first'), media_type: 'image/png' },
  { bytes: new Uint8Array([1, 2, 3]).subarray(1), media_type: 'image/jpeg' },
]
const parts = [
  { type: 'image_url', image_url: { url: 'data:image/png;base64,Zmlyc3Q=' } },
  { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AgM=' } },
]

test('references are parts, the edited one first; the whole fits the published schema', () => {
  const body = encodeImages(ask({ references, size: 'square', options: { quality: 'high' } }), 2)
  expect(body).toMatchObject({ input_references: parts, n: 2, prompt: 'a boat', session_id: 'chat-1' })
  expect(ImageGenerationRequest$outboundSchema.parse(camel(body))).toEqual(body)
})

describe('through chat', () => {
  const model = (...output_modalities: string[]): ModelView => ({
    id: 'a/b',
    name: 'B',
    input_modalities: ['text', 'image'],
    output_modalities,
    supports: [],
    is_free: false,
  })
  test('modalities are the model’s own', () => {
    const asked = (gives?: readonly string[]) =>
      (encodeImageChat(ask(gives ? { entry: model(...gives) } : {})) as { modalities: unknown }).modalities
    expect(asked(['image'])).toEqual(['image'])
    expect(asked(['image', 'text'])).toEqual(['image', 'text'])
    expect(asked(['text', 'image'])).toEqual(['image', 'text'])
    expect(asked(['text'])).toEqual(['image', 'text'])
    expect(asked()).toEqual(['image', 'text'])
  })

  test('a size is ratio and tier under the name that is used here; the whole fits the published schema', () => {
    const body = encodeImageChat(ask({ references, size: '1792x1024' }))
    expect(body).toEqual({
      model: 'a/b',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'a boat' }, ...parts] }],
      modalities: ['image', 'text'],
      stream: false,
      image_config: { aspect_ratio: '16:9', image_size: '2K' },
      session_id: 'chat-1',
    })
    expect(ChatRequest$outboundSchema.parse(camel(body))).toMatchObject({ modalities: ['image', 'text'] })
    const options = { resolution: '512', quality: 'high', seed: 3 }
    expect(encodeImageChat(ask({ options }))).toMatchObject({ image_config: { image_size: '0.5K' } })
    expect(encodeImageChat(ask())).not.toHaveProperty('image_config')
    expect(encodeImageChat(ask())).not.toHaveProperty('tools')
  })
})
