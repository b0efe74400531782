import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createScrubber } from '../core/redaction/scrub'
import { createLog } from './create-log'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kheish-log-'))
})
afterEach(() => rm(folder, { recursive: true }))

const secret = 'sk-or-v1-verysecretverysecret'

test('lines are JSON for their owner only; secrets are out of facts, messages, stacks and causes', async () => {
  const scrubber = createScrubber()
  scrubber.learn(secret)
  const path = join(folder, 'logs')
  const { log, close } = createLog({
    folder: path,
    newRef: () => 'ref_1',
    scrub: (value) => scrubber.scrubValue(value),
  })
  log.info('started', { version: '1', note: `key ${secret}` })
  log.warn('odd', { nested: { key: secret } })
  expect(log.surprise(new Error(`header ${secret}`, { cause: new Error(secret) }))).toBe('ref_1')
  log.surprise(secret)
  await close()
  const text = await readFile(join(path, 'kheish.log'), 'utf8')
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.map((line) => line['msg'])).toEqual(['started', 'odd', 'surprise', 'surprise'])
  expect(lines[2]).toMatchObject({ ref: 'ref_1', name: 'Error' })
  expect(text).not.toContain('verysecret')
  expect((await stat(join(path, 'kheish.log'))).mode & 0o777).toBe(0o600)
})

test('nothing is opened before the first line, and nothing written after the last', async () => {
  const path = join(folder, 'logs')
  const { log, close } = createLog({ folder: path, newRef: () => 'ref', scrub: (value) => value })
  await close()
  log.info('late')
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a log that can’t be written says nothing, throws nothing and closes', async () => {
  const path = join(folder, 'logs')
  await writeFile(path, 'a file where the folder should be')
  const { log, close } = createLog({ folder: path, newRef: () => 'ref_1', scrub: (value) => value })
  log.info('started', {})
  expect(log.surprise(new Error('x'))).toBe('ref_1')
  await new Promise((resolve) => setTimeout(resolve, 20))
  log.info('later', {})
  await close()
})

test('what an error quotes from somewhere is not repeated; files and fields are', async () => {
  const path = join(folder, 'logs')
  const { log, close } = createLog({ folder: path, newRef: () => 'ref', scrub: (value) => value })
  const failing: readonly (() => void)[] = [
    () => void JSON.parse('Dear diary'),
    () => void Reflect.get(Object, 'nothing').field,
    () => {
      throw Object.assign(new Error("ENOENT: no such file, open '/logs/x y.txt'"), { code: 'ENOENT' })
    },
    () => {
      throw new Error('the model said "Dear diary"')
    },
  ]
  for (const work of failing) {
    try {
      work()
    } catch (error) {
      log.surprise(error)
    }
  }
  log.surprise('Dear diary')
  await close()
  const text = await readFile(join(path, 'kheish.log'), 'utf8')
  expect(text).not.toContain('Dear')
  expect(text).toContain("open '/logs/x y.txt'")
  expect(text).toContain("reading 'field'")
  expect(text).toContain('the model said <10 characters>')
})

test('a full log is turned over: six old ones stay beside the new one, every one for its owner only, and no line is cut', async () => {
  const path = join(folder, 'logs')
  const { log, close } = createLog({ folder: path, newRef: () => 'ref', scrub: (value) => value })
  // 9 times 5 MB and something more, in lines of 250 kB.
  const pad = 'x'.repeat(250_000)
  for (let line = 1; line <= 190; line += 1) {
    log.info('line', { line, pad })
    // The stream turns over between two lines, once it has written what it was given.
    if (line % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await close()
  const names = await readdir(path)
  const logs = names.filter((name) => name.endsWith('kheish.log'))
  expect(logs.length).toBe(7)
  const kept: number[] = []
  for (const name of logs) {
    const file = join(path, name)
    const { size, mode } = await stat(file)
    expect(mode & 0o777).toBe(0o600)
    expect(size).toBeLessThan(7_000_000)
    const text = await readFile(file, 'utf8')
    for (const line of text.trim().split('\n')) kept.push((JSON.parse(line) as { line: number }).line)
  }
  // The newest lines, without a hole.
  kept.sort((one, other) => one - other)
  expect(kept.at(-1)).toBe(190)
  expect(kept).toEqual(kept.map((_, index) => (kept[0] ?? 0) + index))
  expect(kept.length).toBeGreaterThan(120)
})
