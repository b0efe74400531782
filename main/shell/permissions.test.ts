import { expect, test, vi } from 'vitest'
import { appOrigin } from './origin'
import { isPermitted } from './permissions'

vi.mock('electron', () => ({}))

const ours = { permission: 'media', origin: appOrigin, isMainFrame: true, media: ['audio'] }

test('our own page may listen and copy', () => {
  expect(isPermitted(ours)).toBe(true)
  expect(isPermitted({ ...ours, origin: `${appOrigin}/` })).toBe(true)
  expect(isPermitted({ ...ours, permission: 'clipboard-sanitized-write', media: [] })).toBe(true)
})

test.each([
  ['a camera', { media: ['video'] }],
  ['a camera beside the microphone', { media: ['audio', 'video'] }],
  ['something that says no kind', { media: [] }],
  ['a frame in the page', { isMainFrame: false }],
  ['the page that draws', { origin: 'app://diagrams' }],
  ['another page', { origin: 'https://kheish' }],
  ['nobody', { origin: '' }],
  ['where somebody is', { permission: 'geolocation' }],
  ['the screen', { permission: 'display-capture' }],
])('%s is refused', (_, odd) => {
  expect(isPermitted({ ...ours, ...odd })).toBe(false)
})
