import { expect, test } from 'vitest'
import { hasGraphicsCard } from './graphics-card'

test.each([
  ['linux', [], false],
  ['linux', ['/dev/snd'], false],
  ['linux', ['/dev/dri'], true],
  ['linux', ['/dev/nvidiactl'], true],
  ['linux', ['/dev/dxg'], true],
  ['darwin', [], true],
  ['win32', [], true],
] as const)('on %s with %j: %s', (platform, there: readonly string[], expected) => {
  expect(hasGraphicsCard(platform, (path) => there.includes(path))).toBe(expected)
})
