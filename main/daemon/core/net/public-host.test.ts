import { expect, test } from 'vitest'
import { isPublicHost } from './public-host'

test.each([
  ['example.com', true],
  ['8.8.8.8', true],
  ['10.0.0.1', false],
  ['localhost', false],
  ['printer.local', false],
  ['[::1]', false],
  ['[2606:4700::1111]', true],
  ['', false],
])('%j', (host, isPublic) => {
  expect(isPublicHost(host)).toBe(isPublic)
})
