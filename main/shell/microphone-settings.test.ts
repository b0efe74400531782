import { expect, test, vi } from 'vitest'
import { microphoneSettings, openMicrophoneSettings } from './microphone-settings'

test('each system has its own place, and some have none', () => {
  const nothing = () => undefined
  expect(microphoneSettings('darwin', nothing)).toHaveProperty('address')
  expect(microphoneSettings('win32', nothing)).toEqual({ address: 'ms-settings:privacy-microphone' })
  expect(microphoneSettings('linux', nothing)).toBeUndefined()
  const find = (name: string) => (name === 'pavucontrol' ? '/bin/pavucontrol' : undefined)
  expect(microphoneSettings('linux', find)).toEqual({ program: '/bin/pavucontrol', words: [] })
})

test('whether it opened is said', async () => {
  const open = vi.fn(async () => undefined)
  expect(await openMicrophoneSettings(undefined, open)).toBe(false)
  expect(await openMicrophoneSettings({ address: 'a:b' }, open)).toBe(true)
  expect(await openMicrophoneSettings({ address: 'a:b' }, () => Promise.reject(new Error('no')))).toBe(false)
  expect(await openMicrophoneSettings({ program: '/nowhere/at/all', words: [] }, open)).toBe(false)
  expect(await openMicrophoneSettings({ program: process.execPath, words: ['-e', ''] }, open)).toBe(true)
})
