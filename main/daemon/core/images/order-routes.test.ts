import { expect, test } from 'vitest'
import type { KnownAbility } from './choose-model'
import { imageCandidates, type ImageRoute } from './order-routes'
import { chooseImageModel, defaultImageModel, makesPictures } from './choose-model'

const route = (
  route_id: string,
  has: 'both' | 'generate' | 'none' = 'both',
  model = 'openai/gpt-5.4-mini',
) => ({
  route_id,
  model,
  capabilities: { image_generation: has !== 'none', image_edit: has === 'both' },
})
const nothing = (): KnownAbility => ({})
const ids = (wish: Parameters<typeof imageCandidates>[0], routes: readonly ImageRoute[]) =>
  imageCandidates(wish, routes, nothing).map(({ route_id }) => route_id)

// Inventory order: the default route first, then by id.
const routes = [route('main'), route('a', 'generate'), route('b'), route('c', 'none')]

test.each([
  ['the first of the inventory, then by id', { operation: 'generate' }, ['main', 'a', 'b']],
  ['only those that edit', { operation: 'edit' }, ['main', 'b']],
  [
    'the run’s own first',
    { operation: 'generate', soft: { route_id: 'b', model: 'x/y' } },
    ['b', 'main', 'a'],
  ],
  [
    'not the run’s own without the backend',
    { operation: 'edit', soft: { route_id: 'a', model: 'x/y' } },
    ['main', 'b'],
  ],
  ['a named one alone', { operation: 'generate', provider: 'a', soft: { route_id: 'b', model: 'x' } }, ['a']],
  ['a blank name names nobody', { operation: 'edit', provider: ' ' }, ['main', 'b']],
] as const)('%s', (_what, wish, expected) => {
  expect(ids(wish, routes)).toEqual(expected)
})

test.each([
  ['a route that does not edit', { operation: 'edit', provider: 'a' }, routes, 'image_route_missing', 'a'],
  ['a route nobody knows', { operation: 'edit', provider: 'zz' }, routes, 'route_unknown', 'zz'],
  ['no route at all', { operation: 'generate' }, [route('c', 'none')], 'image_route_missing', 'No route'],
] as const)('%s is refused by name', (_what, wish, given, code, named) => {
  try {
    imageCandidates(wish, given, nothing)
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ fault: { code } })
    expect((error as Error).message).toContain(named)
  }
})

test.each([
  // named, own, chosen
  [undefined, ['openai/gpt-5.4-mini'], defaultImageModel],
  [undefined, ['anthropic/claude-sonnet-4'], defaultImageModel],
  [undefined, ['google/gemini-2.5-flash-image'], 'google/gemini-2.5-flash-image'],
  [undefined, ['x/chat', 'black-forest-labs/flux.2-pro'], 'black-forest-labs/flux.2-pro'],
  ['', ['google/gemini-2.5-flash-image'], defaultImageModel],
  ['  ', [], defaultImageModel],
  ['openai/gpt-5.4-mini', ['google/gemini-2.5-flash-image'], defaultImageModel],
  ['lab/anything', ['google/gemini-2.5-flash-image'], 'lab/anything'],
] as const)('named %j on a route of %j: %s', (named, own, chosen) => {
  expect(chooseImageModel(named, own, (model) => makesPictures(model, 'generate', {}))).toBe(chosen)
})

test.each([
  ['openai/gpt-image-2', 'generate', {}, true],
  ['openai/gpt-image-2', 'generate', { makes: false }, false],
  ['x/plain', 'generate', { makes: true }, true],
  ['x/plain', 'edit', { makes: true, edits: false }, false],
  ['x/plain', 'edit', { makes: true }, true],
  // The vendor's name is no promise.
  ['imagery-labs/chat-1', 'generate', {}, false],
] as const)('%s can %s when %j is known: %s', (model, operation, known, able) => {
  expect(makesPictures(model, operation, known)).toBe(able)
})
