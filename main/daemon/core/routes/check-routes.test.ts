import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { Failure } from '../failure'
import { doctorRoutes } from './doctor-routes'
import { loadRoutes } from './load-routes'
import { unreadableFile } from './rejections'
import type { Env, FindSlot } from './route'

/** Stands wherever a person could have put something that must not be repeated. */
const canary = 'CANARY-9f3c'

const entry = (...lines: string[]): string[] => [
  '[routes.main]',
  'driver = "openrouter"',
  'default_model = "a/b"',
  ...lines,
]
const good = entry('auth_ref = "openrouter.primary"')
const second = good.map((line) => line.replace('routes.main', 'routes.second'))

interface Case {
  readonly lines: readonly string[]
  readonly code: string
  readonly reason?: string
  readonly line?: number
  readonly column?: number
  readonly route_id?: string
  readonly slot_id?: string
  readonly env?: Env
  readonly slots?: FindSlot
  readonly defaultOverride?: string
}

const invalid = (
  reason: string,
  line: number,
  column: number,
  lines: readonly string[],
  route_id?: string,
): Case => ({
  lines,
  code: 'route_file_invalid',
  reason,
  line,
  column,
  ...(route_id === undefined ? {} : { route_id }),
})
/** Trouble with one field, which stands on the fourth line. */
const field = (reason: string, ...lines: string[]): Case => invalid(reason, 4, 1, entry(...lines), 'main')

