import { fc, test } from '@fast-check/vitest'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { resolveRoute } from '../selectors/resolve-route'
import { readOwnKey } from './credentials'
import { currentInventory, diagnoseRoutes, inventoryOf, inventoryView, knownRoutes } from './inventory'
import { inventoryRecord } from './inventory-record'
import { loadRoutes } from './load-routes'
import { recommendedFile, recommendedRoute } from './recommended'
import type { Env } from './route'

const file = 'routes.toml'
const slots = () => ({ provider: 'openrouter' })
const load = (text: string, env: Env = {}, defaultOverride?: string) =>
  loadRoutes({ file, text }, { parse, env, slots, defaultOverride })

const two = `
default_route = "main"
[routes.main]
driver = "openrouter"
default_model = "google/gemini-2.5-pro"
auth_ref = "openrouter.primary"
[routes.alpha]
driver = "openrouter"
default_model = "anthropic/claude-sonnet-4"
api_key = "sk-or-v1-0123456789"
base_url = "http://127.0.0.1:4010/v1"
image_edit = false
audio_generation = false
`

describe('loading', () => {
  it('reads the recommended file (S6)', () => {
    const { routes, default_route } = load(recommendedFile)
    expect(default_route).toBe(recommendedRoute.route_id)
    expect(routes).toEqual([
      {
        route_id: 'openrouter',
        driver: 'openrouter',
        default_model: 'openai/gpt-5.4-mini',
        prefix: 'https://openrouter.ai/api/v1',
        credential: { kind: 'auth_ref', slot_id: recommendedRoute.slot_id },
        capabilities: {
          multimodal_input: true,
          native_web_search: false,
          image_generation: true,
          image_edit: true,
        },
        backends: { audio_generation: true, transcription: true },
      },
    ])
  })

  it('narrows one route without touching the other', () => {
    const [main, alpha] = load(two).routes
    expect([main?.route_id, main?.capabilities.image_edit, main?.backends.audio_generation]).toEqual([
      'main',
      true,
      true,
    ])
    expect([alpha?.route_id, alpha?.capabilities.image_edit, alpha?.backends.audio_generation]).toEqual([
      'alpha',
      false,
      false,
    ])
    expect(alpha?.prefix).toBe('http://127.0.0.1:4010/v1')
  })

  it('takes the only route for the default', () => {
    expect(load('[routes.x]\ndriver = "openrouter"\ndefault_model = "m"\nauth_ref = "s"').default_route).toBe(
      'x',
    )
  })

  it('lets an override replace the default', () => {
    expect(load(two, {}, 'alpha').routes.map((route) => route.route_id)).toEqual(['alpha', 'main'])
  })

  it('treats a written and an implied family alike (S7)', () => {
    const family = recommendedFile.replace('"any"', '"family"')
    const implied = recommendedFile.replace(/model_support.*\n/, '')
    expect(load(family)).toEqual(load(recommendedFile))
    expect(load(implied)).toEqual(load(recommendedFile))
  })
})

describe('credentials (contract 2.2)', () => {
  const routes = (id: string, line: string) =>
    `[routes.${id}]\ndriver = "openrouter"\ndefault_model = "m"\n${line}`
  const env = { OPENROUTER_API_KEY: 'from-provider', LAB_KEY: 'from-lab' }

  it.each<[string, string, string, string | undefined]>([
    ['openrouter', 'auth_ref = "s"', 'auth_ref', undefined],
    ['openrouter', 'api_key = "inline"', 'inline_api_key', 'inline'],
    ['openrouter', 'api_key_env = "LAB_KEY"', 'api_key_env', 'from-lab'],
    ['openrouter', '', 'provider_default', 'from-provider'],
  ])('%s with %j uses %s', (id, line, kind, key) => {
    const [route] = load(routes(id, line), env).routes
    expect(route?.credential.kind).toBe(kind)
    expect(route && readOwnKey(route.credential, env)).toBe(key)
  })

  it('keeps an inline key out of what is printed or copied', () => {
    expect(JSON.stringify(load(routes('x', 'api_key = "inline-secret"')))).not.toContain('inline-secret')
  })

  it('finds nothing once the variable is gone', () => {
    const [route] = load(routes('x', 'api_key_env = "LAB_KEY"'), env).routes
    expect(route && readOwnKey(route.credential, {})).toBeUndefined()
  })
})

