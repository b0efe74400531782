import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFailureLimit } from './failure-limit'
import { openTokens } from './tokens'

const good = 'Zk3vQ9pLw1xT7bN5mC2rJ8sD4fG6hA0e'
const refused = { fault: { code: 'bind_refused' } }
let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kheish-tokens-'))
  file = join(folder, 'deep', 'tokens')
})
afterEach(() => rm(folder, { recursive: true }))

const write = async (text: string, mode = 0o600) => {
  file = join(folder, 'tokens')
  await writeFile(file, text)
  await chmod(file, mode)
}
const why = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

describe('a file of tokens', () => {
  test('is made with 32 random bytes, for its owner alone', async () => {
    const tokens = openTokens(file)
    const text = (await readFile(file, 'utf8')).trim()
    expect(Buffer.from(text, 'base64url')).toHaveLength(32)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(tokens.check(`Bearer ${text}`)).toBe('ok')
    openTokens(file)
    expect((await readFile(file, 'utf8')).trim()).toBe(text)
  })

  test('opens with whole tokens only, until their date', async () => {
    await write(`# mine\n${good}\n\nold${good} 2026-01-31 # until then\n`)
    let now = Date.parse('2026-01-30')
    const tokens = openTokens(file, () => now)
    expect(tokens.check(`Bearer ${good}`)).toBe('ok')
    expect(tokens.check(`bearer   ${good}`)).toBe('ok')
    expect(tokens.check(`Bearer old${good}`)).toBe('ok')
    now = Date.parse('2026-01-31')
    expect(tokens.check(`Bearer old${good}`)).toBe('expired')
    for (const wrong of [good.slice(1), `${good}x`, good.toLowerCase(), 'x', `${good} ${good}`])
      expect(tokens.check(`Bearer ${wrong}`)).not.toBe('ok')
    for (const none of [undefined, '', good, `Basic ${good}`, 'Bearer ', `Bearer ${'x'.repeat(2_000)}`])
      expect(tokens.check(none)).toBe('missing')
  })

  test('opens nothing any more once a line is gone, or others may read it', async () => {
    await write(`${good}\nsecond${good}\n`)
    const tokens = openTokens(file)
    await write(`${good}\n`)
    expect(tokens.check(`Bearer second${good}`)).toBe('wrong')
    await chmod(file, 0o640)
    expect(tokens.check(`Bearer ${good}`)).toBe('wrong')
    await rm(file)
    expect(tokens.check(`Bearer ${good}`)).toBe('wrong')
  })

  test.each([
    ['nothing', '# only a remark\n', 0o600],
    ['a short token', 'abcdefghijklmnop\n', 0o600],
    ['a token of few characters', `${'ab'.repeat(32)}\n`, 0o600],
    ['a date that is none', `${good} soon\n`, 0o600],
    ['more than a date', `${good} 2027-01-01 12:00\n`, 0o600],
    ['readers of the group', `${good}\n`, 0o640],
    ['writers', `${good}\n`, 0o602],
    ['too much', `${good}\n`.repeat(3_000), 0o600],
  ])('with %s is refused, without a word of it', async (_, text, mode) => {
    await write(text, mode)
    const error = why(() => openTokens(file))
    expect(error).toMatchObject(refused)
    expect(JSON.stringify(error)).not.toContain(text.slice(0, 12))
  })

  test('that is a folder, or a pipe that nobody writes into, is refused at once', () => {
    file = folder
    expect(why(() => openTokens(file))).toMatchObject(refused)
    file = join(folder, 'pipe')
    execFileSync('mkfifo', ['-m', '600', file])
    expect(why(() => openTokens(file))).toMatchObject(refused)
  })
})

test('ten failures in a minute are enough, for that peer and that minute', () => {
  let now = 0
  const limit = createFailureLimit(() => now)
  const last = Array.from({ length: 10 }, () => limit.failed('a'))
  expect(last).toEqual([...Array.from({ length: 9 }, () => false), true])
  now = 20_000
  expect(limit.waitOf('a')).toBe(40_000)
  expect(limit.waitOf('b')).toBe(0)
  now = 60_000
  expect(limit.waitOf('a')).toBe(0)
  expect(limit.failed('a')).toBe(false)
})
