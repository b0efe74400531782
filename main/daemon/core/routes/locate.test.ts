import { fc, test } from '@fast-check/vitest'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import type { KeyPath } from './read-toml'
import { locate, nameKeys, placeOf } from './locate'

const sample = [
  '# [routes.fake]',
  'version = 1 # version = 2',
  'default_route = """',
  'default_route = "x"',
  '[routes.other]"""',
  '',
  '[ routes . "ma\\u0069n.x" ]',
  '  driver = "open\\"router"',
  "  'default_model' = 'm[1]'",
  'list = [ "a", # ]',
  '  { driver = 1 }, [',
  '] ]',
  'base_url = { a.b = 1, "c" = [1, 2] }',
  '[[many]]',
  'x = 1979-05-27T07:32:00Z',
  '[routes]',
  'second.driver = "openrouter"',
].join('\r\n')

describe('places in a routes file', () => {
  it.each<[KeyPath, number, number]>([
    [['version'], 2, 1],
    [['default_route'], 3, 1],
    [['routes'], 7, 3],
    [['routes', 'main.x'], 7, 12],
    [['routes', 'main.x', 'driver'], 8, 3],
    [['routes', 'main.x', 'default_model'], 9, 3],
    [['routes', 'main.x', 'list'], 10, 1],
    [['routes', 'main.x', 'base_url'], 13, 1],
    [['routes', 'main.x', 'base_url', 'a'], 13, 14],
    [['routes', 'main.x', 'base_url', 'a', 'b'], 13, 16],
    [['routes', 'main.x', 'base_url', 'c'], 13, 23],
    [['many'], 14, 3],
    [['many', 'x'], 15, 1],
    [['routes', 'second'], 17, 1],
    [['routes', 'second', 'driver'], 17, 8],
  ])('%j', (path, line, column) => {
    expect(() => parse(sample)).not.toThrow()
    expect(locate(sample, path)).toEqual({ line, column })
  })

  it.each<[KeyPath]>([[['routes', 'fake']], [['routes', 'other']], [['routes', 'main']], [['driver']], [[]]])(
    '%j is not named',
    (path) => {
      expect(locate(sample, path)).toBeUndefined()
    },
  )
})

it('steps over endless keys', () => {
  const text = `${'a.'.repeat(50_000)}a = 1\nversion = 1`
  expect(locate(text, ['version'])).toEqual({ line: 2, column: 1 })
})

/** A text in pieces, some of which are keys whose path is known. */
type Piece = string | { readonly key: string; readonly path: KeyPath }

const spellings = fc.constantFrom(
  (name: string) => name,
  (name: string) => `"${name}"`,
  (name: string) => `'${name}'`,
  (name: string) => `"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}"`,
)
const gap = fc.constantFrom('', ' ', '\t', '  ')
const confusing = fc
  .array(fc.constantFrom('[routes.x]', '# no', 'a = 1', '=', ' ', "{ b = '", 'é', '😀', ',', ']', '}', '.'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''))
const simpleValue = fc.oneof(
  fc.constantFrom(
    '1',
    '-0.5',
    '1_000',
    'true',
    'inf',
    '1979-05-27T07:32:00Z',
    '1979-05-27 07:32:00',
    '07:32:00',
    '""',
    "''",
    '""""""',
  ),
  confusing.map((text) => JSON.stringify(`${text}"\\`)),
  confusing.map((text) => `'${text.replaceAll("'", '"')}'`),
  confusing.map((text) => `"""\n${text}\\"" \\\\\n[fake]\n${text}"""""`),
  confusing.map((text) => `'''${text.replaceAll("'", '')}\n# "\n''x'''`),
)
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simpleValue,
    fc
      .array(tie('value'), { maxLength: 3 })
      .map((items) => `[ # ] "\n${items.map((item) => `${item},\n`).join('')}]`),
    fc
      .array(tie('value'), { maxLength: 2 })
      .map((items) => `{ ${items.map((item, index) => `k${index} = ${item}`).join(', ')} }`),
  ),
}))

const blank = fc.constantFrom('', '# [comment] = "', '   # x = 1')
const setting = fc.record({
  spell: fc.array(spellings, { minLength: 1, maxLength: 3 }),
  around: gap,
  value,
  inline: fc.boolean(),
})
const section = fc.record({
  header: fc.array(spellings, { minLength: 1, maxLength: 3 }),
  around: gap,
  settings: fc.array(fc.tuple(blank, setting), { maxLength: 4 }),
})

/** Renders a file with names that are all different, so that it is valid whatever was drawn. */
function render(
  sections: readonly (typeof section extends fc.Arbitrary<infer S> ? S : never)[],
  eol: string,
) {
  let count = 0
  const fresh = () => `k${(count += 1)}-x`
  const pieces: Piece[] = []
  const dotted = (spell: readonly ((name: string) => string)[], around: string, table: KeyPath): KeyPath => {
    let path = table
    spell.forEach((asWritten, index) => {
      const name = fresh()
      path = [...path, name]
      pieces.push(index > 0 ? `${around}.${around}` : '', { key: asWritten(name), path })
    })
    return path
  }
  sections.forEach(({ header, around, settings }, index) => {
    let table: KeyPath = []
    if (index > 0) {
      pieces.push(around, '[', around)
      table = dotted(header, around, [])
      pieces.push(around, ']', around, '# ]\n')
    }
    for (const [before, { spell, around: space, value: text, inline }] of settings) {
      pieces.push(before, '\n', space)
      const path = dotted(spell, space, table)
      pieces.push(space, '=', space)
      if (inline) {
        pieces.push('{', space)
        dotted(spell, space, path)
        pieces.push('=', text, space, '}')
      } else pieces.push(text)
      pieces.push(space, '# = "\n')
    }
  })
  const keys: { readonly path: KeyPath; readonly offset: number }[] = []
  let text = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece.replaceAll('\n', eol)
    else {
      keys.push({ path: piece.path, offset: text.length })
      text += piece.key
    }
  }
  return { text, keys }
}

test.prop([fc.array(section, { minLength: 1, maxLength: 4 }), fc.constantFrom('\n', '\r\n')], {
  numRuns: 300,
})('finds every key of a generated file where it was written', (sections, eol) => {
  const { text, keys } = render(sections, eol)
  expect(() => parse(text)).not.toThrow()
  const named = nameKeys(text)
  for (const key of keys) expect(named).toContainEqual(key)
  const written = new Set(keys.map((key) => JSON.stringify(key.path)))
  // What else it names stands in inline tables of drawn values.
  for (const { path } of named)
    expect(written.has(JSON.stringify(path)) || path.some((part) => /^k\d+$/.test(part))).toBe(true)
})

test.prop([fc.string({ unit: fc.constantFrom(...'[]{}"\'\\=.,#ab \n\r\té') })], { numRuns: 2000 })(
  'ends on any text, valid or not',
  (text) => {
    for (const { offset } of nameKeys(text)) expect(placeOf(text, offset).line).toBeGreaterThan(0)
  },
)
