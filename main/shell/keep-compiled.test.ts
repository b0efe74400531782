import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readCompiled } from './compiled-file'
import { keepScripts } from './keep-compiled'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kheish-keep-'))
  mkdirSync(join(folder, 'code'))
  writeFileSync(join(folder, 'code/sum.js'), "exports.sum = require('./one').one + 1")
  writeFileSync(
    join(folder, 'code/one.js'),
    'exports.one = 1; exports.where = [__filename, __dirname, require.main]',
  )
})
const require = createRequire(import.meta.url)
const ordinary = require.extensions['.js']
afterEach(() => {
  require.extensions['.js'] = ordinary
  rmSync(folder, { recursive: true, force: true })
})

/** As a process of its own would do it. */
function start(): unknown {
  const code = join(folder, 'code')
  for (const file of Object.keys(require.cache)) if (file.startsWith(code)) delete require.cache[file]
  require.extensions['.js'] = ordinary
  keepScripts(code, join(folder, 'compiled.bin'), 0)
  return require(join(code, 'sum.js'))
}
const kept = () =>
  [...readCompiled(join(folder, 'compiled.bin'))].map(([name, { length }]) => [name, length > 0])
const both = [
  ['sum.js', true],
  ['one.js', true],
]

it('runs what it loads, and keeps what V8 made of it', async () => {
  expect(start()).toEqual({ sum: 2 })
  expect(require(join(folder, 'code/one.js'))).toMatchObject({
    where: [join(folder, 'code/one.js'), join(folder, 'code'), require.main],
  })
  await vi.waitFor(() => expect(kept()).toEqual(both))
  expect(start()).toEqual({ sum: 2 })
})

it('does without what is damaged or of another text, and puts it right', async () => {
  writeFileSync(join(folder, 'compiled.bin'), 'not what V8 made')
  expect(start()).toEqual({ sum: 2 })
  await vi.waitFor(() => expect(kept()).toEqual(both))
  const [sum] = readCompiled(join(folder, 'compiled.bin')).values()
  writeFileSync(join(folder, 'code/sum.js'), "exports.sum = require('./one').one + 1000000")
  expect(start()).toEqual({ sum: 1000001 })
  await vi.waitFor(() => expect([...readCompiled(join(folder, 'compiled.bin')).values()][0]).not.toEqual(sum))
})

it('starts where nothing can be written', () => {
  mkdirSync(join(folder, 'compiled.bin'))
  expect(start()).toEqual({ sum: 2 })
})
