import type { Upstream } from '@contract/models'
import type { ProviderPreferences } from '@contract/request-settings'
import { describe, expect, test } from 'vitest'
import type { Known, PinVerdict } from './check-pin'
import { checkPin, pinFault, pinnedProviders } from './check-pin'

const upstreams: readonly Upstream[] = [
  { slug: 'anthropic', name: 'Anthropic' },
  { slug: 'google-vertex', name: 'Google' },
  { slug: 'google-ai-studio', name: 'Google AI Studio' },
  { slug: 'amazon-bedrock', name: 'Amazon Bedrock' },
  { slug: 'deepinfra', name: 'DeepInfra' },
  { slug: 'z-ai', name: 'Z.AI' },
]
const catalogue: Readonly<Record<string, { canonical_slug?: string; prompt_usd_per_million?: number }>> = {
  'openai/gpt-5.4': { canonical_slug: 'openai/gpt-5.4-20260301', prompt_usd_per_million: 1 },
  'openai/gpt-5.4-mini': { canonical_slug: 'openai/gpt-5.4-mini-20260301', prompt_usd_per_million: 1 },
  'deepseek/deepseek-chat': { canonical_slug: 'deepseek/deepseek-chat-v3', prompt_usd_per_million: 1 },
  'deepseek/deepseek-chat-v3': { canonical_slug: 'deepseek/deepseek-chat-v3', prompt_usd_per_million: 1 },
  'anthropic/claude-opus-4.8': { prompt_usd_per_million: 1 },
  'house/blend': {},
}
const known: Known = { upstreams, find: (id) => catalogue[id] }

test.each<[prefs: ProviderPreferences | undefined, slugs: string[]]>([
  [undefined, []],
  [{}, []],
  [{ order: ['a', 'b'] }, []],
  [{ order: ['a', 'b'], allow_fallbacks: true }, []],
  [{ order: ['a', 'b'], allow_fallbacks: false }, ['a', 'b']],
  [{ only: ['a'] }, ['a']],
  [{ only: ['a'], order: ['b'] }, ['a']],
  [{ only: ['a', 'b'], order: ['b/x', 'c'], allow_fallbacks: false }, ['b/x']],
  [{ only: ['a'], order: ['c'], allow_fallbacks: false }, ['a']],
  [{ ignore: ['a'], zdr: true }, []],
])('%j may be served by %j', (prefs, slugs) => {
  expect(pinnedProviders(prefs)).toEqual(slugs)
})

describe('the provider', () => {
  test.each<[only: string[], served: string, verdict: PinVerdict]>([
    [['anthropic'], 'Anthropic', 'honoured'],
    [['anthropic'], 'anthropic', 'honoured'],
    [['google-vertex'], 'Google', 'honoured'],
    [['google-ai-studio'], 'Google AI Studio', 'honoured'],
    [['z-ai'], 'Z.AI', 'honoured'],
    [['anthropic', 'deepinfra'], 'DeepInfra', 'honoured'],
    [['google-vertex'], 'Google Vertex', 'honoured'],
    [['deepinfra/turbo'], 'DeepInfra', 'undecided'],
    [['deepinfra/turbo', 'deepinfra'], 'DeepInfra', 'honoured'],
    [['anthropic'], 'DeepInfra', 'not_honoured'],
    [['google-vertex'], 'Google AI Studio', 'not_honoured'],
    [['google-vertex/us-east5'], 'Amazon Bedrock', 'not_honoured'],
    [['anthropic', 'deepinfra'], 'Google', 'not_honoured'],
    [['anthropic'], 'A House Nobody Listed', 'undecided'],
    [['an-old-alias'], 'DeepInfra', 'undecided'],
    [['anthropic', 'an-old-alias'], 'DeepInfra', 'undecided'],
    [['brand-new'], 'Brand New', 'honoured'],
  ])('%j served by %s is %s', (only, served, verdict) => {
    const pinned = { model: 'a/b', provider_preferences: { only } }
    expect(checkPin(pinned, { served_provider: served }, known)).toBe(verdict)
  })

  test('without a list, likeness speaks for an upstream and never against it', () => {
    const bare: Known = { upstreams: [], find: () => undefined }
    const pinned = { model: 'a/b', provider_preferences: { only: ['anthropic', 'google-vertex'] } }
    const verdict = (served_provider: string) => checkPin(pinned, { served_provider }, bare)
    expect(['Anthropic', 'Google Vertex', 'Google', 'DeepInfra'].map(verdict)).toEqual([
      'honoured',
      'honoured',
      'undecided',
      'undecided',
    ])
  })

  test('nothing is said before it is named', () => {
    const pinned = { model: 'a/b', provider_preferences: { only: ['anthropic'] } }
    expect(checkPin(pinned, {}, known)).toBeUndefined()
    expect(checkPin(pinned, { served_model: 'a/b' }, known)).toBe('undecided')
    expect(checkPin({ model: 'a/b' }, { served_provider: 'Anyone' }, known)).toBeUndefined()
  })
})

