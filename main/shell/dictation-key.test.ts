import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createDictationKey, desktopOf, type DictationKeyNeeds } from './dictation-key'
import { wordsFor } from './words'

const words = wordsFor('en', 'en')
let held: Map<string, () => void>
let isFree: boolean
let isFocused: boolean
const pressed = vi.fn()
beforeEach(() => {
  held = new Map()
  isFree = true
  isFocused = false
  pressed.mockClear()
})

const open = (desktop: DictationKeyNeeds['desktop'] = 'x11') =>
  createDictationKey({
    keys: {
      register: (accelerator, press) => {
        if (accelerator === 'F13') throw new TypeError('conversion failure')
        if (isFree) held.set(accelerator, press)
        return isFree
      },
      unregister: (accelerator) => void held.delete(accelerator),
    },
    desktop,
    isFocused: () => isFocused,
    pressed,
    words: () => words,
  })
const on = { dictation_everywhere: true, shortcuts: {} }
const usual = 'CmdOrCtrl+Shift+Space'

describe('the dictation key', () => {
  test('is taken when it is wanted, follows the choice, and is given back', () => {
    const key = open()
    expect(key.state()).toEqual({ state: 'off', accelerator: '' })
    key.follow(on)
    expect([...held.keys()]).toEqual([usual])
    held.get(usual)?.()
    expect(pressed).toHaveBeenCalledWith(false)
    key.follow({ ...on, shortcuts: { dictate: '$mod+Alt+KeyD' } })
    expect([...held.keys()]).toEqual(['CmdOrCtrl+Alt+D'])
    expect(key.state()).toEqual({ state: 'registered', accelerator: 'CmdOrCtrl+Alt+D' })
    key.follow({ ...on, dictation_everywhere: false })
    expect(held.size).toBe(0)
    expect(key.state().state).toBe('off')
  })

  test('is our window’s own while that is in front', () => {
    const key = open()
    isFocused = true
    key.follow(on)
    expect(held.size).toBe(0)
    expect(key.state().state).toBe('registered')
    key.focused(false)
    expect(held.size).toBe(1)
    key.focused(true)
    expect(held.size).toBe(0)
  })

  test('that can’t be had is said in one sentence', () => {
    isFree = false
    const key = open()
    key.follow(on)
    expect(key.state()).toEqual({ state: 'refused', accelerator: usual, why: words.dictationKeyTaken })
    key.follow({ ...on, shortcuts: { dictate: '' } })
    expect(key.state()).toMatchObject({ state: 'refused', why: words.dictationKeyNone })
    key.follow({ ...on, shortcuts: { dictate: 'F13' } })
    expect(key.state()).toMatchObject({ state: 'refused', why: words.dictationKeyTaken })
  })

  test('on Wayland is the desktop’s to give', () => {
    const closed = open('closed')
    closed.follow(on)
    expect(held.size).toBe(0)
    expect(closed.state()).toMatchObject({ state: 'refused', why: words.dictationKeyClosed })
    const portal = open('portal')
    portal.follow(on)
    expect(portal.state()).toMatchObject({ state: 'registered', why: words.dictationKeyPortal })
    portal.focused(true)
    expect(held.size).toBe(1)
  })
})

test.each([
  [{ XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' }, 'linux', false, 45, 'x11'],
  [{ WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'linux', false, 45, 'closed'],
  [{ XDG_SESSION_TYPE: 'wayland' }, 'linux', true, 33, 'closed'],
  [{ XDG_SESSION_TYPE: 'wayland' }, 'linux', true, 45, 'portal'],
  [{}, 'darwin', false, 45, 'x11'],
] as const)('%j on %s, Wayland program %s, Electron %s: %s', (env, platform, wayland, electron, expected) => {
  expect(desktopOf(env, platform, wayland, electron)).toBe(expected)
})
