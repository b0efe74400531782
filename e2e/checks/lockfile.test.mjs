import { expect, test } from 'vitest'
import { lockfileFindings } from './lockfile.mjs'

const found = (packages) =>
  lockfileFindings([{ path: 'package-lock.json', text: JSON.stringify({ packages }) }])
const tool = { optionalDependencies: { 'tool-linux': '1.0.0', 'tool-win32': '1.0.0' } }

test('every platform is in the lock, beside the package or further out', () => {
  expect(
    found({ 'node_modules/tool': tool, 'node_modules/tool-linux': {}, 'node_modules/tool-win32': {} }),
  ).toEqual([])
  expect(
    found({
      'node_modules/@a/b': {},
      'node_modules/@a/b/node_modules/tool': tool,
      'node_modules/@a/b/node_modules/tool-linux': {},
      'node_modules/tool-win32': {},
    }),
  ).toEqual([])
})

test('a platform that the registry did not serve is found', () => {
  expect(found({ 'node_modules/tool': tool, 'node_modules/tool-linux': {} })).toEqual([
    expect.stringContaining('node_modules/tool needs tool-win32'),
  ])
  expect(lockfileFindings([])).toHaveLength(1)
})
