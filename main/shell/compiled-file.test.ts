import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readCompiled, writeCompiled } from './compiled-file'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kheish-compiled-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const scripts = new Map([
  ['a.js', Buffer.from([1, 2, 3])],
  ['empty.js', Buffer.alloc(0)],
  ['ä.js', Buffer.from('what V8 made')],
])

it('reads what was written, in folders that were not there', () => {
  const file = join(folder, 'new', 'compiled.bin')
  writeCompiled(file, scripts)
  expect(readCompiled(file)).toEqual(scripts)
})

it('reads nothing where there is nothing', () => {
  expect(readCompiled(join(folder, 'compiled.bin')).size).toBe(0)
})

it('reads nothing of a file of which any byte is another, or the end is missing', () => {
  const file = join(folder, 'compiled.bin')
  writeCompiled(file, scripts)
  const whole = readFileSync(file)
  for (let at = 0; at < whole.length; at++) {
    const damaged = Buffer.from(whole)
    damaged[at]! ^= 1
    writeFileSync(file, damaged)
    expect(readCompiled(file).size).toBe(0)
    writeFileSync(file, whole.subarray(0, at))
    expect(readCompiled(file).size).toBe(0)
  }
})
