import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Transcript } from '@contract/sessions'
import { connectControl } from '../control/connect'
import type { DemoProvider } from '../demo-provider/index'
import { startDemoProvider } from '../demo-provider/index'
import { buildCommand, openShipped, type Shipped, type Started } from './processes.suite'
import { visibleText } from './text-tap'

let provider: DemoProvider
let shipped: Shipped
let built: Awaited<ReturnType<typeof buildCommand>>
beforeAll(async () => void (built = await buildCommand()), 60_000)
afterAll(() => built.remove())
beforeEach(async () => {
  provider = await startDemoProvider({ generation_misses: 0 })
  shipped = openShipped(built.program, provider.prefix)
})
afterEach(async () => {
  shipped.close()
  await provider.stop()
})

async function serve(...words: string[]): Promise<Started> {
  const served = shipped.kheish('serve', '--json', ...words)
  await expect.poll(() => served.so.out, { timeout: 20_000 }).toContain('\n')
  return served
}

async function kill(served: Started): Promise<void> {
  served.child.kill('SIGKILL')
  await served.ended
}

const sessionOf = ({ so }: Started): string => /^session (\S+)$/m.exec(so.err)?.[1] ?? ''

async function storedAnswer(session: string): Promise<string> {
  const { out } = await shipped.kheish('sessions', 'transcript', session, '--json').ended
  return answerIn(JSON.parse(out) as Transcript)
}

const answerIn = ({ messages }: Transcript): string => visibleText(messages.at(-1)?.parts ?? [])
/** As a terminal has it: the next line begins at its left edge. */
const asShown = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)

test('one daemon serves a folder; it says where, and ends cleanly when it is asked to', async () => {
  const first = await serve()
  const ready = JSON.parse(first.so.out) as { socket: string }
  expect(ready).toMatchObject({
    state_root: shipped.root,
    pid: first.child.pid,
    state: { phase: 'ready' },
  })
  expect(existsSync(ready.socket)).toBe(true)

  const second = await shipped.kheish('serve', '--json').ended
  expect(second).toMatchObject({ code: 6, out: '' })
  expect(JSON.parse(second.err)).toMatchObject({ code: 'state_root_in_use', pid: first.child.pid })

  provider.faults.add([{ text: 'one two three', after_chunks: 2, ending: 'stall' }])
  const asking = shipped.kheish('sessions', 'input', 'hi')
  await expect.poll(() => asking.so.out).toContain('one')
  first.child.kill('SIGTERM')
  expect(await first.ended).toMatchObject({ code: 0, err: '' })
  expect(await asking.ended).toMatchObject({ code: 1, err: expect.stringContaining('(daemon_stopping)') })
  expect(existsSync(ready.socket)).toBe(false)
  expect(asking.so.out).toBe(asShown(await storedAnswer(sessionOf(asking))))
})

test('a port opens to those who have a token, and nowhere else but here', async () => {
  for (const [words, why] of [
    [['--bind', '4000'], 'ADDRESS:PORT'],
    [['--bind', '127.0.0.1:99999'], 'ADDRESS:PORT'],
    [['--bind', '0.0.0.0:0'], 'other computers'],
  ] as const) {
    const refused = await shipped.kheish('serve', ...words).ended
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('(bind_refused)') })
    expect(refused.err).toContain(why)
  }
  const served = await serve('--bind', '127.0.0.1:0', '--token-file', 'who')
  const { url, token_file } = JSON.parse(served.so.out) as { url: string; token_file: string }
  expect(token_file).toBe(join(shipped.root, 'who'))
  expect((await fetch(`${url}/v1/status`)).status).toBe(401)
  const token = (await readFile(token_file, 'utf8')).trim()
  const answer = await fetch(`${url}/v1/status`, { headers: { authorization: `Bearer ${token}` } })
  expect(await answer.json()).toMatchObject({ status: 'ready' })
})

