import { beforeEach, expect, test, vi } from 'vitest'
import type { KeptClipboard } from './kept-clipboard'
import { pasteWays, press, type PasteWay } from './press-paste'
import { createTyping } from './type-text'
import { wordsFor } from './words'

const words = wordsFor('en', 'en')
let content: string
let pasted: string[]
let isFocused: boolean
let ways: readonly PasteWay[]
beforeEach(() => {
  content = 'what was there'
  pasted = []
  isFocused = false
  ways = [{ program: 'keys', words: [] }]
})

const clipboard: KeptClipboard = {
  text: async () => content,
  put: async (text) => void (content = text),
  keep: async () => {
    const before = content
    return async () => void (content = before)
  },
}
const pressed = vi.fn(async ({ program }: PasteWay) => {
  if (program === 'broken') return false
  pasted.push(content)
  return true
})
const open = (pause: () => Promise<unknown> = async () => undefined) =>
  createTyping({
    clipboard: () => clipboard,
    ways: () => ways,
    press: pressed,
    isFocused: () => isFocused,
    words: () => words,
    pause,
  })

test('a text is pasted, and the clipboard is as before; two texts wait for each other', async () => {
  const type = open()
  expect(await Promise.all([type('one'), type('two')])).toEqual([{ is_typed: true }, { is_typed: true }])
  expect(pasted).toEqual(['one', 'two'])
  expect(content).toBe('what was there')
})

test('what somebody copies meanwhile stays', async () => {
  const type = open(async () => (content = 'newer'))
  await type('one')
  expect(content).toBe('newer')
})

test('the second way is taken where the first fails', async () => {
  ways = [{ program: 'broken', words: [] }, ...ways]
  expect(await open()('one')).toEqual({ is_typed: true })
})

test.each([
  ['no program', () => (ways = []), words.typedNoWay],
  ['a program that fails', () => (ways = [{ program: 'broken', words: [] }]), words.typedRefused],
])('with %s the text stays in the clipboard, and it is said', async (_, make, why) => {
  make()
  expect(await open()('one')).toEqual({ is_typed: false, why })
  expect(content).toBe('one')
})

test('with our own window in front nothing is typed, and the clipboard is left alone', async () => {
  isFocused = true
  expect(await open()('one')).toEqual({ is_typed: false })
  expect({ content, pasted }).toEqual({ content: 'what was there', pasted: [] })
})

test('programs are asked for where they are, and are told no text', () => {
  const all = (program: string) => `/bin/${program}`
  const names = (platform: NodeJS.Platform, env: Record<string, string>, find = all) =>
    pasteWays(platform, env, find).map(({ program }) => program)
  expect(names('linux', { DISPLAY: ':0' })).toEqual(['/bin/xdotool'])
  expect(names('linux', { WAYLAND_DISPLAY: 'w' })).toEqual(['/bin/wtype', '/bin/ydotool'])
  expect(pasteWays('linux', {}, () => undefined)).toEqual([])
  expect(names('darwin', {})).toEqual(['/usr/bin/osascript'])
  expect(names('win32', { SystemRoot: 'C:\\W' })[0]).toContain('powershell.exe')
})

test('a program that is not there, or fails, is no paste', async () => {
  expect(await press({ program: '/nowhere/at/all', words: [] })).toBe(false)
  expect(await press({ program: process.execPath, words: ['-e', 'process.exit(3)'] })).toBe(false)
  expect(await press({ program: process.execPath, words: ['-e', ''] })).toBe(true)
})
