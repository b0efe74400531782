import type { CheckedRoutesText } from '@contract/routes-file'
import { expect, test } from 'vitest'
import { say } from '../../../lib/words'
import { furtherEdits } from './further-edits'
import { choosableSources, keySourceOf, sourceEdits } from './key-source'
import { problemOf, problemsOf } from './problems'
import { ruleWords } from './rule-words'

const form = (default_route: string | null, ...ids: readonly string[]): CheckedRoutesText['form'] => ({
  default_route,
  routes: ids.map((route_id) => ({ route_id, fields: {} })),
})

test('a form never leaves a file that cannot tell its default', () => {
  const add = { kind: 'add_route', route_id: 'b', default_model: 'm' } as const
  const setTo = (value: string | null) => [{ kind: 'set', key: 'default_route', value }]
  expect(furtherEdits(add, form(null, 'a'), form(null, 'a', 'b'))).toEqual(setTo('a'))
  expect(furtherEdits(add, form('a', 'a'), form('a', 'a', 'b'))).toEqual([])
  const remove = { kind: 'remove_route', route_id: 'a' } as const
  expect(furtherEdits(remove, form('a', 'a', 'b'), form('a', 'b'))).toEqual(setTo('b'))
  expect(furtherEdits(remove, form('a', 'a'), form('a'))).toEqual(setTo(null))
  expect(furtherEdits(remove, form('b', 'a', 'b'), form('b', 'b'))).toEqual([])
})

test('where a key comes from, and that only one setting says so', () => {
  const from = (id: string, fields: Record<string, string | true>) =>
    keySourceOf(id, (key) => fields[key] ?? null)
  expect(from('x', { auth_ref: 'a' })).toBe('slot')
  expect(from('x', { api_key: true })).toBe('inline')
  expect(from('x', { api_key_env: 'A' })).toBe('variable')
  expect([from('openrouter', {}), from('x', {})]).toEqual(['standard', 'none'])
  expect(choosableSources('x', 'slot')).toEqual(['slot', 'variable'])
  expect(choosableSources('openrouter', 'inline')).toEqual(['slot', 'variable', 'inline', 'standard'])
  const keys = (source: 'slot' | 'variable' | 'standard') =>
    sourceEdits('x', source, 'openrouter.work').flatMap((edit) =>
      edit.kind === 'set' ? [[edit.key, edit.value] as const] : [],
    )
  expect(keys('slot')).toEqual([
    ['api_key', null],
    ['api_key_env', null],
    ['auth_ref', 'openrouter.work'],
  ])
  expect(keys('variable')).toEqual([
    ['auth_ref', null],
    ['api_key', null],
    ['api_key_env', 'OPENROUTER_API_KEY'],
  ])
  expect(keys('standard').map(([, value]) => value)).toEqual([null, null, null])
})

test('problems stand in the order of the text, in this window’s words where it has them', () => {
  const report = {
    errors: [
      { code: 'route_file_invalid', reason: 'base_url', detail: 'D', line: 9, column: 1, route_id: 'a' },
      { code: 'route_file_invalid', reason: 'of_tomorrow', detail: 'The daemon’s own.', line: 2 },
    ],
    warnings: [{ code: 'inline_api_key', message: 'M', line: 9, column: 1 }],
    // Only what is read.
  } as unknown as CheckedRoutesText['report']
  const problems = problemsOf(report, say(ruleWords))
  expect(problems.map(({ tone, line }) => [tone, line])).toEqual([
    ['error', 2],
    ['error', 9],
    ['warning', 9],
  ])
  expect(problems[0]?.words).toBe('The daemon’s own.')
  expect(problems[2]?.words).toBe(ruleWords.words.inline_api_key)
  expect(problemOf(problems, 'a', 'base_url')?.line).toBe(9)
  expect(problemOf(problems, 'b', 'base_url')).toBeUndefined()
})
