import { expect, test } from 'vitest'
import { purityFindings } from './purity.mjs'

const found = (text, path = 'main/daemon/core/a.ts') => purityFindings([{ path, text }])

test.each(['Date.now()', 'new Date()', 'Date()', 'Math.random()', "process['env']", 'crypto.randomUUID()'])(
  '%s',
  (text) => {
    expect(found(`\nconst a = ${text}`)).toEqual([expect.stringContaining('main/daemon/core/a.ts:2  ')])
  },
)

test('a moment that is given passes, and so does the clock elsewhere and in tests', () => {
  expect(found('const a = new Date(at).toISOString()')).toEqual([])
  expect(found('Date.now()', 'main/daemon/system/clock.ts')).toEqual([])
  expect(found('Date.now()', 'main/daemon/core/a.test.ts')).toEqual([])
})