describe('what is in force', () => {
  const inventory = load(two)

  it('shows routes with exactly four capabilities and no key (contract 5.1, 13.1)', () => {
    const view = inventoryView(currentInventory(inventory, { models: {} }))
    const main = {
      route_id: 'main',
      provider: 'openrouter',
      model: 'google/gemini-2.5-pro',
      auth_ref: 'openrouter.primary',
      capabilities: {
        multimodal_input: true,
        native_web_search: false,
        image_generation: true,
        image_edit: true,
      },
    }
    expect(view).toEqual({
      default_route: main,
      route_id: 'main',
      provider: 'openrouter',
      model: 'google/gemini-2.5-pro',
      routes: [
        main,
        {
          route_id: 'alpha',
          provider: 'openrouter',
          model: 'anthropic/claude-sonnet-4',
          capabilities: {
            multimodal_input: true,
            native_web_search: false,
            image_generation: true,
            image_edit: false,
          },
        },
      ],
      route_diagnostics: [],
    })
    expect(JSON.stringify(view)).not.toMatch(/audio|transcription|matrix|sk-or|base_url|prefix/)
  })

  it('follows the settings that changed since', () => {
    const current = currentInventory(inventory, { default_route: 'alpha', models: { alpha: 'new/model' } })
    expect(current.routes.map(({ route_id, model }) => [route_id, model])).toEqual([
      ['alpha', 'new/model'],
      ['main', 'google/gemini-2.5-pro'],
    ])
    expect(resolveRoute({}, {}, current)).toEqual({ route_id: 'alpha', model: 'new/model' })
  })

  it('passes over settings of routes that are gone', () => {
    const current = currentInventory(inventory, { default_route: 'gone', models: { gone: 'x', main: '' } })
    expect(current.default_route).toBe('main')
    expect(resolveRoute({}, {}, current).model).toBe('google/gemini-2.5-pro')
  })

  it('knows the prefixes of selectors', () => {
    expect(knownRoutes(currentInventory(inventory, { models: {} }))).toEqual(new Set(['main', 'alpha']))
  })

  it.each([
    ['route_inventory_empty', []],
    ['active_route_missing', [{ route_id: 'b', model: 'm' }]],
    ['route_model_empty', [{ route_id: 'a', model: ' ' }]],
    ['route_model_incompatible', [{ route_id: 'a', model: 'm', accepts: () => false }]],
  ])('says %s', (code, routes) => {
    expect(diagnoseRoutes({ default_route: 'a', routes })).toMatchObject([{ severity: 'error', code }])
  })

  it('has no view without its default route', () => {
    expect(inventoryView({ default_route: 'a', routes: [] })).toBeUndefined()
  })

  it('records which file it is (contract 2.7)', () => {
    expect(inventoryRecord(inventory, { file: '/state/routes.toml', sha256: 'ab', loaded_at_ms: 5 })).toEqual(
      {
        version: 1,
        source_kind: 'routes_file',
        file: '/state/routes.toml',
        sha256: 'ab',
        loaded_at_ms: 5,
        default_route: 'main',
        route_ids: ['main', 'alpha'],
      },
    )
  })
})

test.prop([fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9._-]{1,6}$/), { minLength: 1 }), fc.nat()])(
  'the default is first, the rest ascends (contract 2.7)',
  (ids, pick) => {
    const [template] = load(recommendedFile).routes
    const standard = ids[pick % ids.length] ?? ''
    const routes = ids.flatMap((route_id) => (template ? [{ ...template, route_id }] : []))
    const ordered = inventoryOf(routes, standard).routes.map((route) => route.route_id)
    expect(ordered).toEqual([standard, ...ids.filter((id) => id !== standard).sort()])
  },
)

it('shows a slot by its name; a key typed in its place never gets that far', () => {
  const shown = (slot: string) => {
    const inventory = load(recommendedFile.replace('openrouter.primary', slot))
    return inventoryView(currentInventory(inventory, { models: {} }))?.default_route.auth_ref
  }
  expect(shown('sk-team')).toBe('sk-team')
  expect(() => shown('sk-or-v1-0123456789')).toThrow('auth_ref looks like a key')
})