test('kill -9 under 50 streaming clients: each ends with a clear code and has every byte', async () => {
  const count = 50
  // The last token never comes: on a slow machine, too, the kill finds every answer unfinished.
  const endless = { tokens: 4_000, tokens_per_second: 40, after_chunks: 3_999, ending: 'stall' } as const
  provider.faults.add([{ ...endless, times: count }])
  const first = await serve()
  const clients = Array.from({ length: count }, (_, at) =>
    shipped.kheish('sessions', 'input', '--reconnect', '60', `Message ${at}`),
  )
  await expect
    .poll(() => clients.filter(({ so }) => so.out.length > 100).length, { timeout: 180_000 })
    .toBe(count)
  await kill(first)
  const before = clients.map(({ so }) => so.out.length)
  await serve()

  const ends = await Promise.all(clients.map(({ ended }) => ended))
  for (const [at, { code, out, err }] of ends.entries()) {
    expect({ at, code }).toEqual({ at, code: 1 })
    expect(err).toContain('the daemon went away')
    expect(err).toMatch(/\(daemon_restarted\)\n$/)
    expect(out.length).toBeGreaterThanOrEqual(before[at] ?? Infinity)
  }
  const daemon = await connectControl(shipped.root)
  for (const client of clients) {
    const stored = await daemon?.ask('sessions.transcript', { session_id: sessionOf(client) })
    expect(stored?.ok && asShown(answerIn(stored.value))).toBe(client.so.out)
  }
  daemon?.close()
  expect(new Set(clients.map(sessionOf)).size).toBe(count)
}, 300_000)

test('a daemon that does not come back: exit 3, and the command that shows the rest to the byte', async () => {
  provider.faults.add([{ text: 'é '.repeat(3_000), tokens_per_second: 100 }])
  const first = await serve()
  const asking = shipped.kheish('sessions', 'input', 'hi', '--reconnect', '0.5')
  await expect.poll(() => asking.so.out.length).toBeGreaterThan(10)
  await kill(first)
  const { code, err } = await asking.ended
  expect(code).toBe(3)
  const words = /kheish (runs get .+?) \(daemon_unreachable\)/.exec(err)?.[1]?.split(' ') ?? []
  expect(words.slice(0, 2)).toEqual(['runs', 'get'])
  const rest = await shipped.kheish(...words).ended
  expect(rest.code).toBe(0)
  expect(asking.so.out.slice(0, -1) + rest.out).toBe(await storedAnswer(sessionOf(asking)))
})

test('a run that was handed in goes on without anybody, and is followed from anywhere', async () => {
  const alone = await shipped.kheish('sessions', 'submit', 'hi').ended
  expect(alone).toMatchObject({ code: 3, out: '', err: expect.stringContaining('kheish serve') })

  provider.faults.add([{ text: 'Done later.', delay_ms: 300 }])
  await serve()
  const submitted = await shipped.kheish('sessions', 'submit', 'hi').ended
  expect(submitted).toMatchObject({ code: 0, out: expect.stringMatching(/^run_\S+\n$/) })
  const run = submitted.out.trim()
  const events = await shipped.kheish('runs', 'events', run, '--follow', '--json').ended
  expect(events.code).toBe(0)
  const kinds = events.out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { kind: string }).kind)
  expect(kinds).toEqual(expect.arrayContaining(['accepted', 'started', 'output', 'completed']))
  expect((await shipped.kheish('runs', 'get', run, '--output').ended).out).toBe('Done later.')
})

test('a reader that has gone is no failure, whatever is still to come', async () => {
  provider.faults.add([{ tokens: 5_000, tokens_per_second: 2_000 }])
  await serve()
  const script = `node "$0" sessions input hi | head -c 20; echo " codes \${PIPESTATUS[*]}"`
  const { out } = await shipped.start('bash', ['-c', script, shipped.program]).ended
  expect(out).toMatch(/^[\s\S]{1,20} codes 0 0\n$/)
  const help = await shipped.start('bash', [
    '-c',
    `node "$0" call models.list --json | head -c 1; echo " codes \${PIPESTATUS[*]}"`,
    shipped.program,
  ]).ended
  expect(help.out).toMatch(/ codes 0 0\n$/)
})

test.runIf(existsSync('/dev/full'))(
  'a full disk under the result is one sentence and a failure',
  async () => {
    const script = `node "$0" storage get > /dev/full`
    expect(await shipped.start('bash', ['-c', script, shipped.program]).ended).toMatchObject({
      code: 1,
      out: '',
      err: 'kheish: The result could not be written (ENOSPC).\n',
    })
  },
)

test('a daemon that was stopped holds nobody up for long', { timeout: 20_000 }, async () => {
  const { child } = await serve()
  child.kill('SIGSTOP')
  const { code, err } = await shipped.kheish('status').ended
  expect({ code, err }).toMatchObject({
    code: 6,
    err: expect.stringContaining('state_root_in_use') as string,
  })
  child.kill('SIGCONT')
})

test('input that is not UTF-8, and very long, is a message all the same', async () => {
  await serve()
  const script = `{ head -c 300000 /dev/zero | tr '\\0' x; printf '\\xff\\xfe caf\\xe9'; } | node "$0" sessions input --json`
  const { out } = await shipped.start('bash', ['-c', script, shipped.program]).ended
  expect(JSON.parse(out)).toMatchObject({ run: { status: 'completed' } })
})
