import type { ModelView } from '@contract/models'
import { expect, test } from 'vitest'
import { exactModels, filterModels, indexModels, looksLikeSelector } from './model-index'
import { modelRows, withRecent, type ModelRow } from './model-rows'
import { traitsOf } from './model-traits'

const model = (id: string, name = id, more: Partial<ModelView> = {}): ModelView => ({
  id,
  name,
  input_modalities: ['text'],
  output_modalities: ['text'],
  supports: [],
  is_free: false,
  ...more,
})
const index = indexModels([
  {
    provider: 'openrouter',
    models: [
      model('anthropic/claude-sonnet-4', 'Anthropic: Claude Sonnet 4'),
      model('anthropic/claude-sonnet-4.5', 'Anthropic: Claude Sonnet 4.5'),
      model('openai/gpt-5', 'OpenAI: GPT-5'),
    ],
  },
  { provider: 'work', models: [model('openai/gpt-5', 'OpenAI: GPT-5')] },
])
const plain = { query: '', favourites: [], recents: [] }
const said = (rows: readonly ModelRow[]): string[] =>
  rows.map((row) =>
    row.kind === 'heading'
      ? `# ${typeof row.group === 'string' ? row.group : row.group.provider}`
      : `${row.choice.provider}/${row.choice.model}`,
  )

test('without a query: favourites, recents, then every route', () => {
  const rows = modelRows(index, {
    ...plain,
    favourites: ['work/openai/gpt-5', 'gone/x/y'],
    recents: ['openrouter/somebody/unlisted'],
  })
  expect(said(rows)).toEqual([
    '# favourites',
    'work/openai/gpt-5',
    '# recents',
    'openrouter/somebody/unlisted',
    '# openrouter',
    'openrouter/anthropic/claude-sonnet-4',
    'openrouter/anthropic/claude-sonnet-4.5',
    'openrouter/openai/gpt-5',
    '# work',
    'work/openai/gpt-5',
  ])
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
})

test('every word of the query counts, wherever it stands', () => {
  const models = index.routes[0]?.models ?? []
  expect(filterModels(models, 'SONNET anth').map(({ view }) => view.id)).toHaveLength(2)
  expect(filterModels(models, 'openrouter/openai').map(({ view }) => view.id)).toEqual(['openai/gpt-5'])
  expect(filterModels(models, 'sonnet gpt')).toEqual([])
})

test('a full match comes first, though a longer id has it as its beginning', () => {
  const rows = modelRows(index, { ...plain, query: ' openrouter/anthropic/claude-sonnet-4 ' })
  expect(said(rows).slice(0, 2)).toEqual(['# exact', 'openrouter/anthropic/claude-sonnet-4'])
  expect(exactModels(index, 'OpenAI/GPT-5').map(({ selector }) => selector)).toEqual([
    'openrouter/openai/gpt-5',
    'work/openai/gpt-5',
  ])
})

test('a selector that nobody lists can be used as typed, after what is listed', () => {
  const typed = { provider: 'openrouter', model: 'anthropic/claude' }
  const rows = modelRows(index, { ...plain, query: 'anthropic/claude', typed })
  expect(said(rows).slice(-2)).toEqual(['# typed', 'openrouter/anthropic/claude'])
  const listed = { provider: 'work', model: 'openai/gpt-5' }
  expect(said(modelRows(index, { ...plain, query: 'work/openai/gpt-5', typed: listed }))).not.toContain(
    '# typed',
  )
})

test('what looks like a selector', () => {
  expect(looksLikeSelector('openrouter/anthropic/claude-sonnet-4')).toBe(true)
  expect(looksLikeSelector('claude')).toBe(false)
  expect(looksLikeSelector('a/b c')).toBe(false)
  expect(looksLikeSelector('/b')).toBe(false)
})

test('recents: newest first, each once, twenty at most', () => {
  const many = Array.from({ length: 20 }, (_, at) => `r/m${at}`)
  expect(withRecent(many, 'r/m7').slice(0, 3)).toEqual(['r/m7', 'r/m0', 'r/m1'])
  expect(withRecent(many, 'r/new')).toHaveLength(20)
})

test('traits tolerate values that nobody knows yet', () => {
  const odd = model('x/y', 'Y', {
    input_modalities: ['text', 'image', 'smell'],
    output_modalities: ['audio', 'image'],
    supports: ['tools', 'telepathy', 'include_reasoning'],
  })
  expect(traitsOf(odd)).toEqual(['sees', 'draws', 'speaks', 'tools', 'thinks'])
})

test('420 models are filtered well inside a frame', () => {
  const big = indexModels([
    { provider: 'r', models: Array.from({ length: 420 }, (_, at) => model(`maker${at % 40}/model-${at}`)) },
  ])
  const started = performance.now()
  for (let turn = 0; turn < 10; turn += 1) modelRows(big, { ...plain, query: `model ${turn}` })
  expect((performance.now() - started) / 10).toBeLessThan(16)
})

test('models that make pictures stand apart, with and without a query', () => {
  const draws = { ...model('maker/brush'), output_modalities: ['image'] }
  const mixed = indexModels([{ provider: 'r', models: [draws, model('maker/pen')] }])
  const shown = (query: string) =>
    modelRows(mixed, { query, favourites: [], recents: [] }).map((row) =>
      row.kind === 'heading' ? row.group : row.choice.model,
    )
  const apart = [{ provider: 'r' }, 'maker/pen', { provider: 'r', draws: true }, 'maker/brush']
  expect(shown('')).toEqual(apart)
  expect(shown('maker')).toEqual(apart)
})