const cases: readonly (readonly [rule: string, name: string, expected: Case])[] = [
  ['V2', 'a broken string', invalid('toml_syntax', 2, 11, ['version = 1', `api_key = "${canary}`])],
  [
    'V2',
    'a route defined twice',
    { ...invalid('toml_syntax', 5, 2, [...good, '[routes.main]', `x = "${canary}"`]) },
  ],
  ['V2', 'a key defined twice', invalid('toml_syntax', 5, 1, [...good, `auth_ref = "${canary}"`])],
  [
    'V2',
    'an integer without bounds',
    invalid('toml_syntax', 1, 11, ['version = 123456789012345678901234567890', ...good]),
  ],
  ['V3', 'an unknown top-level key', invalid('unknown_field', 1, 1, [`routez = "${canary}"`, ...good])],
  ['V3', 'a key that is a secret itself', invalid('unknown_field', 2, 1, ['', `${canary} = 1`, ...good])],
  ['V3', 'an unknown table', invalid('unknown_field', 5, 2, [...good, `[${canary}]`])],
  ['V4', 'a typo', field('unknown_field', `api_key_enb = "${canary}"`, 'auth_ref = "s"')],
  [
    'V4',
    'a table within a route',
    invalid('unknown_field', 5, 14, [...good, `[routes.main.${canary}]`], 'main'),
  ],
  ['V5', 'a version that is text', invalid('schema', 1, 1, [`version = "${canary}"`, ...good])],
  ['V5', 'a version that is not whole', invalid('schema', 1, 1, ['version = 1.5', ...good])],
  ['V5', 'a default route that is no text', invalid('schema', 1, 1, ['default_route = 5', ...good])],
  ['V5', 'routes that are no table', invalid('schema', 1, 1, [`routes = "${canary}"`])],
  ['V5', 'routes that are a list', invalid('schema', 1, 3, ['[[routes]]', 'driver = "openrouter"'])],
  ['V5', 'a route that is no table', invalid('schema', 2, 1, ['[routes]', `main = "${canary}"`], 'main')],
  [
    'V5',
    'a missing driver',
    invalid(
      'schema',
      1,
      9,
      good.filter((line) => !line.startsWith('driver')),
      'main',
    ),
  ],
  [
    'V5',
    'an unknown driver',
    invalid(
      'schema',
      2,
      1,
      good.map((line) => line.replace('openrouter"', `${canary}"`)),
      'main',
    ),
  ],
  [
    'V5',
    'a driver in capitals',
    invalid(
      'schema',
      2,
      1,
      good.map((line) => line.replace('"openrouter"', '"OpenRouter"')),
      'main',
    ),
  ],
  ['V5', 'an unknown model support', field('schema', `model_support = "${canary}"`, 'auth_ref = "s"')],
  ['V5', 'a flag that is text', field('schema', `image_edit = "${canary}"`, 'auth_ref = "s"')],
  ['V5', 'a key that is a number', field('schema', 'api_key = 5')],
  [
    'V5',
    'an organization that is a table',
    field('schema', `organization = { x = "${canary}" }`, 'auth_ref = "s"'),
  ],
  [
    'V6',
    'a driver of another product',
    invalid(
      'unsupported_driver',
      2,
      1,
      good.map((line) => line.replace('openrouter"', 'anthropic"')),
      'main',
    ),
  ],
  ['V7', 'another version', invalid('unsupported_version', 1, 1, ['version = 2', ...good])],
  ['V8', 'an empty file', invalid('no_routes', 1, 1, [''])],
  ['V8', 'an empty table', invalid('no_routes', 2, 2, ['version = 1', '[routes]'])],
  ['V9', 'a slash', invalid('route_id', 1, 9, [`[routes."a/${canary}"]`, ...good.slice(1)])],
  ['V9', 'edge whitespace', invalid('route_id', 1, 9, ['[routes." main "]', ...good.slice(1)])],
  ['V9', 'inner whitespace', invalid('route_id', 1, 9, ['[routes."a b"]', ...good.slice(1)])],
  ['V9', 'an empty name', invalid('route_id', 1, 9, ['[routes.""]', ...good.slice(1)])],
  ['V9', 'a control character', invalid('route_id', 1, 9, ['[routes."a\\u0007"]', ...good.slice(1)])],
  ['V9', 'an endless name', invalid('route_id', 1, 9, [`[routes.${'a'.repeat(129)}]`, ...good.slice(1)])],
  [
    'V10',
    'no model',
    invalid(
      'default_model',
      1,
      9,
      good.filter((line) => !line.startsWith('default_model')),
      'main',
    ),
  ],
  [
    'V10',
    'a blank model',
    invalid(
      'default_model',
      3,
      1,
      good.map((line) => line.replace('a/b', '  ')),
      'main',
    ),
  ],
  ['V11', 'a relative address', field('base_url', `base_url = "${canary}.ai/api/v1"`, 'auth_ref = "s"')],
  ['V11', 'another scheme', field('base_url', `base_url = "ftp://${canary}/v1"`, 'auth_ref = "s"')],
  ['V11', 'no host', field('base_url', 'base_url = "https:///v1"', 'auth_ref = "s"')],
  ['V11', 'user info', field('base_url', `base_url = "https://u:${canary}@host/v1"`, 'auth_ref = "s"')],
  ['V11', 'a query', field('base_url', `base_url = "https://host/v1?key=${canary}"`, 'auth_ref = "s"')],
  ['V11', 'a fragment', field('base_url', `base_url = "https://host/v1#${canary}"`, 'auth_ref = "s"')],
  [
    'V12',
    'an unknown ending',
    field('base_url_unsupported_suffix', `base_url = "https://host/${canary}"`, 'auth_ref = "s"'),
  ],
  [
    'V13',
    'two keys',
    invalid('credential_conflict', 5, 1, entry(`api_key = "${canary}"`, `api_key_env = "${canary}"`), 'main'),
  ],
  ['V14', 'a slot and a key', field('credential_conflict', `api_key = "${canary}"`, 'auth_ref = "s"')],
  [
    'V14',
    'a slot and a variable',
    field('credential_conflict', `api_key_env = "${canary}"`, 'auth_ref = "s"'),
  ],
  ...['openai_auth_source', 'openai_auth_file', 'anthropic_auth_source', 'anthropic_credentials_file'].map(
    (name) => ['V15', name, field('foreign_auth_field', `${name} = "${canary}"`, 'auth_ref = "s"')] as const,
  ),
  ['V16', 'a blank key', field('credential_blank', 'api_key = " "')],
  ['V16', 'a blank variable', field('credential_blank', 'api_key_env = ""')],
  ['V16', 'a blank slot', field('credential_blank', 'auth_ref = ""')],
  ['V16', 'a slot with edges', field('credential_blank', `auth_ref = " ${canary} "`)],
  [
    'V17',
    'two organizations',
    invalid(
      'credential_conflict',
      6,
      1,
      [...good, `organization = "${canary}"`, `organization_env = "${canary}"`],
      'main',
    ),
  ],
  [
    'V17',
    'two projects',
    invalid(
      'credential_conflict',
      6,
      1,
      [...good, `project = "${canary}"`, `project_env = "${canary}"`],
      'main',
    ),
  ],
  [
    'V18',
    'a default that is not there',
    invalid('default_route', 1, 1, [`default_route = "${canary}"`, ...good]),
  ],
  ['V18', 'a blank default', invalid('default_route', 1, 1, ['default_route = ""', ...good])],
  [
    'V19',
    'two routes and no default',
    { lines: [...good, ...second], code: 'default_route_unresolved', line: 1, column: 1 },
  ],
  [
    'V19',
    'not repaired by an override',
    {
      lines: [...good, ...second],
      code: 'default_route_unresolved',
      line: 1,
      column: 1,
      defaultOverride: 'main',
    },
  ],
  [
    'V20',
    'an override that is not there',
    { lines: good, code: 'default_route_missing', defaultOverride: canary },
  ],
  [
    'V21',
    'a search the driver lacks',
    {
      ...field('', 'native_web_search = true', 'auth_ref = "s"'),
      code: 'unsupported_capability',
      reason: undefined as never,
    },
  ],
  [
    'V22',
    'an empty slot',
    {
      lines: good,
      code: 'route_auth_ref_missing',
      line: 4,
      column: 1,
      route_id: 'main',
      slot_id: 'openrouter.primary',
      slots: () => undefined,
    },
  ],
  [
    'V16',
    'a key in the place of a slot',
    invalid('auth_ref', 4, 1, entry(`auth_ref = "sk-or-v1-${canary}"`), 'main'),
  ],
  [
    'V23',
    'a slot of another provider',
    {
      lines: good,
      code: 'route_auth_provider_mismatch',
      line: 4,
      column: 1,
      route_id: 'main',
      slot_id: 'openrouter.primary',
      slots: () => ({ provider: 'generic' }),
    },
  ],
  [
    'V24',
    'a variable that is not set',
    {
      lines: entry(`api_key_env = "${canary}"`),
      code: 'api_key_env_missing',
      line: 4,
      column: 1,
      route_id: 'main',
    },
  ],
  [
    'V24',
    'a variable named like a property',
    {
      lines: entry('api_key_env = "constructor"'),
      code: 'api_key_env_missing',
      line: 4,
      column: 1,
      route_id: 'main',
    },
  ],
  [
    'V24',
    'an empty variable',
    {
      lines: entry(`api_key_env = "${canary}"`),
      env: { [canary]: '' },
      code: 'api_key_env_empty',
      line: 4,
      column: 1,
      route_id: 'main',
    },
  ],
  [
    'V24',
    'a variable that is not text',
    {
      lines: entry(`api_key_env = "${canary}"`),
      env: { [canary]: `${canary}\uFFFD` },
      code: 'api_key_env_invalid',
      line: 4,
      column: 1,
      route_id: 'main',
    },
  ],
  [
    'V25',
    'no key at all',
    { lines: entry(), code: 'route_credentials_missing', line: 1, column: 9, route_id: 'main' },
  ],
  [
    'V25',
    'the provider’s variable serves another route',
    {
      lines: entry(),
      env: { OPENROUTER_API_KEY: canary },
      code: 'route_credentials_missing',
      line: 1,
      column: 9,
      route_id: 'main',
    },
  ],
  [
    'V25',
    'the provider’s variable is empty',
    {
      lines: entry().map((line) => line.replace('main', 'openrouter')),
      env: { OPENROUTER_API_KEY: '' },
      code: 'route_credentials_missing',
      line: 1,
      column: 9,
      route_id: 'openrouter',
    },
  ],
]

