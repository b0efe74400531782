import type { ModelView } from '@contract/models'
import { describe, expect, test } from 'vitest'
import { nearestSeeing, sees, type SeeingRoute } from '@contract/seeing'
import { blind } from './vision'

const model = (id: string, takes: string, price?: number, more: Partial<ModelView> = {}): ModelView => ({
  id,
  name: id,
  input_modalities: takes.split('+'),
  output_modalities: ['text'],
  supports: [],
  is_free: id.endsWith(':free'),
  ...(price === undefined ? {} : { prompt_usd_per_million: price, completion_usd_per_million: price }),
  ...more,
})
const route = (
  route_id: string,
  models: readonly ModelView[],
  more: Partial<SeeingRoute> = {},
): SeeingRoute => ({
  route_id,
  model: 'acme/none',
  capabilities: { multimodal_input: true },
  models,
  ...more,
})
const blindRoute = { capabilities: { multimodal_input: false } }

test.each([
  ['a model that takes pictures', {}, 'text+image', true],
  ['a model that takes text only', {}, 'text', false],
  ['a model that hears but does not see', {}, 'text+audio', false],
  ['a model nobody knows', {}, undefined, true],
  ['a route without pictures', blindRoute, 'text+image', false],
  ['a route without pictures, a model nobody knows', blindRoute, undefined, false],
])('%s', (_what, more, takes, is) => {
  expect(sees(route('main', [], more), takes === undefined ? undefined : model('a/b', takes))).toBe(is)
})

describe('the nearest that sees', () => {
  const llama = [
    model('meta/llama-3.3-70b', 'text', 0.2, { context_length: 100_000 }),
    model('meta/llama-4-scout', 'text+image', 5),
    model('meta/llama-3.2-11b', 'text+image', 0.5),
    model('meta/llama-3.2-90b', 'text+image', 0.3),
    model('meta/llama-3.3-70b-vl:free', 'text+image', 0),
  ]
  const cheap = model('tiny/eye', 'text+image', 0.01, { context_length: 8_000 })
  const wide = model('wide/eye', 'text+image', 2, { context_length: 200_000 })
  const wider = model('wide/eye-xl', 'text+image', 3, { context_length: 1_000_000 })
  const draws = model('acme/paint', 'text+image', 0.01, { output_modalities: ['image'] })
  const unpriced = model('auto/eye', 'text+image', undefined, { context_length: 2_000_000 })
  const [asked] = llama

  test.each<[what: string, routes: readonly SeeingRoute[], nearest: string | undefined]>([
    ['most words of the name', [route('main', [...llama, cheap])], 'main/meta/llama-3.3-70b-vl:free'],
    ['then the nearest price', [route('main', [...llama.slice(0, 4), cheap])], 'main/meta/llama-3.2-90b'],
    [
      'the vendor before what is cheaper elsewhere',
      [route('main', [asked!, llama[1]!, cheap])],
      'main/meta/llama-4-scout',
    ],
    [
      'the route’s own model when the vendor has none',
      [route('main', [asked!, cheap, wider], { model: wider.id })],
      'main/wide/eye-xl',
    ],
    [
      'not the route’s own model when it is blind',
      [route('main', [asked!, wide], { model: asked!.id })],
      'main/wide/eye',
    ],
    ['the cheapest that reads as much', [route('main', [asked!, cheap, wide, wider])], 'main/wide/eye'],
    ['a shorter one where there is no other', [route('main', [asked!, cheap])], 'main/tiny/eye'],
    ['one with a price before one without', [route('main', [asked!, unpriced, wider])], 'main/wide/eye-xl'],
    ['nobody who only draws', [route('main', [asked!, draws])], undefined],
    [
      'another route when its own is blind, there the same model',
      [
        route('main', [asked!, wide], blindRoute),
        route('quiet', [cheap, { ...asked!, input_modalities: ['text', 'image'] }]),
      ],
      'quiet/meta/llama-3.3-70b',
    ],
    [
      'its own route before the default one',
      [route('first', [wide]), route('main', [asked!, cheap])],
      'main/tiny/eye',
    ],
    [
      'the default route before the others',
      [route('first', [wide]), route('main', [], blindRoute), route('b', [cheap])],
      'first/wide/eye',
    ],
    ['nobody where nothing is known', [route('main', [])], undefined],
  ])('%s', (_what, routes, nearest) => {
    const asked = { provider: 'main', model: 'meta/llama-3.3-70b' }
    const found = nearestSeeing(asked, routes)
    expect(found && `${found.provider}/${found.model}`).toBe(nearest)
    const turned = routes.map((each) => ({ ...each, models: each.models.toReversed() }))
    expect(nearestSeeing(asked, turned)).toEqual(found)
  })

  test('among equals the id decides', () => {
    const [b, a] = [model('x/b', 'text+image', 1), model('x/a', 'text+image', 1)]
    expect(nearestSeeing({ provider: 'main', model: 'meta/blind' }, [route('main', [b, a])])?.model).toBe(
      'x/a',
    )
  })

  test('who pays is not led to a free one, who does not is not led away from them', () => {
    const models = [
      model('x/free:free', 'text+image', 0),
      wide,
      model('a/paid', 'text', 1),
      model('a/gift:free', 'text', 0),
    ]
    const from = (id: string) =>
      nearestSeeing({ provider: 'main', model: id }, [route('main', models)])?.model
    expect([from('a/paid'), from('a/gift:free')]).toEqual(['wide/eye', 'x/free:free'])
  })
})

test('the refusal names the model and the nearest', () => {
  const nearest = { provider: 'main', model: 'a/eye' }
  expect(blind({ provider: 'main', model: 'a/blind' }, nearest)).toMatchObject({
    code: 'capability_unsupported',
    status: 400,
    capability: 'vision',
    model: 'a/blind',
    nearest,
  })
  expect(blind({ provider: 'main', model: 'a/blind' }, undefined)).not.toHaveProperty('nearest')
})
