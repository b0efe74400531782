import { fc, test } from '@fast-check/vitest'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { Failure } from '../failure'
import { doctorRoutes } from './doctor-routes'
import { inventoryOf } from './inventory'
import { checkDrift, inventoryRecord } from './inventory-record'
import { loadRoutes } from './load-routes'
import { recommendedFile } from './recommended'
import type { Env } from './route'

const noSlots = () => undefined
const allSlots = () => ({ provider: 'openrouter' })
const file = 'routes.toml'

describe('doctor (contract 13.3)', () => {
  it('describes the routes of a sound file', () => {
    const text = `${recommendedFile}
[routes.lab]
driver = "openrouter"
default_model = "a/b"
model_support = "family"
api_key = "sk-or-v1-hidden"
image_edit = false
audio_generation = false
[routes.env]
driver = "openrouter"
default_model = "c"
api_key_env = "LAB_KEY"`
    const report = doctorRoutes({ file, text }, { parse, env: { LAB_KEY: 'sk-or-v1-hidden' } })
    const capabilities = {
      multimodal_input: true,
      native_web_search: false,
      image_generation: true,
      image_edit: true,
    }
    expect(report).toEqual({
      ok: true,
      source: file,
      default_route: 'openrouter',
      route_count: 3,
      auth_checked: false,
      reference_checked: false,
      canary_checked: false,
      routes: [
        {
          route_id: 'openrouter',
          provider: 'openrouter',
          model: 'openai/gpt-5.4-mini',
          auth_ref: 'openrouter.primary',
          auth_kind: 'auth_ref',
          model_support: 'any',
          capabilities,
        },
        {
          route_id: 'lab',
          provider: 'openrouter',
          model: 'a/b',
          auth_kind: 'inline_api_key',
          model_support: 'any',
          capabilities: { ...capabilities, image_edit: false },
        },
        {
          route_id: 'env',
          provider: 'openrouter',
          model: 'c',
          auth_kind: 'api_key_env',
          model_support: 'any',
          capabilities,
        },
      ],
      diagnostics: [],
      warnings: [expect.objectContaining({ code: 'inline_api_key', route_id: 'lab', line: 16, column: 1 })],
      errors: [],
    })
    expect(JSON.stringify(report)).not.toMatch(/hidden|LAB_KEY/)
  })

  it('tells the key of the environment by its kind', () => {
    const text = '[routes.openrouter]\ndriver = "openrouter"\ndefault_model = "m"'
    const report = doctorRoutes({ file, text }, { parse, env: { OPENROUTER_API_KEY: 'k' } })
    expect(report.routes.map((route) => route.auth_kind)).toEqual(['provider_default'])
  })

  it.each(['openai', 'anthropic', 'google', 'x-ai', 'xai', 'meta-llama', 'mistralai', 'deepseek', 'qwen'])(
    'warns of a route named %s',
    (name) => {
      const text = `[routes.${name}]\ndriver = "openrouter"\ndefault_model = "m"\nauth_ref = "s"`
      const { ok, warnings } = doctorRoutes({ file, text }, { parse, env: {} })
      expect(ok).toBe(true)
      expect(warnings).toMatchObject([
        { code: 'route_id_shadows_vendor', route_id: name, line: 1, column: 9 },
      ])
    },
  )

  it('warns of fields of other drivers', () => {
    const text = `${recommendedFile}organization = "x"\nproject_env = "y"\nanthropic_beta_headers = ["z"]\nanthropic_version = "1"`
    const { ok, warnings } = doctorRoutes({ file, text }, { parse, env: {} })
    expect(ok).toBe(true)
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([
      ['field_not_used_by_driver', 11],
      ['field_not_used_by_driver', 12],
      ['field_not_used_by_driver', 14],
      ['field_not_used_by_driver', 13],
    ])
  })

  it('looks for slots when asked to', () => {
    const source = { file, text: recommendedFile }
    expect(doctorRoutes(source, { parse, env: {}, slots: allSlots })).toMatchObject({
      ok: true,
      auth_checked: true,
    })
    const { ok, errors } = doctorRoutes(source, { parse, env: {}, slots: noSlots })
    expect(ok).toBe(false)
    expect(errors).toMatchObject([
      { code: 'route_auth_ref_missing', route_id: 'openrouter', slot_id: 'openrouter.primary' },
    ])
  })

  it('tells of drift', () => {
    const { routes, default_route } = loadRoutes(
      { file, text: recommendedFile },
      { parse, env: {}, slots: allSlots },
    )
    const record = JSON.stringify(
      inventoryRecord(inventoryOf(routes, default_route), { file, sha256: 'aa', loaded_at_ms: 1 }),
    )
    expect(checkDrift(record, 'aa')).toBeUndefined()
    expect(checkDrift(record, 'bb')?.code).toBe('route_file_drift')
    expect(checkDrift(record, undefined)?.code).toBe('route_file_unreadable')
    expect(checkDrift('{', 'aa')?.code).toBe('route_inventory_metadata_unreadable')
    expect(checkDrift('null', 'aa')?.code).toBe('route_inventory_metadata_unreadable')
    const drift = checkDrift(record, 'bb')
    const report = doctorRoutes({ file, text: recommendedFile }, { parse, env: {}, drift })
    expect([report.ok, report.warnings]).toEqual([true, [drift]])
  })
})

