import { expect, test } from 'vitest'
import { wordFindings } from './words.mjs'

// Put together here, so that this file does not name what it looks for.
const registry = ['registry', 'npmjs', 'org'].join('.')

const found = (path, text) => wordFindings([{ path, text }])

test.each([
  ['main/shell/window-manager.ts', 'export const a = 1', 'ends in "manager"'],
  ['renderer/lib/utils.ts', 'export const a = 1', 'ends in "util"'],
  [
    'main/shell/windows.ts',
    '\nexport class WindowHelper {}',
    'main/shell/windows.ts:2  the class WindowHelper',
  ],
  ['main/shell/windows.ts', '// TODO: later', 'says TODO'],
  ['main/shell/windows.ts', `const a = '/home/ada/project'`, 'names a path of one machine'],
  ['README.md', 'see /root/notes', 'names a path of one machine'],
  ['.npmrc', `registry=https://${registry}/`, 'names a registry'],
])('%s with %j', (path, text, message) => {
  expect(found(path, text)).toEqual([expect.stringContaining(message)])
})

test('words that only look alike pass', () => {
  expect(found('main/daemon/store/database.ts', 'export class Database {}')).toEqual([])
  expect(found('main/shell/home.ts', `const a = 'kheish://home/start'; const b = '/key'`)).toEqual([])
  expect(found('main/shell/host.test.ts', `const a = '/home/ada/project'`)).toEqual([])
  expect(found('package-lock.json', `"https://${registry}/a"`)).toEqual([])
})

test('an exception needs a date and a reason', () => {
  const file = { path: 'main/a.ts', text: '// TODO' }
  expect(
    wordFindings([file], [{ path: 'main/a.ts', date: '2026-11-22', reason: 'quotes another program' }]),
  ).toEqual([])
  expect(wordFindings([file], [{ path: 'main/a.ts' }])).toHaveLength(1)
})