function surroundings({
  env = {},
  slots = () => ({ provider: 'openrouter' }),
  defaultOverride,
}: Partial<Case>) {
  return { parse, env, slots, defaultOverride }
}

function faultOf(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  return undefined
}

describe.each(['\n', '\r\n'])('rejections (contract 2.6), line ends %j', (eol) => {
  it.each(cases)('%s %s', (_rule, _name, { lines, env, slots, defaultOverride, ...expected }) => {
    const source = { file: 'routes.toml', text: lines.join(eol) }
    const around = surroundings({
      ...(env && { env }),
      ...(slots && { slots }),
      ...(defaultOverride !== undefined && { defaultOverride }),
    })
    const failure = faultOf(() => loadRoutes(source, around))
    const { status, domain, detail, ...facts } = failure?.fault ?? ({} as never)
    expect(facts).toEqual({ file: 'routes.toml', ...expected })
    expect([domain, status]).toEqual(['routes', expected.slot_id === undefined ? 400 : 409])
    expect(detail).toMatch(/^[A-Z].*\.$/)
    if (expected.line !== undefined)
      expect(detail).toContain(`line ${expected.line}, column ${expected.column}:`)
    const report = doctorRoutes(source, around)
    expect(report.errors[0]).toEqual(failure?.fault)
    expect(JSON.stringify([failure, failure?.stack, failure?.cause, report])).not.toContain(canary)
  })
})