const canary = 'CANARY-9f3c'
const secretive = fc.constantFrom(
  `"${canary}"`,
  `"sk-or-v1-${canary}"`,
  `'${canary}'`,
  `"https://u:${canary}@host/v1"`,
)
const anyValue = fc.oneof(
  secretive,
  fc.constantFrom(
    '""',
    '" "',
    '1',
    'true',
    'false',
    '[]',
    '{}',
    '"any"',
    '"openrouter"',
    '"LAB"',
    '"main"',
    '"https://host/v1"',
  ),
)
const fieldName = fc.constantFrom(
  'driver',
  'default_model',
  'model_support',
  'auth_ref',
  'api_key',
  'api_key_env',
  'base_url',
  'image_edit',
  'native_web_search',
  'transcription',
  'organization',
  'organization_env',
  'openai_auth_file',
  'api_key_enb',
)
const route = fc.record({
  id: fc.constantFrom(
    'main',
    'openrouter',
    'quiet',
    '"a b"',
    `"${canary}/x"`,
    '1',
    'constructor',
    '__proto__',
  ),
  model: fc.constantFrom('default_model = "a/b"', 'default_model = ""', ''),
  driver: fc.constantFrom('driver = "openrouter"', 'driver = "openrouter"', 'driver = "openai"', ''),
  extra: fc.array(fc.tuple(fieldName, anyValue), { maxLength: 3 }),
})
const routesText = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.constantFrom('version', 'default_route', 'routez'), anyValue), {
      maxLength: 2,
      selector: ([name]) => name,
    }),
    fc.uniqueArray(route, { maxLength: 3, selector: ({ id }) => id }),
  )
  .map(([top, routes]) =>
    [
      ...top.map(([name, value]) => `${name} = ${value}`),
      ...routes.flatMap(({ id, model, driver, extra }) => [
        `[routes.${id}]`,
        driver,
        model,
        ...extra.map(([name, value]) => `${name} = ${value}`),
      ]),
    ].join('\n'),
  )
const env: fc.Arbitrary<Env> = fc.constantFrom(
  {},
  { OPENROUTER_API_KEY: canary },
  { LAB: canary },
  { LAB: '\uFFFD' },
)
const override = fc.constantFrom(undefined, undefined, 'main', 'quiet', canary)

/** A good file that somebody dropped on the floor: pieces cut out, doubled, moved. */
const good = `default_route = "main"
[routes.main]
driver = "openrouter"
default_model = "google/gemini-2.5-pro"
api_key = "${canary}"
[routes."quiet"]
driver = 'openrouter'
default_model = """anthropic/claude-sonnet-4"""
auth_ref = "openrouter.primary" # ${canary}
base_url = "http://127.0.0.1:4010/v1"
audio_generation = false
organization = [ "${canary}" ]
`
const cut = fc.tuple(
  fc.nat(good.length),
  fc.nat(20),
  fc.string({ unit: fc.constantFrom(...'"\'[]{}=#.\n a\u0000é\\'), maxLength: 3 }),
)
const mutated = fc
  .array(cut, { minLength: 1, maxLength: 6 })
  .map((cuts) =>
    cuts.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), good),
  )

/** What a person writes on a good day. */
const sound = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('main', 'openrouter', 'quiet', '"x.y"', 'constructor', '1'),
      model: fc.constantFrom('a/b', 'openrouter/auto', '~x/latest'),
      url: fc.constantFrom('', 'base_url = "http://127.0.0.1:1/v1"', 'base_url = "https://h/api/v1/tts"'),
      flags: fc.subarray(['image_edit = false', 'multimodal_input = true', 'transcription = false']),
    }),
    { minLength: 1, maxLength: 4, selector: ({ id }) => id },
  )
  .map((routes) =>
    [
      `default_route = ${JSON.stringify(routes[0]?.id.replaceAll('"', ''))}`,
      ...routes.flatMap(({ id, model, url, flags }) => [
        `[routes.${id}]`,
        'driver = "openrouter"',
        `default_model = "${model}"`,
        'auth_ref = "openrouter.primary"',
        url,
        ...flags,
      ]),
    ].join('\n'),
  )

describe('doctor and load', () => {
  test.prop([sound], { numRuns: 200 })('find nothing wrong with a sound file', (text) => {
    expect(doctorRoutes({ file, text }, { parse, env: {} }).errors).toEqual([])
  })

  test.prop([fc.oneof(sound, routesText, mutated), env, override], { numRuns: 3000 })(
    'agree on every file, fail with nothing but a Failure and repeat nothing',
    (text, variables, defaultOverride) => {
      const around = { parse, env: variables, defaultOverride }
      const report = doctorRoutes({ file, text }, around)
      let failure: unknown
      try {
        const inventory = loadRoutes({ file, text }, { ...around, slots: allSlots })
        expect(inventory.routes.map((loaded) => loaded.route_id)).toContain(inventory.default_route)
        expect(inventory.routes[0]?.route_id).toBe(inventory.default_route)
        expect(inventory.routes.length).toBe(report.route_count)
        expect(inventory.default_route).toBe(report.default_route)
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        failure = error
      }
      expect(report.ok).toBe(failure === undefined)
      expect(report.errors[0]).toEqual(failure instanceof Failure ? failure.fault : undefined)
      // Names are told when they are allowed, and slots are names; everything else may be a key.
      const told = JSON.stringify([
        report.errors,
        report.warnings,
        report.diagnostics,
        report.routes.map((known) => ({ ...known, model: '', auth_ref: '' })),
        failure instanceof Failure ? failure.stack : '',
      ])
      if (!isNamed(text)) expect(told).not.toContain(canary)
    },
  )
})

/** A cut can turn the planted text into the name of a route, which is told like any name. */
const isNamed = (text: string): boolean =>
  new RegExp(`routes\\W+"?${canary}|^\\W*${canary}\\W+driver`, 'm').test(text)
