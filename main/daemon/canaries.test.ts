import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openHouse, textIn, type House } from './testing'

// Planted where a person's own things are; the house plants the key and looks for it when it closes.
const prompt = 'zebrafinch-prompt-canary'
const answer = 'The nightingale-answer-canary sings.'
const token = 'Project Bluebottle'

let home: string
let house: House | undefined
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kheish-home-canary-'))
})
afterEach(async () => {
  await house?.close()
  house = undefined
  await rm(home, { recursive: true, force: true })
})

/** A file that is being replaced has another name in a moment. */
const nothing = () => ''

/** All files of the state root but the database, by name. */
async function filesOf(root: string): Promise<ReadonlyMap<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const files = found.filter((file) => file.isFile() && !/\.sqlite/.test(file.name))
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [path.slice(root.length + 1), await readFile(path, 'latin1').catch(nothing)] as const
  })
  return new Map(await Promise.all(read))
}
const filesWith = async (root: string, text: string): Promise<readonly string[]> =>
  [...(await filesOf(root))].flatMap(([name, body]) => (body.includes(text) ? [name] : []))

/** Of another slot: the answer with it is in the database, as every answer is. */
const key = 'plover+0123456789/second~canary=9876543210'
/** The answer, and the key in pieces, as a provider might echo it. */
const stream = [answer, ' Your key is ', key.slice(0, 7), key.slice(7, 22), key.slice(22), `, for ${token}.`]
  .map((content) => `data: ${JSON.stringify({ id: 'gen-1', choices: [{ delta: { content } }] })}\n\n`)
  .concat('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n', 'data: [DONE]\n\n')
  .join('')

test.each([
  ['off', false],
  ['on', false],
  ['redacted', false],
  ['full', false],
  ['full', true],
] as const)(
  'a whole session at level %s (encrypted: %s) leaves nothing where it does not belong',
  async (level, encrypt) => {
    const tokens = join(home, 'tokens.txt')
    await writeFile(tokens, `${token}\n\n`)
    house = await openHouse({
      ports: {
        env: { HOME: home, KHEISH_REDACT_TOKENS_FILE: tokens },
        fetch: async (input, init) => {
          const url = input instanceof Request ? input.url : input.toString()
          if (!url.endsWith('/chat/completions')) return fetch(input, init)
          if (typeof init?.body === 'string' && init.body.includes('break'))
            throw new Error(`${home}/socket: "${prompt}" on ${hostname()}`)
          return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
        },
      },
    })
    await house.ask('secrets.set', {
      slot_id: 'other',
      provider: 'generic',
      mode: 'opaque_secret',
      source: { kind: 'inline', value: key },
    })
    await house.ask('runtime.setDebugLevel', { level, encrypt })
    const session_id = await house.chat()
    const { run } = await house.submit(session_id, `${prompt} for ${token} at ${home}`)
    const { message } = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    expect(textIn(message)).toContain(answer)
    // A surprise whose words come from elsewhere; and files that can't be read.
    const broken = await house.submit(session_id, `${prompt} break`)
    await house.until('run.ended', (event) => event.run.run_id === broken.run.run_id)
    await house.refused('secrets.set', {
      slot_id: 'x',
      source: { kind: 'file', path: join(home, 'no-such-file') },
    })
    await house
      .ask('doctor.routes', { routes_file: join(home, 'no-such.toml'), check_auth: true })
      .catch(() => undefined)
    const exported = level === 'off' ? '' : (await house.ask('runs.evidence', { run_id: run.run_id })).text
    await house.daemon().stop()

    const root = house.stateRoot
    const log = (await filesOf(root)).get(join('logs', 'kheish.log')) ?? ''
    expect(log).toContain('surprise')
    for (const secret of [key, key.slice(9, 29), Buffer.from(key).toString('base64').slice(0, 20)]) {
      expect(await filesWith(root, secret)).toEqual([])
      expect(exported).not.toContain(secret)
    }
    const pieces = await filesWith(root, key.slice(7, 22))
    expect(pieces).toEqual([])
    expect(await filesWith(root, token)).toEqual([])
    expect(exported).not.toContain(token)
    const isShown = level === 'full' && !encrypt
    for (const words of [prompt, 'nightingale-answer-canary', home]) {
      const where = (await filesWith(root, words)).filter((name) => name.startsWith('evidence'))
      expect([words, where.length > 0]).toEqual([words, isShown])
      const elsewhere = (await filesWith(root, words)).filter((name) => !name.startsWith('evidence'))
      expect([words, elsewhere]).toEqual([words, []])
    }
    for (const place of [home, root]) expect(log).not.toContain(place)
    expect(log).toContain('on <host>')
  },
)

