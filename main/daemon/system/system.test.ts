import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from './clock'
import { systemFiles } from './files'
import { systemHash } from './hash'
import { systemIds } from './ids'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kheish-system-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('files', () => {
  test('are written whole, for their owner only, with the old text beside them when asked', async () => {
    const path = join(folder, 'new', 'file.toml')
    expect(await systemFiles.exists(path)).toBe(false)
    await systemFiles.writeText(path, 'one')
    await systemFiles.writeText(path, 'zwei ü', { keepBackup: true })
    expect(await systemFiles.readText(path)).toBe('zwei ü')
    expect(await readFile(`${path}.bak`, 'utf8')).toBe('one')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  test('what is not there or not text is route_file_read_failed', async () => {
    const why = { fault: { code: 'route_file_read_failed' } }
    await expect(systemFiles.readText(join(folder, 'ghost'))).rejects.toMatchObject(why)
    await expect(systemFiles.readText(folder)).rejects.toMatchObject(why)
    await writeFile(join(folder, 'odd'), Buffer.from([0x61, 0xff, 0x62]))
    await expect(systemFiles.readText(join(folder, 'odd'))).rejects.toMatchObject(why)
  })

  test.skipIf(process.platform === 'win32')('a pipe in its place holds nobody up', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(systemFiles.readText(pipe)).rejects.toMatchObject({
      fault: { code: 'route_file_read_failed' },
    })
  })
})

describe('the clock', () => {
  test('sleeps, and wakes at once when told', async () => {
    await systemClock.sleep(1)
    const stopping = new AbortController()
    const sleeping = systemClock.sleep(60_000, stopping.signal)
    stopping.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
    await expect(systemClock.sleep(1, stopping.signal)).rejects.toThrow('enough')
  })

  test('runs work later, unless it is undone', async () => {
    const ran: string[] = []
    const undo = systemClock.after(1, () => ran.push('undone'))
    systemClock.after(1, () => ran.push('kept'))
    undo()
    await systemClock.sleep(20)
    expect(ran).toEqual(['kept'])
  })
})

test('ids sort by time and never repeat', () => {
  const ids = Array.from({ length: 1_000 }, () => systemIds.next('message'))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(1_000)
  expect(systemIds.token(48)).toMatch(/^[\w-]{64}$/)
  expect(systemIds.chance()).toBeLessThan(1)
})

test('the hash is SHA-256, the challenge of PKCE (RFC 7636, appendix B)', () => {
  expect(systemHash('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', 'base64url')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
  expect(systemHash('', 'hex')).toHaveLength(64)
})
