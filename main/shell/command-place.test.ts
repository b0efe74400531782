import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCommandPlace } from './command-place'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kheish-command-'))
})
afterEach(() => rm(home, { recursive: true }))

const text = '#!/bin/sh\n# ours\n'
const place = (env = {}) => {
  const folder = join(home, '.local', 'bin')
  return createCommandPlace({
    launcher: { folder, path: join(folder, 'kheish'), text, mode: 0o755 },
    isLauncher: (found) => found.includes('# ours'),
    env,
  })
}

test('is written where a shell looks, can be run, and goes away again', async () => {
  const folder = join(home, '.local', 'bin')
  const path = join(folder, 'kheish')
  const here = place({ PATH: `/usr/bin:${folder}/` })
  expect(await here.look()).toEqual({ state: 'absent', path, folder, is_on_path: true })
  expect(await here.set(true)).toMatchObject({ state: 'installed' })
  expect(await readFile(path, 'utf8')).toBe(text)
  expect((await stat(path)).mode & 0o777).toBe(0o755)
  expect(await here.set(true)).toMatchObject({ state: 'installed' })
  expect(await here.set(false)).toMatchObject({ state: 'absent' })
})

test('another program of that name is left alone', async () => {
  const folder = join(home, '.local', 'bin')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'kheish'), 'theirs')
  for (const isWanted of [true, false])
    expect(await place().set(isWanted)).toMatchObject({ state: 'other', is_on_path: false })
  expect(await readFile(join(folder, 'kheish'), 'utf8')).toBe('theirs')
})

test('a folder that cannot be made is said', async () => {
  await writeFile(join(home, '.local'), 'a file in the way')
  await expect(place().set(true)).rejects.toMatchObject({ fault: { code: 'call_refused' } })
  expect(await place().look()).toMatchObject({ state: 'absent' })
})
