import { fc, test } from '@fast-check/vitest'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import type { RoutesEdit } from '@contract/routes-file'
import { editRoutes } from './edit-routes'

const edit = (text: string, change: RoutesEdit) => editRoutes(text, change, parse)
const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('')
const set = (
  route_id: string | undefined,
  key: string,
  value: string | boolean | number | null,
): RoutesEdit => ({
  kind: 'set',
  ...(route_id === undefined ? {} : { route_id }),
  key,
  value,
})

const file = lines(
  '# My routes',
  '',
  'version = 1   # the format',
  '',
  '# The fast one',
  '[routes.main]  # here',
  '  driver = "openrouter"',
  "  default_model = 'openai/gpt' # cheap",
  '  # image_edit = false',
  '',
  '[routes."x.y"]',
  'driver = "openrouter"',
)

describe('an edit keeps everything else to the letter', () => {
  it.each<[string, RoutesEdit, string]>([
    [
      'a value is replaced where it stands, in the quotes that it had',
      set('main', 'default_model', 'google/gemini'),
      file.replace('openai/gpt', 'google/gemini'),
    ],
    [
      'a text that the quotes can not hold gets others',
      set('main', 'default_model', 'it\'s\n"\\\u0001\u007f'),
      file.replace("'openai/gpt'", `"it's\\n\\"\\\\\\u0001\\u007f"`),
    ],
    [
      'a new key of a route stands under its last one, indented like it',
      set('main', 'image_edit', false),
      file.replace('# cheap\n', '# cheap\n  image_edit = false\n'),
    ],
    [
      'a new key at the top stands under the last one there',
      set(undefined, 'default_route', 'main'),
      file.replace('# the format\n', '# the format\ndefault_route = "main"\n'),
    ],
    [
      'a comment behind a key that goes away stays',
      set('main', 'default_model', null),
      file.replace("default_model = 'openai/gpt' ", ''),
    ],
    [
      'a key that goes away takes its line along',
      set('x.y', 'driver', null),
      file.slice(0, -lines('driver = "openrouter"').length),
    ],
    ['a key that is not there goes away without a trace', set('main', 'base_url', null), file],
    [
      'a new route stands at the end',
      { kind: 'add_route', route_id: 'a b', default_model: 'm' },
      file +
        lines(
          '',
          '[routes."a b"]',
          'driver = "openrouter"',
          'default_model = "m"',
          'model_support = "any"',
          'auth_ref = "openrouter.primary"',
        ),
    ],
    [
      'a route goes away with its lines, and leaves the comments',
      { kind: 'remove_route', route_id: 'main' },
      lines(
        '# My routes',
        '',
        'version = 1   # the format',
        '',
        '# The fast one',
        '# here',
        '  # cheap',
        '  # image_edit = false',
        '',
        '[routes."x.y"]',
        'driver = "openrouter"',
      ),
    ],
    [
      'the last route goes away with the gap above it',
      { kind: 'remove_route', route_id: 'x.y' },
      file.slice(0, file.indexOf('\n[routes."x.y"]')),
    ],
    [
      'a route gets another name',
      { kind: 'rename_route', route_id: 'x.y', to: 'z' },
      file.replace('"x.y"', 'z'),
    ],
  ])('%s', (_what, change, after) => {
    expect(edit(file, change)).toBe(after)
    expect(edit(file.replaceAll('\n', '\r\n'), change)).toBe(after.replaceAll('\n', '\r\n'))
    expect(edit(`\uFEFF${file}`, change)).toBe(`\uFEFF${after}`)
  })

  it('the default follows a new name', () => {
    const text = lines('default_route = "a" # mine', 'routes.a.driver = "openrouter"')
    expect(edit(text, { kind: 'rename_route', route_id: 'a', to: 'b c' })).toBe(
      lines('default_route = "b c" # mine', 'routes."b c".driver = "openrouter"'),
    )
  })

  it('a new route takes its key from the slot that is in use', () => {
    const text = lines('[routes.a]', 'auth_ref = "lab.key"')
    const after = edit(text, { kind: 'add_route', route_id: 'b', default_model: 'm' })
    expect(Object(parse(after ?? ''))).toMatchObject({ routes: { b: { auth_ref: 'lab.key' } } })
  })

  it('a key at the top never lands under a header, nor between a header and its comment', () => {
    const text = lines('# About', '', '# A', '[routes.a]', 'driver = "x"')
    expect(edit(text, set(undefined, 'version', 1))).toBe(
      lines('# About', '', 'version = 1', '', '# A', '[routes.a]', 'driver = "x"'),
    )
    expect(edit('', set(undefined, 'version', 1))).toBe('version = 1\n')
    expect(edit('# only', set(undefined, 'version', 1))).toBe('# only\nversion = 1\n')
  })

  it.each<[string, string, RoutesEdit, string]>([
    [
      'inline',
      '[routes]\na = { driver = "x" }',
      set('a', 'y', true),
      '[routes]\na = { driver = "x", y = true }',
    ],
    ['inline, empty', 'routes = { a = {} }', set('a', 'y', 1), 'routes = { a = { y = 1} }'],
    ['inline, replaced', "routes.a = {k='1'}#", set('a', 'k', '2'), "routes.a = {k='2'}#"],
    ['inline, first away', 'routes.a = { k = 1, l = 2 }', set('a', 'k', null), 'routes.a = { l = 2 }'],
    ['inline, last away', 'routes.a = { k = 1, l = 2 }', set('a', 'l', null), 'routes.a = { k = 1 }'],
    ['inline, only away', 'routes.a = { k = 1 }', set('a', 'k', null), 'routes.a = { }'],
    ['dotted', '[routes]\na.k = 1\nb.k = 2', set('a', 'l', 1), '[routes]\na.k = 1\na.l = 1\nb.k = 2'],
    [
      'dotted, inline',
      'routes = { a.k = 1, b.k = 2 }',
      set('a', 'l', 1),
      'routes = { a.k = 1, b.k = 2, a.l = 1 }',
    ],
    [
      'many lines',
      '[routes.a]\nk = """\n[no]\nk = 2\n"""\nl = 1',
      set('a', 'k', 'x'),
      '[routes.a]\nk = "x"\nl = 1',
    ],
    [
      'within an inline table',
      'routes = { a = { k = 1 } }',
      { kind: 'add_route', route_id: 'b', default_model: 'm' },
      'routes = { a = { k = 1 }, b = { driver = "openrouter", default_model = "m", model_support = "any", auth_ref = "openrouter.primary" } }',
    ],
    [
      'everywhere',
      '[routes.a]\nk = 1\n[routes.b]\nk = 1\n[routes.a.deep]\nk = 1',
      { kind: 'remove_route', route_id: 'a' },
      '[routes.b]\nk = 1\n',
    ],
  ])('written %s', (_how, text, change, after) => {
    expect(edit(text, change)?.trimEnd()).toBe(after.trimEnd())
  })

  it.each<[string, RoutesEdit]>([
    ['[routes.a]\nk = 1', set('b', 'k', 1)],
    ['[routes.a]\nk = 1', { kind: 'remove_route', route_id: 'b' }],
    ['[routes.a]\nk = 1', { kind: 'add_route', route_id: 'a', default_model: 'm' }],
    ['[routes.a]\nk = 1\n[routes.b]', { kind: 'rename_route', route_id: 'a', to: 'b' }],
    ['[routes.a.k]\nx = 1', set('a', 'k', 1)],
    ['[routes.a.k]\nx = 1', set('a', 'k', null)],
    ['[[routes.a]]\nk = 1', set('a', 'k', 2)],
    ['routes = 1', { kind: 'add_route', route_id: 'a', default_model: 'm' }],
    ['[routes.a]\nk = 1', set('a', 'k', '\uD800')],
  ])('%j has no place for %j', (text, change) => {
    expect(edit(text, change)).toBeUndefined()
  })
})

