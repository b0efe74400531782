import { test as property } from '@fast-check/vitest'
import type { RequestSettings } from './request-settings'
import { RequestSettings as Schema } from './request-settings'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeSettings, noLessPrivate } from './merge-settings'

test.each<[what: string, layers: RequestSettings[], merged: RequestSettings]>([
  ['nothing said', [{}, {}], {}],
  ['empty groups say nothing', [{ generation: {}, provider_preferences: { max_price: {} } }], {}],
  [
    'generation, field by field',
    [{ generation: { temperature: 1, max_tokens: 9 } }, { generation: { temperature: 0 } }],
    { generation: { temperature: 0, max_tokens: 9 } },
  ],
  [
    'a field that is undefined says nothing',
    [{ generation: { temperature: 1 } }, { generation: { temperature: undefined } }],
    { generation: { temperature: 1 } },
  ],
  [
    'a list is one field',
    [{ provider_preferences: { only: ['a', 'b'], order: ['a'] } }, { provider_preferences: { only: ['c'] } }],
    { provider_preferences: { only: ['c'], order: ['a'] } },
  ],
  [
    'prices, each on its own',
    [
      { provider_preferences: { max_price: { prompt: 1, completion: 2 } } },
      { provider_preferences: { max_price: { completion: 3 } } },
    ],
    { provider_preferences: { max_price: { prompt: 1, completion: 3 } } },
  ],
  [
    'no fallback is a wish too',
    [{ fallback_models: ['a/b'] }, { fallback_models: [] }],
    { fallback_models: [] },
  ],
  [
    'privacy stays',
    [
      { provider_preferences: { zdr: true, data_collection: 'deny' } },
      { provider_preferences: { zdr: false, data_collection: 'allow' } },
    ],
    { provider_preferences: { zdr: true, data_collection: 'deny' } },
  ],
  [
    'privacy comes',
    [
      { provider_preferences: { zdr: false, data_collection: 'allow' } },
      { provider_preferences: { zdr: true } },
    ],
    { provider_preferences: { zdr: true, data_collection: 'allow' } },
  ],
  [
    'other switches can be switched back',
    [
      { provider_preferences: { allow_fallbacks: false } },
      { provider_preferences: { allow_fallbacks: true } },
    ],
    { provider_preferences: { allow_fallbacks: true } },
  ],
])('%s', (_what, layers, merged) => {
  expect(mergeSettings(...layers)).toEqual(merged)
})

const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const slugs = option(
  fc.uniqueArray(fc.constantFrom('anthropic', 'azure', 'deepinfra/turbo'), { minLength: 1 }),
)
const price = option(fc.constantFrom(0, 0.5, 3))
const settings: fc.Arbitrary<RequestSettings> = fc
  .record({
    generation: option(
      fc.record({
        temperature: option(fc.constantFrom(0, 1, 2)),
        max_tokens: option(fc.constantFrom(1, 64)),
        reasoning_effort: option(fc.constantFrom('low', 'none')),
      }),
    ),
    provider_preferences: option(
      fc.record({
        only: slugs,
        order: slugs,
        ignore: slugs,
        allow_fallbacks: option(fc.boolean()),
        data_collection: option(fc.constantFrom('allow', 'deny')),
        zdr: option(fc.boolean()),
        sort: option(fc.constantFrom('price', 'latency')),
        max_price: option(fc.record({ prompt: price, completion: price, request: price, image: price })),
      }),
    ),
    fallback_models: option(fc.array(fc.constantFrom('a/b', 'c/d'), { maxLength: 3 })),
  })
  // As it comes over the wire: what is undefined is not there.
  .map((value) => Schema.parse(JSON.parse(JSON.stringify(value))))

const isPrivate = ({ provider_preferences: asked }: RequestSettings) => ({
  zdr: asked?.zdr === true,
  deny: asked?.data_collection === 'deny',
})

describe('merging', () => {
  property.prop([settings, settings, settings])('does not depend on where it is cut', (a, b, c) => {
    const whole = mergeSettings(a, b, c)
    expect(mergeSettings(mergeSettings(a, b), c)).toEqual(whole)
    expect(mergeSettings(a, mergeSettings(b, c))).toEqual(whole)
  })

  property.prop([settings])('with nothing, or with itself, changes nothing', (a) => {
    const once = mergeSettings(a)
    expect(mergeSettings({}, a)).toEqual(once)
    expect(mergeSettings(a, {})).toEqual(once)
    expect(mergeSettings(a, a)).toEqual(once)
    expect(mergeSettings(once)).toEqual(once)
  })

  property.prop([fc.array(settings, { maxLength: 4 })])('is as private as its strictest scope', (layers) => {
    const merged = isPrivate(mergeSettings(...layers))
    expect(merged.zdr).toBe(layers.some((layer) => isPrivate(layer).zdr))
    expect(merged.deny).toBe(layers.some((layer) => isPrivate(layer).deny))
  })

  property.prop([settings, settings])('answers what the contract takes', (a, b) => {
    expect(Schema.parse(mergeSettings(a, b))).toEqual(mergeSettings(a, b))
  })
})

property.prop([settings, settings])('what was pinned keeps everything but loose privacy', (pinned, now) => {
  const kept = mergeSettings(pinned)
  const again = noLessPrivate(kept, now)
  const loose = ({
    zdr: _zdr,
    data_collection: _collection,
    ...rest
  }: NonNullable<RequestSettings['provider_preferences']>) => rest
  expect(again.generation).toEqual(kept.generation)
  expect(again.fallback_models).toEqual(kept.fallback_models)
  expect(loose(again.provider_preferences ?? {})).toEqual(loose(kept.provider_preferences ?? {}))
  expect(isPrivate(again)).toEqual({
    zdr: isPrivate(kept).zdr || isPrivate(now).zdr,
    deny: isPrivate(kept).deny || isPrivate(now).deny,
  })
})
