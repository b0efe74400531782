import { expect, test } from 'vitest'
import { mediaEnvironment } from './media-child'

test('the process that looks at files knows where things are, and no key', () => {
  const env = {
    PATH: '/bin',
    HOME: '/home/a',
    LC_ALL: 'C',
    XDG_CACHE_HOME: '/c',
    OPENROUTER_API_KEY: 'sk-or-v1-secret',
    MY_TOKEN: 'x',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/bus',
    LANG: undefined,
  }
  expect(mediaEnvironment(env)).toEqual({ PATH: '/bin', HOME: '/home/a', LC_ALL: 'C', XDG_CACHE_HOME: '/c' })
})