interface Drawn {
  readonly name: string
  readonly fields: readonly { readonly key: string; readonly text: string }[]
  readonly style: 'header' | 'inline' | 'dotted' | 'header, dotted apart'
  readonly isCommented: boolean
}

const names = fc.constantFrom('main', 'x.y', 'a b', 'quiet', 'ü"\\', '1', '')
const keys = fc.constantFrom('driver', 'default_model', 'auth_ref', 'image_edit', 'odd key', 'api_key')
const texts = fc.constantFrom(
  '"openrouter"',
  "'it # is'",
  '"a \\"#\\" = [b]"',
  '"""\n[routes.fake]\n  # no\n"""',
  "'''x\n = 1'''",
  'true',
  '42',
  '[1, "#]", { a = 1 }, # c\n]',
  '1979-05-27 07:32:00',
)
const route = fc.record<Drawn>({
  name: names,
  fields: fc.uniqueArray(fc.record({ key: keys, text: texts }), { selector: ({ key }) => key, minLength: 1 }),
  style: fc.constantFrom('header', 'inline', 'dotted', 'header, dotted apart'),
  isCommented: fc.boolean(),
})
const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.integer(), fc.constant(null))
const anyEdit: fc.Arbitrary<RoutesEdit> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), key: fc.constantFrom('version', 'default_route'), value }),
  fc.record({ kind: fc.constant('set' as const), route_id: names, key: keys, value }),
  fc.record({ kind: fc.constant('add_route' as const), route_id: names, default_model: fc.string() }),
  fc.record({ kind: fc.constant('remove_route' as const), route_id: names }),
  fc.record({ kind: fc.constant('rename_route' as const), route_id: names, to: names }),
)

