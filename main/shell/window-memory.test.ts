import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recallWindow, rememberWindow, type WindowMemory } from './window-memory'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kheish-window-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what was remembered is recalled, and nothing else is left in the folder', () => {
  const memory: WindowMemory = {
    bounds: { x: 1, y: 2, width: 500, height: 600 },
    is_maximized: true,
    zoom_level: 1,
    theme: 'dark',
  }
  const file = join(folder, 'window', 'window.json')
  rememberWindow(file, memory)
  expect(recallWindow(file)).toEqual(memory)
  expect(readdirSync(join(folder, 'window'))).toEqual(['window.json'])
})
test.each([
  ['nothing'],
  ['{'],
  ['null'],
  ['[]'],
  ['{"bounds":{"x":"1"},"zoom_level":"big","theme":"red","is_maximized":1}'],
])('a file with %s is as new', (text) => {
  const file = join(folder, 'window.json')
  if (text !== 'nothing') writeFileSync(file, text)
  expect(recallWindow(file)).toEqual({ is_maximized: false, zoom_level: 0, theme: 'system' })
})
test('a place that cannot be written to costs nothing but the memory', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => rememberWindow(join(folder, 'file', 'window.json'), recallWindow('nowhere'))).not.toThrow()
})
