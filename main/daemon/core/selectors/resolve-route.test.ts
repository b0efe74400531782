import { describe, expect, it } from 'vitest'
import { Failure } from '../failure'
import type { Split } from './parse-selector'
import type { RoutePolicy, RouteTable } from './resolve-route'
import { resolveRoute } from './resolve-route'

const table: RouteTable = {
  default_route: 'main',
  routes: [
    { route_id: 'main', model: 'main/current' },
    { route_id: 'quiet', model: 'quiet/current' },
  ],
}

const picky: RouteTable = {
  default_route: 'a',
  routes: [
    { route_id: 'a', model: 'a1', accepts: (model) => model.startsWith('a') },
    { route_id: 'b', model: 'b1', accepts: (model) => /^[bc]/.test(model) },
    { route_id: 'c', model: 'c1', accepts: (model) => model.startsWith('c') },
  ],
}

function outcomeOf(request: Split, policy: RoutePolicy = {}, routes = table): unknown {
  try {
    return resolveRoute(request, policy, routes)
  } catch (error) {
    if (error instanceof Failure) return error.fault.code
    throw error
  }
}

describe('resolution (contract 3.3)', () => {
  it.each<[string, Split, unknown]>([
    ['both set', { provider: 'quiet', model: 'm' }, { route_id: 'quiet', model: 'm' }],
    ['provider alone', { provider: 'quiet' }, { route_id: 'quiet', model: 'quiet/current' }],
    ['model alone', { model: 'm' }, { route_id: 'main', model: 'm' }],
    ['neither', {}, { route_id: 'main', model: 'main/current' }],
    ['unknown provider (case 29)', { provider: 'ghost', model: 'm' }, 'route_unknown'],
    ['the driver is no route', { provider: 'openrouter', model: 'm' }, 'route_unknown'],
    ['a blank model', { model: ' ' }, 'selector_empty'],
    ['a blank fallback', { fallback_model: '' }, 'selector_empty'],
    [
      'fallback on the same route',
      { provider: 'quiet', fallback_model: 'f' },
      { route_id: 'quiet', model: 'quiet/current', fallback_model: 'f' },
    ],
    ['a prefix is not parsed again', { model: 'quiet/m' }, { route_id: 'main', model: 'quiet/m' }],
  ])('%s', (_name, request, outcome) => {
    expect(outcomeOf(request)).toEqual(outcome)
  })

  it.each<[string, Split, unknown]>([
    ['the default takes it', { model: 'a2' }, { route_id: 'a', model: 'a2' }],
    ['one other takes it', { model: 'b2' }, { route_id: 'b', model: 'b2' }],
    ['several others take it', { model: 'c2' }, 'route_ambiguous'],
    ['nobody takes it', { model: 'z' }, 'route_unknown'],
    ['the named route does not take it', { provider: 'b', model: 'a2' }, 'route_unknown'],
    ['no second route for the fallback', { model: 'a2', fallback_model: 'b2' }, 'route_unknown'],
  ])('with routes that choose: %s', (_name, request, outcome) => {
    expect(outcomeOf(request, {}, picky)).toEqual(outcome)
  })

  it('fails when the default is gone', () => {
    expect(outcomeOf({}, {}, { default_route: 'gone', routes: table.routes })).toBe('route_unknown')
  })
})

describe('precedence (contract 6.3)', () => {
  const policy: RoutePolicy = { provider: 'quiet', model: 'wished' }

  it.each<[string, Split, RoutePolicy, unknown]>([
    ['the session before the default', {}, policy, { route_id: 'quiet', model: 'wished' }],
    [
      'the run before the session',
      { provider: 'main', model: 'm' },
      policy,
      { route_id: 'main', model: 'm' },
    ],
    [
      'a model alone ignores the session’s provider',
      { model: 'm' },
      policy,
      { route_id: 'main', model: 'm' },
    ],
    [
      'another provider ignores the session’s model',
      { provider: 'main' },
      policy,
      { route_id: 'main', model: 'main/current' },
    ],
    [
      'the same provider keeps the session’s model',
      { provider: 'quiet' },
      policy,
      { route_id: 'quiet', model: 'wished' },
    ],
    [
      'a session’s provider alone',
      {},
      { provider: 'quiet', model: null },
      { route_id: 'quiet', model: 'quiet/current' },
    ],
    [
      'a session’s model alone',
      {},
      { provider: null, model: 'wished' },
      { route_id: 'main', model: 'wished' },
    ],
    [
      'a provider takes a session’s model that stands alone',
      { provider: 'quiet' },
      { model: 'wished' },
      { route_id: 'quiet', model: 'wished' },
    ],
    [
      'a fallback alone keeps the session’s route',
      { fallback_model: 'f' },
      policy,
      { route_id: 'quiet', model: 'wished', fallback_model: 'f' },
    ],
    ['a session’s route that is gone', {}, { provider: 'gone' }, 'route_unknown'],
    [
      'nulls follow the default',
      {},
      { provider: null, model: null },
      { route_id: 'main', model: 'main/current' },
    ],
  ])('%s', (_name, request, session, outcome) => {
    expect(outcomeOf(request, session)).toEqual(outcome)
  })
})
