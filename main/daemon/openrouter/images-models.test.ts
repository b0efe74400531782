import { afterEach, describe, expect, test } from 'vitest'
import { Failure } from '../core/failure'
import { pricePerImage } from './images-price'
import { open } from './open-room.suite'

const rooms: Awaited<ReturnType<typeof open>>[] = []
async function room(...args: Parameters<typeof open>) {
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
const never = new AbortController().signal

test('every image model with what it takes, what it can and what a picture costs', async () => {
  const { driver, access, demo } = await room()
  const models = (await driver.listImageModels(access, never)) ?? []
  expect(models.length).toBeGreaterThan(20)
  const of = (id: string) => models.find((model) => model.id === id)
  expect(of('google/gemini-2.5-flash-image')).toEqual({
    route_id: 'openrouter',
    id: 'google/gemini-2.5-flash-image',
    name: 'Google: Gemini 2.5 Flash Image',
    can_edit: true,
    can_stream: false,
    parameters: {
      aspect_ratio: { type: 'enum', values: expect.arrayContaining(['1:1', '16:9']) as string[] },
      resolution: { type: 'enum', values: ['512', '1K', '2K'] },
      input_references: { type: 'range', min: 0, max: 3 },
    },
    usd_per_image: 0.039,
    most_references: 3,
  })
  expect(of('openai/gpt-image-2')).toMatchObject({ can_stream: true, usd_per_image: 0.011 })
  expect(of('openai/gpt-5-image-mini')).not.toHaveProperty('usd_per_image')
  expect(of('microsoft/mai-image-2.5')).toMatchObject({ can_edit: false })
  expect(demo.requests).toHaveLength(1 + models.length)
})

test('at most six questions are under way, and each is asked with the key', async () => {
  const { driver, access, demo } = await room([
    { on: 'image_models' },
    { on: 'image_models', delay_ms: 30, times: 100 },
  ])
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, demo.requests.filter(({ ended }) => ended === 'open').length)
  }, 2)
  await driver.listImageModels(access, never)
  clearInterval(look)
  expect(most).toBeGreaterThan(2)
  expect(most).toBeLessThanOrEqual(6)
  expect(demo.requests.every(({ headers }) => headers['authorization']?.startsWith('sha256:'))).toBe(true)
})

test('a page of offers that fails costs its model the price, not the list', async () => {
  const { driver, access } = await room([
    { on: 'image_models' },
    { on: 'image_models', status: 500, body: 'oh' },
    { on: 'image_models', body: { endpoints: 'none' } },
    { on: 'image_models', instead: 'reset' },
  ])
  const models = (await driver.listImageModels(access, never)) ?? []
  expect(models.length).toBeGreaterThan(20)
  const priced = models.filter((model) => model.usd_per_image !== undefined)
  expect(priced.length).toBeGreaterThan(10)
})

test('no such list, a list of another form, a stop', async () => {
  const none = await room([{ on: 'image_models', status: 404, body: { error: { code: 404, message: 'x' } } }])
  expect(await none.driver.listImageModels(none.access, never)).toBeUndefined()
  const odd = await room([{ on: 'image_models', body: { models: [] } }])
  await expect(odd.driver.listImageModels(odd.access, never)).rejects.toMatchObject({
    fault: { kind: 'malformed' },
  })
  const hung = await room([{ on: 'image_models' }, { on: 'image_models', instead: 'hang', times: 6 }])
  const stop = new AbortController()
  const work = hung.driver.listImageModels(hung.access, stop.signal).catch((error: unknown) => error)
  await expect.poll(() => hung.demo.requests.length).toBe(7)
  stop.abort()
  const error = await work
  expect(error instanceof Failure && error.fault.code).toBe('interrupted')
})

test('entries are read for what can be read of them', async () => {
  const data = [
    null,
    { id: 'no-slash' },
    {
      id: 'a/b',
      supported_parameters: { seed: { type: 'range', min: 0, max: 1 }, odd: { type: 'dream' }, n: 3 },
    },
    { id: 'a/b', name: 'again', supported_parameters: { n: { type: 'enum', values: [1, 2] } } },
    { id: 'a/c', architecture: { output_modalities: ['text'] } },
    { id: 'a/d', supports_streaming: 'yes', supported_parameters: [], architecture: 'none' },
  ]
  const { driver, access } = await room([{ on: 'image_models', body: { data } }])
  const plain = { route_id: 'openrouter', can_edit: false, can_stream: false }
  expect(await driver.listImageModels(access, never)).toEqual([
    { ...plain, id: 'a/b', name: 'again', parameters: { n: { type: 'enum', values: ['1', '2'] } } },
    { ...plain, id: 'a/d', name: 'a/d', parameters: {} },
  ])
})

describe('the price of a picture', () => {
  const line = (cost_usd: unknown, more: object = {}) => ({
    billable: 'output_image',
    unit: 'image',
    cost_usd,
    ...more,
  })
  const offers = (...endpoints: object[][]) => ({ endpoints: endpoints.map((pricing) => ({ pricing })) })
  test.each([
    ['the lowest offer', offers([line(0.05)], [line(0.04)]), 0.04],
    ['as a string', offers([line('0.04')]), 0.04],
    ['the plain line before variants', offers([line(0.2, { variant: 'low' }), line(0.3)]), 0.3],
    ['the lowest variant', offers([line(0.2, { variant: 'high' }), line(0.1, { variant: 'low' })]), 0.1],
    ['within data', { data: offers([line(0.04)]) }, 0.04],
    ['free', offers([line(0)]), 0],
    ['by token', offers([line(0.00001, { unit: 'token' })]), undefined],
    ['by megapixel', offers([line(0.03, { unit: 'megapixel' })]), undefined],
    ['of what goes in', offers([line(0.03, { billable: 'input_image' })]), undefined],
    ['unknown', offers([line(-1), line('much'), line(null), line(Infinity)]), undefined],
    ['nothing', undefined, undefined],
    ['odd', { endpoints: [null, { pricing: 'free' }] }, undefined],
  ])('%s', (_, given, expected) => expect(pricePerImage(given)).toBe(expected))
})
