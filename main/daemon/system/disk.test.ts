import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemDisk } from './disk'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kheish-disk-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the probe', () => {
  test('writes and leaves nothing behind', async () => {
    expect(await systemDisk.probe(folder, 5_000)).toBeUndefined()
    expect(await readdir(folder)).toEqual([])
  })

  test('a folder that is yet to be made is no trouble; a file in its place is', async () => {
    expect(await systemDisk.probe(join(folder, 'later'), 5_000)).toBeUndefined()
    await writeFile(join(folder, 'file'), '')
    expect(await systemDisk.probe(join(folder, 'file'), 5_000)).toBe(
      'There is a file where the folder should be.',
    )
  })

  test('takes away what one that was killed has left, and nothing else', async () => {
    const long = new Date(Date.now() - 120_000)
    for (const name of ['.probe-0123456789ab', '.probe-young', 'probe', 'kheish.sqlite'])
      await writeFile(join(folder, name), '')
    for (const name of ['.probe-0123456789ab', 'probe', 'kheish.sqlite'])
      await utimes(join(folder, name), long, long)
    expect(await systemDisk.probe(folder, 5_000)).toBeUndefined()
    expect((await readdir(folder)).sort()).toEqual(['.probe-young', 'kheish.sqlite', 'probe'])
  })

  test('waits no longer than it was told', async () => {
    expect(await systemDisk.probe(folder, 0)).toBe('The disk does not answer.')
  })
})

test('sizes are those of the files below, links not followed, nothing for what is not there', async () => {
  await mkdir(join(folder, 'a', 'b'), { recursive: true })
  await writeFile(join(folder, 'a', 'one'), '12345')
  await writeFile(join(folder, 'a', 'b', 'two'), '678')
  expect(await systemDisk.measure(folder)).toEqual({ bytes: 8, files: 2 })
  expect(await systemDisk.measure(join(folder, 'a', 'one'))).toEqual({ bytes: 5, files: 1 })
  expect(await systemDisk.measure(join(folder, 'ghost'))).toEqual({ bytes: 0, files: 0 })
  await symlink(folder, join(folder, 'a', 'loop'))
  expect((await systemDisk.measure(folder)).files).toBe(3)
})

describe('lines from the end', () => {
  const linesOf = async (text: string | Buffer) => {
    await writeFile(join(folder, 'log'), text)
    const lines: string[] = []
    for await (const line of systemDisk.linesFromEnd(join(folder, 'log'))) lines.push(line)
    return lines
  }

  test.each([
    ['', []],
    ['one', ['one']],
    ['one\ntwo\n', ['two', 'one']],
    ['one\n\n\ntwo', ['two', 'one']],
  ])('of %j', async (text, lines) => {
    expect(await linesOf(text)).toEqual(lines)
  })

  test('are whole wherever a piece begins, also within a character or a very long line', async () => {
    const long = 'ü'.repeat(300_000)
    const lines = Array.from({ length: 40_000 }, (_, at) => `${String(at)} 京都`)
    expect(await linesOf(`${lines.join('\n')}\n${long}\nlast`)).toEqual(['last', long, ...lines.toReversed()])
  })

  test('of no file there are none', async () => {
    for await (const line of systemDisk.linesFromEnd(join(folder, 'ghost'))) expect(line).toBeUndefined()
  })
})