it('has every rejection from V2 to V25', () => {
  const numbers = new Set(cases.map(([rule]) => rule))
  expect(numbers.size).toBe(24)
})

it('V1 names the file and nothing else', () => {
  expect(unreadableFile('routes.toml')).toMatchObject({
    code: 'route_file_read_failed',
    status: 400,
    file: 'routes.toml',
  })
})

describe('all at once', () => {
  const text = [
    'version = 2',
    'routez = 1',
    'default_route = "ghost"',
    '[routes.2]',
    'driver = "openrouter"',
    'native_web_search = true',
    '[routes.1]',
    'driver = "openrouter"',
    'default_model = "a"',
    'base_url = "nowhere"',
  ].join('\n')
  const source = { file: 'routes.toml', text }

  it('doctor reports every fault, the top level first and routes in the order of the file', () => {
    const report = doctorRoutes(source, { parse, env: {} })
    expect(
      report.errors.map((error) => [
        error.code,
        'reason' in error ? error.reason : undefined,
        'line' in error ? error.line : undefined,
      ]),
    ).toEqual([
      ['route_file_invalid', 'unknown_field', 2],
      ['route_file_invalid', 'unsupported_version', 1],
      ['route_file_invalid', 'default_model', 4],
      ['unsupported_capability', undefined, 6],
      ['route_credentials_missing', undefined, 4],
      ['route_file_invalid', 'base_url', 10],
      ['route_credentials_missing', undefined, 7],
      ['route_file_invalid', 'default_route', 3],
    ])
    expect(report).toMatchObject({ ok: false, route_count: 2, default_route: null, routes: [] })
  })

  it('loading stops at the first', () => {
    expect(faultOf(() => loadRoutes(source, surroundings({})))?.fault).toMatchObject({
      reason: 'unknown_field',
      line: 2,
    })
  })
})

it('reads past a byte order mark', () => {
  const text = `\uFEFF${good.join('\n')}`
  expect(loadRoutes({ file: 'routes.toml', text }, surroundings({})).default_route).toBe('main')
})
