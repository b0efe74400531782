import type { AssetId, SessionId } from '@contract/ids'
import { expect, test } from 'vitest'
import { readSettings, keepSettings } from './kept-settings'
import {
  defaultSettings,
  estimateUsd,
  groupModels,
  hindranceOf,
  modelInForce,
  mostReferences,
  optionsOf,
  orderOf,
} from './order'
import { model } from './sample-runs'

const one = model('one', { usd_per_image: 0.04 })
const two = model('two', {
  route_id: 'work',
  parameters: { seed: { type: 'range', min: 0, max: 9 }, n: { type: 'range', min: 1, max: 4 } },
})
const blind = model('blind', { can_edit: false })

test('only models that edit are offered, grouped by their routes', () => {
  expect(groupModels([blind, one, two, model('three')])).toEqual([
    { route_id: 'or', models: [one, model('three')] },
    { route_id: 'work', models: [two] },
  ])
})

test('the chosen model, else the daemon’s own, else the first', () => {
  const choice = { provider: 'work', model: 'two' }
  expect(modelInForce([blind, one, two], { choice }, null)).toBe(two)
  expect(modelInForce([blind, one], { choice }, { provider: 'or', model: 'blind' })).toBe(one)
  expect(modelInForce([one, two], { choice: null }, choice)).toBe(two)
  expect(modelInForce([blind], { choice }, null)).toBeUndefined()
})

const given = {
  session_id: 's' as SessionId,
  idempotency_key: 'k',
  instruction: '  brighter ',
  settings: { ...defaultSettings, size: 'square', count: 2, options: { seed: 3, quality: 'high' } },
  model: two,
  sources: ['a', 'r'] as unknown as AssetId[],
  region: null,
}

test('an order says what was chosen and leaves out what the model does not know', () => {
  expect(orderOf(given)).toEqual({
    session_id: 's',
    idempotency_key: 'k',
    prompt: 'brighter',
    count: 2,
    provider: 'work',
    model: 'two',
    source_asset_ids: ['a', 'r'],
    size: 'square',
    options: { seed: 3 },
  })
  expect(orderOf({ ...given, model: one })).not.toHaveProperty('options')
  expect(optionsOf(two)).toEqual(['seed'])
})

test('a region keeps the size of its source, and automatic says nothing', () => {
  const region = { mask_base64: 'x', feather_px: 4 }
  const order = orderOf({ ...given, region })
  expect(order).toMatchObject({ region })
  expect(order).not.toHaveProperty('size')
  expect(orderOf({ ...given, settings: defaultSettings })).not.toHaveProperty('size')
})

test('what is missing is said before anything is sent', () => {
  expect(hindranceOf('x', undefined, 0)).toBe('no_model')
  expect(hindranceOf(' \n', one, 0)).toBe('no_words')
  expect(hindranceOf('x'.repeat(8_001), one, 0)).toBe('too_long')
  expect(hindranceOf('x', one, 7)).toBe(null)
  expect(hindranceOf('x', model('few', { most_references: 2 }), 2)).toBe('too_many_references')
  expect([mostReferences(undefined), mostReferences(model('few', { most_references: 1 }))]).toEqual([7, 0])
  expect([estimateUsd(one, 3), estimateUsd(two, 3)]).toEqual([0.12, undefined])
})

test('model, number and size are remembered; what is damaged is as if nothing had been chosen', () => {
  const held = new Map<string, string>()
  const shelf = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  }
  expect(readSettings(shelf)).toEqual(defaultSettings)
  const settings = { ...defaultSettings, choice: { provider: 'or', model: 'one' }, count: 3, size: 'square' }
  keepSettings(shelf, settings)
  expect(readSettings(shelf)).toEqual(settings)
  for (const damaged of ['{', '[]', '7', '{"count":99,"size":"huge","choice":{"model":1}}']) {
    held.set('kheish.image-editor', damaged)
    expect(readSettings(shelf)).toEqual(defaultSettings)
  }
})