test.each([
  ['is not there', undefined],
  ['holds a single letter', 'a\n'],
])('a list of own words that %s stops all keeping', async (_, content) => {
  const tokens = join(home, 'tokens.txt')
  if (content !== undefined) await writeFile(tokens, content)
  house = await openHouse({ ports: { env: { KHEISH_REDACT_TOKENS_FILE: tokens } } })
  expect(await house.refused('runtime.setDebugLevel', { level: 'on' })).toMatchObject({
    code: 'debug_capture_tokens_unreadable',
  })
  expect(await house.ask('runtime.setDebugLevel', { level: 'off' })).toMatchObject({
    debug_level: 'off',
    debug_capture: { blocked: 'tokens_unreadable' },
  })
})

test('a level that was set before the list was lost keeps nothing either', async () => {
  house = await openHouse()
  await house.ask('runtime.setDebugLevel', { level: 'full' })
  await house.restart({ env: { KHEISH_REDACT_TOKENS_FILE: join(home, 'lost.txt') } })
  const { run } = await house.submit(await house.chat(), 'Hello')
  await house.until('run.ended')
  expect(await house.refused('runs.debug', { run_id: run.run_id })).toMatchObject({
    code: 'run_debug_not_found',
  })
  const { health } = await house.ask('status.get', {})
  expect(health.warnings.map((warning) => warning.code)).toContain('debug_capture_key_invalid')
})

test('a key that is gone blocks every level but off', async () => {
  house = await openHouse()
  await house.ask('runtime.setDebugLevel', { level: 'full', encrypt: true })
  await house.keychain.delete(house.account())
  await house.restart()
  await expect
    .poll(async () => (await house?.ask('runtime.get', {}))?.debug_capture)
    .toEqual({ encrypted: true, blocked: 'key_invalid' })
  for (const level of ['on', 'redacted', 'full'] as const) {
    expect(await house.refused('runtime.setDebugLevel', { level })).toMatchObject({
      code: 'debug_capture_key_invalid',
    })
  }
  await house.ask('runtime.setDebugLevel', { level: 'off' })
  // Without encryption it needs no key; with the slot gone, a new one is made.
  await house.ask('runtime.setDebugLevel', { level: 'on', encrypt: false })
  await house.ask('secrets.delete', { slot_id: 'kheish.evidence' })
  await house.ask('runtime.setDebugLevel', { level: 'full', encrypt: true })
  const { run } = await house.submit(await house.chat(), 'Hello')
  await house.until('run.ended')
  const { artifacts } = await house.ask('runs.debug', { run_id: run.run_id })
  expect(artifacts.every((artifact) => artifact.encrypted)).toBe(true)
})

test('what a provider says in its errors is free of secrets of other slots', async () => {
  house = await openHouse({
    ports: {
      fetch: async (input, init) => {
        const url = input instanceof Request ? input.url : input.toString()
        if (!url.endsWith('/chat/completions')) return fetch(input, init)
        return Response.json(
          { error: { code: 400, message: `no such thing as ${key} here` } },
          { status: 400 },
        )
      },
    },
  })
  const source = { kind: 'inline', value: key } as const
  await house.ask('secrets.set', { slot_id: 'other', provider: 'generic', mode: 'opaque_secret', source })
  await house.submit(await house.chat(), 'Hello')
  const { run } = await house.until('run.ended')
  expect(run.error).toMatchObject({ code: 'provider_error', said: 'no such thing as [redacted] here' })
})
