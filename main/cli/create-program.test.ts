import { describe, expect, test } from 'vitest'
import { createProgram } from './create-program'
import { placesOf } from './completion-words'
import { plain } from './testing'
import type { Terminal } from './terminal'

const never = () => {
  throw new Error('nobody asked for it')
}
const terminal: Terminal = {
  env: {},
  platform: 'linux',
  home: '/',
  version: '1',
  look: plain,
  resolve: never,
  out: never,
  err: never,
  outBytes: never,
  readInput: never,
  readBytes: never,
  readFile: never,
  readFileBytes: never,
  writeFile: never,
  onInterrupt: never,
  onTerminate: never,
  openKeychain: never,
}
const places = placesOf(createProgram({ terminal, run: never }))
const commands = places.filter(({ commands: below }) => below.length === 0)

test('what the issue promises is there', () => {
  const paths = places.map(({ path }) => path)
  for (const promised of [
    'serve,status,doctor,doctor routes,costs,logs,restart,completions',
    'runtime get,runtime set-model,runtime set-permission-mode',
    'secrets set,secrets get,secrets list,secrets delete,models list,models show',
    'sessions create,sessions list,sessions get,sessions input,sessions submit,sessions set-route,sessions events',
    'assets import,assets list,assets get,assets text,assets raw,assets references,assets graph',
    'assets delete,assets gc,images generate,images edit,images models',
    'permissions check,permissions rules,permissions allow,permissions ask,permissions deny,permissions forget',
    'approvals list,approvals resolve',
    'sessions interrupt,runs list,runs get,runs events,runs cancel,routes check',
  ]
    .join(',')
    .split(',')) {
    expect(paths).toContain(promised)
  }
})

describe('every command', () => {
  test.each(commands.map((place) => [place.path, place] as const))('%s', (_, { options, operands }) => {
    expect(options.map(({ name }) => name)).toContain('--json')
    for (const { name, about } of options) expect(about, name).toMatch(/\S/)
    expect(operands.length).toBeLessThan(3)
  })

  test('says in one line what it does', () => {
    for (const place of places)
      for (const { name, about } of place.commands) {
        expect(about, `${place.path} ${name}`).toMatch(/^[a-z].{8,}[^.]$/)
        expect(about).not.toContain('\n')
      }
  })
})