describe('the model', () => {
  test.each<[asked: string, served: string, verdict: PinVerdict]>([
    ['openai/gpt-5.4-mini', 'openai/gpt-5.4-mini', 'honoured'],
    ['openai/gpt-5.4-mini', 'openai/gpt-5.4-mini-2026-03-01', 'honoured'],
    ['openai/gpt-5.4-mini', 'openai/gpt-5.4-mini-20260301', 'honoured'],
    ['openai/gpt-5.4-mini', 'OpenAI/GPT-5.4-mini', 'honoured'],
    ['openai/gpt-5.4-mini:nitro', 'openai/gpt-5.4-mini', 'honoured'],
    ['openai/gpt-5.4-mini', 'openai/gpt-5.4-mini:free', 'honoured'],
    ['x/y:free:online', 'x/y', 'honoured'],
    ['openai/gpt-5.4-mini', 'gpt-5.4-mini-2026-03-01', 'honoured'],
    ['deepseek/deepseek-chat', 'deepseek/deepseek-chat-v3', 'honoured'],
    ['openrouter/auto', 'anthropic/claude-opus-4.8', 'honoured'],
    ['openrouter/free', 'openai/gpt-5.4', 'honoured'],
    ['@preset/mine', 'openai/gpt-5.4', 'honoured'],
    ['~anthropic/claude-opus-latest', 'anthropic/claude-opus-4.8', 'honoured'],
    ['switchpoint/router', 'openai/gpt-5.4', 'honoured'],
    ['house/blend', 'openai/gpt-5.4', 'honoured'],
    ['openai/gpt-5.4-mini', 'openai/gpt-5.4', 'not_honoured'],
    ['openai/gpt-5.4', 'openai/gpt-5.4-mini', 'not_honoured'],
    ['openai/gpt-5.4:nitro', 'anthropic/claude-opus-4.8:free', 'not_honoured'],
    ['openai/gpt-5.4', 'meta/renamed-yesterday', 'undecided'],
    ['openai/gone-from-the-list', 'openai/gpt-5.4', 'undecided'],
  ])('%s served as %s is %s', (model, served_model, verdict) => {
    expect(checkPin({ model }, { served_model }, known)).toBe(verdict)
  })

  test('a fallback may serve as well', () => {
    const pinned = { model: 'openai/gpt-5.4', fallback_models: ['anthropic/claude-opus-4.8'] }
    expect(checkPin(pinned, { served_model: 'anthropic/claude-opus-4.8' }, known)).toBe('honoured')
    expect(checkPin(pinned, { served_model: 'openai/gpt-5.4-mini' }, known)).toBe('not_honoured')
  })
})

test('the worse of both verdicts counts, and the fault names what was asked and who served', () => {
  const pinned = { model: 'openai/gpt-5.4', provider_preferences: { only: ['anthropic'] } }
  const served = { served_model: 'openai/gpt-5.4', served_provider: 'DeepInfra' }
  expect(checkPin(pinned, served, known)).toBe('not_honoured')
  expect(pinFault(pinned, served, known)).toMatchObject({
    code: 'pin_not_honoured',
    pinned: 'provider',
    asked: ['anthropic'],
    served: 'DeepInfra',
  })
  const other = { served_model: 'openai/gpt-5.4-mini', served_provider: 'Anthropic' }
  expect(checkPin(pinned, other, known)).toBe('not_honoured')
  expect(pinFault(pinned, other, known)).toMatchObject({ pinned: 'model', asked: ['openai/gpt-5.4'] })
})