function render(top: readonly string[], routes: readonly Drawn[], eol: string) {
  let count = 0
  const comments: string[] = []
  const comment = (): string => {
    comments.push(`# ${String((count += 1))} "[=`)
    return comments.at(-1) ?? ''
  }
  const spell = (name: string) => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name))
  const parts = [...top.map((line) => `${line} ${comment()}`), '']
  // What has no header has to come before the first.
  for (const { name, fields, style } of routes) {
    const id = spell(name)
    const pairs = fields.map(({ key, text }) => `${spell(key)} = ${text}`)
    if (style === 'inline') {
      const whole = pairs.map((pair) =>
        pair
          .replace(/, # c\n/g, '')
          .replaceAll(/"""\n|\n"""|'''/g, "'")
          .replaceAll('\n', ' '),
      )
      parts.push(`routes.${id} = { ${whole.join(', ')} } ${comment()}`)
    }
    if (style === 'dotted') parts.push(...pairs.map((pair) => `routes . ${id}.${pair} ${comment()}`))
  }
  for (const { name, fields, style, isCommented } of routes) {
    if (!style.startsWith('header')) continue
    if (isCommented) parts.push('', comment())
    parts.push(`[ routes.${spell(name)} ] ${isCommented ? comment() : ''}`)
    for (const { key, text } of fields) parts.push(`\t${spell(key)}=${text}${isCommented ? comment() : ''}`)
    if (isCommented) parts.push(`  ${comment()}`, '')
  }
  return { text: parts.join('\n').replaceAll('\n', eol), comments }
}

test.prop(
  [
    fc.subarray(['version = 1', 'default_route = "main"']),
    fc.uniqueArray(route, { selector: ({ name }) => name, maxLength: 4 }),
    fc.constantFrom('\n', '\r\n'),
    fc.array(anyEdit, { minLength: 1, maxLength: 3 }),
  ],
  { numRuns: 1_000 },
)('after any edit the file says what was asked, and nothing else or less', (top, routes, eol, edits) => {
  const { text, comments } = render(top, routes, eol)
  let now = text
  for (const change of edits) {
    const before = Object(parse(now)) as { routes?: Record<string, Record<string, unknown>> }
    const after = edit(now, change)
    const known = before.routes ?? {}
    const mayDo =
      change.kind === 'add_route'
        ? !Object.hasOwn(known, change.route_id)
        : change.route_id === undefined ||
          (Object.hasOwn(known, change.route_id) &&
            !(change.kind === 'rename_route' && Object.hasOwn(known, change.to)))
    if (!mayDo) {
      expect(after).toBeUndefined()
      continue
    }
    // What it says is checked against the parser by the edit itself; here it must never give up.
    expect(after).toBeTypeOf('string')
    now = after ?? ''
    for (const comment of comments) expect(now.split(comment)).toHaveLength(2)
    expect({ routes: {}, ...Object(parse(now)) }).toEqual({ routes: {}, ...applied(before, change) })
    const untouched = routes.filter(({ name, style }) => name !== change.route_id && style === 'header')
    if (edits.length > 1) continue
    for (const { fields } of untouched)
      for (const { text: spelled } of fields) expect(now).toContain(`=${spelled}`.replaceAll('\n', eol))
    if (text.includes('\r\n')) expect(/[^\r]\n/.test(now)).toBe(false)
  }
})

/** Said again, independently: on a copy, by plain assignment. */
function applied(before: object, change: RoutesEdit): Record<string, unknown> {
  const root = { ...before } as Record<string, unknown>
  const routes = { ...(root['routes'] as Record<string, Record<string, unknown>> | undefined) }
  const put = (table: Record<string, unknown>, key: string, to: unknown) => {
    if (to === null) delete table[key]
    else table[key] = to
  }
  if (change.kind === 'set' && change.route_id === undefined) {
    put(root, change.key, change.value)
    return root
  }
  const id = change.route_id ?? ''
  if (change.kind === 'set') {
    const entry = { ...routes[id] }
    put(entry, change.key, change.value)
    routes[id] = entry
  }
  if (change.kind === 'remove_route') delete routes[id]
  if (change.kind === 'rename_route') {
    routes[change.to] = routes[id] ?? {}
    if (change.to !== id) delete routes[id]
    if (root['default_route'] === id) root['default_route'] = change.to
  }
  if (change.kind === 'add_route') {
    const slot = Object.values(routes).find((entry) => typeof entry['auth_ref'] === 'string')?.['auth_ref']
    routes[id] = {
      driver: 'openrouter',
      default_model: change.default_model,
      model_support: 'any',
      auth_ref: slot ?? 'openrouter.primary',
    }
  }
  root['routes'] = routes
  return root
}
