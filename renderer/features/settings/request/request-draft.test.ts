import { RequestSettings } from '@contract/request-settings'
import { describe, expect, test } from 'vitest'
import { draftOf, settingsOf } from './request-draft'

const full: RequestSettings = {
  generation: { temperature: 0.7, max_tokens: 2_000, reasoning_effort: 'high' },
  provider_preferences: {
    only: ['anthropic', 'deepinfra/turbo'],
    order: ['anthropic'],
    ignore: ['azure'],
    allow_fallbacks: false,
    sort: 'price',
    max_price: { prompt: 3, completion: 15.5 },
    zdr: true,
    data_collection: 'deny',
  },
  fallback_models: ['openai/gpt-5.4-mini', 'x-ai/grok-4'],
}

describe('a form', () => {
  test('shows settings and says the same ones again', () => {
    expect(settingsOf(draftOf(full))).toEqual({ settings: full, problems: {} })
    expect(settingsOf(draftOf({}))).toEqual({ settings: {}, problems: {} })
  })
  test('says nothing that the daemon would refuse', () => {
    expect(RequestSettings.safeParse(settingsOf(draftOf(full)).settings).success).toBe(true)
  })
  test.each([
    ['temperature', '2,5', 'badNumber'],
    ['temperature', 'warm', 'badNumber'],
    ['maxTokens', '0', 'badTokens'],
    ['maxTokens', '1.5', 'badTokens'],
    ['only', 'Amazon Bedrock', 'badSlugs'],
    ['ignore', '-x', 'badSlugs'],
    ['fallbackModels', 'a/b c/d e/f g/h', 'badModels'],
    ['maxPrompt', '-1', 'badNumber'],
  ] as const)('%s = %j has the problem %s and is left out', (key, text, problem) => {
    const { settings, problems } = settingsOf({ ...draftOf({}), [key]: text })
    expect(problems).toEqual({ [key]: problem })
    expect(settings).toEqual({})
  })
  test('takes a decimal comma, and commas or spaces between names', () => {
    const { settings } = settingsOf({
      ...draftOf({}),
      temperature: '0,5',
      order: ' a, b  c,',
      maxPrompt: '0',
    })
    expect(settings).toEqual({
      generation: { temperature: 0.5 },
      provider_preferences: { order: ['a', 'b', 'c'], max_price: { prompt: 0 } },
    })
  })
})
