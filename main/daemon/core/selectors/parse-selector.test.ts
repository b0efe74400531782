import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { Failure } from '../failure'
import type { Split, Typed } from './parse-selector'
import { parseSelector } from './parse-selector'

const A = new Set(['openrouter', 'research'])
const B = new Set([...A, 'openai'])

type Outcome = Split | { readonly error: string; readonly field?: string }

/** Contract 3.2, by its numbers. */
const cases: readonly (readonly [number: number, inventory: Set<string>, typed: Typed, outcome: Outcome])[] =
  [
    [
      1,
      A,
      { model: 'openrouter/openai/gpt-5.4-mini' },
      { provider: 'openrouter', model: 'openai/gpt-5.4-mini' },
    ],
    [
      2,
      A,
      { model: 'openrouter/anthropic/claude-sonnet-4' },
      { provider: 'openrouter', model: 'anthropic/claude-sonnet-4' },
    ],
    [3, A, { model: 'openai/gpt-5.4-mini' }, { model: 'openai/gpt-5.4-mini' }],
    [4, B, { model: 'openai/gpt-5.4-mini' }, { provider: 'openai', model: 'gpt-5.4-mini' }],
    [5, A, { model: 'gpt-5.4' }, { model: 'gpt-5.4' }],
    [
      6,
      A,
      { model: 'research/google/gemini-2.5-pro' },
      { provider: 'research', model: 'google/gemini-2.5-pro' },
    ],
    [7, A, { model: '  openrouter/x/y ' }, { provider: 'openrouter', model: 'x/y' }],
    [8, A, { model: '' }, { error: 'selector_empty' }],
    [8, A, { model: '   ' }, { error: 'selector_empty' }],
    [9, A, { model: 'openrouter/' }, { error: 'selector_model_missing' }],
    [10, A, { model: 'openrouter/   ' }, { error: 'selector_model_missing' }],
    [11, A, { model: 'openrouter' }, { model: 'openrouter' }],
    [12, A, { model: 'OpenRouter/openai/gpt-5.4-mini' }, { model: 'OpenRouter/openai/gpt-5.4-mini' }],
    [13, A, { model: 'ghost/a/b' }, { model: 'ghost/a/b' }],
    [14, A, { model: 'openrouter/auto' }, { provider: 'openrouter', model: 'auto' }],
    [15, A, { model: 'openrouter/openrouter/auto' }, { provider: 'openrouter', model: 'openrouter/auto' }],
    [16, A, { model: 'openrouter//x' }, { provider: 'openrouter', model: '/x' }],
    [17, A, { model: '/openai/m' }, { model: '/openai/m' }],
    [18, A, { model: 'openrouter/ openai/m' }, { provider: 'openrouter', model: 'openai/m' }],
    [19, A, { model: 'openrouter /m' }, { model: 'openrouter /m' }],
    [20, A, { model: 'openrouter/v/m:free' }, { provider: 'openrouter', model: 'v/m:free' }],
    [
      21,
      A,
      { provider: 'openrouter', model: 'openai/gpt-5.4-mini' },
      { provider: 'openrouter', model: 'openai/gpt-5.4-mini' },
    ],
    [
      22,
      A,
      { provider: 'openrouter', model: 'openrouter/openai/m' },
      { provider: 'openrouter', model: 'openai/m' },
    ],
    [
      23,
      A,
      { provider: 'research', model: 'openrouter/openai/m' },
      { error: 'selector_conflict', field: 'model' },
    ],
    [
      24,
      B,
      { provider: 'openrouter', model: 'openai/gpt-5.4-mini' },
      { error: 'selector_conflict', field: 'model' },
    ],
    [
      24,
      B,
      { provider: 'openrouter', model: 'openrouter/openai/gpt-5.4-mini' },
      { provider: 'openrouter', model: 'openai/gpt-5.4-mini' },
    ],
    [25, A, { provider: ' ', model: 'research/m' }, { provider: 'research', model: 'm' }],
    [
      26,
      A,
      { model: 'openrouter/a/b', fallback_model: 'research/c' },
      { error: 'selector_conflict', field: 'fallback_model' },
    ],
    [27, A, { fallback_model: 'research/c/d' }, { provider: 'research', fallback_model: 'c/d' }],
    [
      28,
      A,
      { model: 'a/b', fallback_model: 'openrouter/c/d' },
      { provider: 'openrouter', model: 'a/b', fallback_model: 'c/d' },
    ],
    // The resolver refuses it: resolve-route.test.ts.
    [29, A, { provider: 'ghost', model: 'm' }, { provider: 'ghost', model: 'm' }],
  ]

function outcomeOf(typed: Typed, known: ReadonlySet<string>): Outcome {
  try {
    return parseSelector(typed, known)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { fault } = error
    return { error: fault.code, ...(fault.code === 'selector_conflict' ? { field: fault.field } : {}) }
  }
}

describe('selectors (contract 3.2)', () => {
  it.each(cases)('case %i', (_number, inventory, typed, outcome) => {
    expect(outcomeOf(typed, inventory)).toEqual(outcome)
  })

  it('has all 29 cases', () => {
    expect(new Set(cases.map(([number]) => number)).size).toBe(29)
  })

  it('treats what nobody filled in as unset', () => {
    expect(parseSelector({}, A)).toEqual({})
    expect(parseSelector({ provider: '', model: undefined }, A)).toEqual({})
  })

  it('refuses a blank fallback model', () => {
    expect(outcomeOf({ model: 'm', fallback_model: ' ' }, A)).toEqual({ error: 'selector_empty' })
  })
})

const routeId = fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/)
const model = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '')

describe('selectors, whatever is typed', () => {
  test.prop([routeId, model])('exactly one route prefix is taken off', (route, name) => {
    expect(parseSelector({ model: `${route}/${name}` }, new Set([route]))).toEqual({
      provider: route,
      model: name.trim(),
    })
  })

  test.prop([model, fc.array(routeId)])(
    'without a known prefix the model is the trimmed text',
    (text, routes) => {
      const left = text.trim().split('/')[0] ?? ''
      const known = new Set(routes.filter((route) => route !== left))
      expect(parseSelector({ model: text }, known)).toEqual({ model: text.trim() })
    },
  )

  test.prop([
    fc.record(
      { provider: fc.string(), model: fc.string(), fallback_model: fc.string() },
      { requiredKeys: [] },
    ),
  ])('it answers or fails with a selector fault, and no model is blank or has edges', (typed) => {
    const outcome = outcomeOf(typed, B)
    if ('error' in outcome) {
      expect(outcome.error).toMatch(/^selector_/)
      return
    }
    for (const name of [outcome.model, outcome.fallback_model]) {
      if (name !== undefined) expect(name.trim()).toBe(name)
      expect(name).not.toBe('')
    }
  })
})
