import type { ModelView } from '@contract/models'
import { describe, expect, it } from 'vitest'
import { indexModels } from './model-index'
import { nearestSeeing, sees } from './nearest-seeing'

const model = (id: string, inputs: string, usd?: number, outputs = 'text'): ModelView => ({
  id,
  name: id,
  input_modalities: inputs.split(' '),
  output_modalities: outputs.split(' '),
  supports: [],
  is_free: false,
  ...(usd === undefined ? {} : { prompt_usd_per_million: usd, completion_usd_per_million: usd }),
})
const route = (route_id: string, own = '', multimodal_input = true) => ({
  route_id,
  model: own,
  capabilities: { multimodal_input },
})
const index = indexModels([
  {
    provider: 'main',
    models: [
      model('a/small-1-text', 'text', 1),
      model('a/small-1-vision', 'text image', 2),
      model('a/large-1', 'text image', 1),
      model('a/draws', 'text image', 0, 'image'),
      model('b/blind', 'text', 1),
      model('c/eye', 'text image'),
      model('d/eye', 'text image', 3),
    ],
  },
  { provider: 'other', models: [model('e/eye', 'image text', 9)] },
])

describe('models that see', () => {
  it.each([
    ['main', 'a/small-1-text', false],
    ['main', 'a/large-1', true],
    ['main', 'nobody/knows', true],
    ['shut', 'a/large-1', false],
  ])('%s/%s', (provider, id, expected) => {
    expect(sees({ provider, model: id }, [route('main'), route('shut', '', false)], index)).toBe(expected)
  })

  it.each([
    ['a/small-1-text', 'main', 'main/a/small-1-vision'],
    ['a/large-2', 'main', 'main/a/large-1'],
    ['b/blind', 'main', 'main/a/large-1'],
    ['b/blind', 'shut', 'other/e/eye'],
  ])('nearest to %s on %s is %s', (id, provider, expected) => {
    const nearest = nearestSeeing(
      { provider, model: id },
      [route('other'), route('shut', '', false), route('main')],
      index,
    )
    expect(nearest && `${nearest.provider}/${nearest.model}`).toBe(expected)
  })

  it('takes the route’s own model where the maker has none, and knows when there is none', () => {
    expect(
      nearestSeeing({ provider: 'main', model: 'b/blind' }, [route('main', 'c/eye')], index)?.model,
    ).toBe('c/eye')
    expect(
      nearestSeeing({ provider: 'main', model: 'b/blind' }, [route('main', '', false)], index),
    ).toBeNull()
  })
})
