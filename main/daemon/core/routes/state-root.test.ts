import { expect, it } from 'vitest'
import type { Machine } from './state-root'
import { stateRootFor } from './state-root'

it.each<[string, Machine, string]>([
  ['Linux', { env: {}, platform: 'linux', home: '/home/ada' }, '/home/ada/.config/Kheish'],
  [
    'Linux with XDG',
    { env: { XDG_CONFIG_HOME: '/cfg' }, platform: 'linux', home: '/home/ada' },
    '/cfg/Kheish',
  ],
  [
    'Linux with a relative XDG',
    { env: { XDG_CONFIG_HOME: 'cfg' }, platform: 'linux', home: '/home/ada' },
    '/home/ada/.config/Kheish',
  ],
  [
    'Linux with an empty XDG',
    { env: { XDG_CONFIG_HOME: '' }, platform: 'linux', home: '/home/ada' },
    '/home/ada/.config/Kheish',
  ],
  [
    'macOS',
    { env: {}, platform: 'darwin', home: '/Users/ada' },
    '/Users/ada/Library/Application Support/Kheish',
  ],
  [
    'Windows',
    { env: { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, platform: 'win32', home: 'C:\\Users\\ada' },
    'C:\\Users\\ada\\AppData\\Roaming\\Kheish',
  ],
  [
    'Windows without APPDATA',
    { env: {}, platform: 'win32', home: 'C:\\Users\\ada' },
    'C:\\Users\\ada\\AppData\\Roaming\\Kheish',
  ],
  [
    'anywhere, by choice',
    {
      env: { KHEISH_STATE_ROOT: '/srv/kheish', XDG_CONFIG_HOME: '/cfg' },
      platform: 'linux',
      home: '/home/ada',
    },
    '/srv/kheish',
  ],
  [
    'an empty choice',
    { env: { KHEISH_STATE_ROOT: ' ' }, platform: 'darwin', home: '/Users/ada' },
    '/Users/ada/Library/Application Support/Kheish',
  ],
])('%s', (_name, machine, root) => {
  expect(stateRootFor(machine)).toBe(root)
})
