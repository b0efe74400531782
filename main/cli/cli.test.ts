import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startDemoProvider } from '../demo-provider/index'
import type { Behaviour, DemoProvider } from '../demo-provider/index'
import { fakeBrowser } from '../daemon/ports/browser.fake'
import { fakeKeychain } from '../daemon/ports/keychain.fake'
import { startDaemon } from '../daemon/index'
import { runCommand } from './create-program'
import type { Terminal } from './terminal'

const key = 'sk-or-v1-canary0123456789canary0123456789'
let root: string
let provider: DemoProvider
let keychain: ReturnType<typeof fakeKeychain>
let interrupt: (() => void) | undefined

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kheish-cli-'))
  provider = await startDemoProvider({ tokens_per_second: 20_000 })
  keychain = fakeKeychain()
})
afterEach(async () => {
  await provider.stop()
  for (const name of await readdir(root)) {
    if (!name.startsWith('key'))
      expect(await readFile(join(root, name), 'latin1').catch(() => '')).not.toContain(key)
  }
  await rm(root, { recursive: true })
})

async function kheish(
  words: string,
  { input, env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  let out = ''
  let err = ''
  const terminal: Terminal = {
    env: { KHEISH_STATE_ROOT: root, ...env },
    platform: 'linux',
    home: root,
    version: '1.2.3',
    resolve: (path) => (path.startsWith('/') ? path : join(root, path)),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    readInput: async () => input,
    onInterrupt: (work) => {
      interrupt = work
      return () => (interrupt = undefined)
    },
    openKeychain: () => ({ ...keychain, close: async () => undefined }),
  }
  const code = await runCommand(
    words.split(' ').map((word) => word.replaceAll('~', ' ')),
    terminal,
  )
  expect(out + err).not.toContain(key)
  return { code, out, err }
}

async function ready(...script: Behaviour[]) {
  provider.faults.add(script)
  await writeFile(
    join(root, 'routes.toml'),
    `[routes.openrouter]\ndriver = "openrouter"\ndefault_model = "openai/gpt-5.4-mini"\nauth_ref = "openrouter.primary"\nbase_url = "${provider.prefix}"\n`,
  )
  await kheish('secrets set openrouter.primary --from-env OPENROUTER_API_KEY', {
    env: { OPENROUTER_API_KEY: key },
  })
}

describe('kheish secrets', () => {
  test('works before the daemon ever ran; shows metadata only', async () => {
    const set = await kheish(
      'secrets set openrouter.primary --provider openrouter --from-env OPENROUTER_API_KEY --json',
      {
        env: { OPENROUTER_API_KEY: key },
      },
    )
    expect(set).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(set.out)).toMatchObject({ secret: { slot_id: 'openrouter.primary', held: 'keychain' } })
    expect(JSON.parse((await kheish('secrets list --json')).out)).toMatchObject({
      keychain: 'secured',
      slots: [{ mode: 'api_key' }],
    })
    expect((await kheish('secrets get openrouter.primary')).out).toContain(
      'openrouter.primary  openrouter  api_key  keychain',
    )
  })

  test('takes a file or standard input without its last line ending', async () => {
    await writeFile(join(root, 'key.txt'), `${key}\n`)
    expect((await kheish('secrets set a --from-file key.txt')).code).toBe(0)
    expect((await kheish('secrets set b --stdin', { input: `${key}\n` })).code).toBe(0)
    expect((await kheish('secrets delete b')).out).toBe('deleted b\n')
  })

  test.each([
    ['secrets set a', 'secret_source_invalid', 2],
    ['secrets set a --stdin --from-env X', 'secret_source_invalid', 2],
    ['secrets set a --stdin', 'secret_source_invalid', 2],
    ['secrets set a --from-env NO_SUCH', 'secret_source_invalid', 2],
    ['secrets set a --from-env X --mode odd', 'call_refused', 2],
    ['secrets get ghost', 'secret_not_found', 5],
    ['secrets delete ghost', 'secret_not_found', 5],
    ['secrets', 'call_refused', 2],
    ['secrets list --odd', 'call_refused', 2],
    ['nonsense', 'call_refused', 2],
  ])('%s is %s, exit %i', async (words, code, exit) => {
    const said = await kheish(`${words} --json`)
    expect(said).toMatchObject({ code: exit, out: '' })
    expect(JSON.parse(said.err)).toMatchObject({
      code,
      status: expect.any(Number),
      domain: expect.any(String),
      detail: expect.any(String),
    })
  })

  test('a key in use and a keychain that is not there', async () => {
    await ready()
    expect((await kheish('secrets delete openrouter.primary')).code).toBe(6)
    keychain.become('missing')
    const said = await kheish('secrets set a --stdin', { input: key })
    expect(said).toMatchObject({ code: 3, out: '' })
    expect(said.err).toMatch(/^kheish: .+ \(secret_store_unavailable\)\n$/)
  })
})

describe('kheish while the app is open', () => {
  test('says that the state root is in use', async () => {
    const app = await startDaemon({
      stateRoot: root,
      env: {},
      version: '0',
      keychain,
      browser: fakeBrowser(),
      publish: () => undefined,
    })
    const said = await kheish('secrets list --json')
    expect(said).toMatchObject({ code: 6, out: '' })
    expect(JSON.parse(said.err)).toMatchObject({ code: 'state_root_in_use', pid: process.pid })
    await app.stop()
    expect((await kheish('secrets list')).code).toBe(0)
  })
})

describe('kheish runtime', () => {
  test('shows and sets what is in force', async () => {
    await ready()
    expect(JSON.parse((await kheish('runtime get --json')).out)).toMatchObject({
      model: 'openai/gpt-5.4-mini',
    })
    expect((await kheish('runtime set-model openrouter/anthropic/claude-sonnet-4')).out).toContain(
      'anthropic/claude-sonnet-4',
    )
    expect(JSON.parse((await kheish('runtime get --json')).out)).toMatchObject({
      model: 'anthropic/claude-sonnet-4',
    })
    expect((await kheish('runtime set-model openrouter/')).code).toBe(2)
  })

  test('a refused routes file is the fault itself, with its place', async () => {
    await writeFile(join(root, 'odd.toml'), 'version = 2\n[routes.a]\n')
    const said = await kheish('runtime get --json', { env: { KHEISH_ROUTES_FILE: 'odd.toml' } })
    expect(said.code).toBe(2)
    expect(JSON.parse(said.err)).toMatchObject({
      code: 'route_file_invalid',
      reason: 'unsupported_version',
      line: 1,
    })
  })
})

describe('kheish sessions input', () => {
  test('streams the answer to standard output and says the rest on standard error', async () => {
    await ready({ text: 'One two three.', reasoning: 'hidden' })
    const said = await kheish('sessions input Hello~there')
    expect(said).toMatchObject({ code: 0, out: 'One two three.\n' })
    const [session, receipt] = said.err.trim().split('\n')
    expect(session).toMatch(/^session session_/)
    expect(receipt).toMatch(/^openai\/gpt-5.4-mini by OpenAI · \d+ \+ \d+ tokens · \$0\.\d{6} · \d+\.\d s$/)

    const id = session?.split(' ')[1] ?? ''
    const more = await kheish(
      `sessions input --session ${id} --model openrouter/anthropic/claude-sonnet-4 --json`,
      { input: 'And more\n' },
    )
    expect(more).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(more.out)).toMatchObject({
      session_id: id,
      run: { status: 'completed', request: { model: 'anthropic/claude-sonnet-4' } },
    })
    expect(Object(provider.requests.at(-1)?.body).messages).toHaveLength(3)
  })

  test.each([
    ['sessions input', 2, 'input_empty'],
    ['sessions input hi --session ghost', 5, 'session_not_found'],
    ['sessions input hi --model openrouter/', 2, 'selector_model_missing'],
    ['sessions input hi --provider ghost', 2, 'route_unknown'],
  ])('%s is refused', async (words, code, fault) => {
    await ready()
    const said = await kheish(`${words} --json`)
    expect(said).toMatchObject({ code, out: '' })
    expect(JSON.parse(said.err)).toMatchObject({ code: fault })
  })

  test('without a key it says how to store one, exit 4', async () => {
    const said = await kheish('sessions input hi')
    expect(said.code).toBe(4)
    expect(said.err).toContain('kheish secrets set openrouter.primary')
  })

  test.each<[string, Behaviour, number]>([
    ['a refused key', { status: 401, times: 2, body: { error: { code: 401, message: 'no' } } }, 4],
    ['a bad request', { status: 400, body: { error: { code: 400, message: 'no' } } }, 1],
    ['a broken stream', { text: 'one two three', after_chunks: 1, ending: 'error', error: 'numeric' }, 7],
  ])('%s has its exit code and keeps what came', async (_name, behaviour, code) => {
    await ready(behaviour)
    const said = await kheish('sessions input hi')
    expect(said.code).toBe(code)
    expect(said.err).toMatch(/\(provider_error\)\n$/)
  })

  test('Ctrl-C cancels the run', async () => {
    await ready({ instead: 'hang' })
    const asking = kheish('sessions input hi')
    await expect.poll(() => provider.requests.length).toBeGreaterThan(0)
    interrupt?.()
    expect((await asking).code).toBe(130)
    expect(JSON.parse((await kheish('secrets list --json')).out)).toBeTruthy()
  })
})

describe('kheish doctor routes', () => {
  test('checks a file without touching the state root', async () => {
    const empty = join(root, 'nowhere')
    await writeFile(
      join(root, 'good.toml'),
      '[routes.a]\ndriver = "openrouter"\ndefault_model = "x/y"\nauth_ref = "s"\n',
    )
    const said = await kheish('doctor routes --routes-file good.toml --json', {
      env: { KHEISH_STATE_ROOT: empty },
    })
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(said.out)).toMatchObject({ ok: true, default_route: 'a', auth_checked: false })
    expect(await readdir(root)).not.toContain('nowhere')
    const strict = await kheish('doctor routes --routes-file good.toml --check-auth')
    expect(strict).toMatchObject({ code: 1 })
    expect(strict.out).toContain('error route_auth_ref_missing')
  })

  test('a broken one is unhealthy, with line and column and never the value', async () => {
    await writeFile(
      join(root, 'bad.toml'),
      '[routes.a]\ndriver = "openrouter"\ndefault_model = "x/y"\napi_key_enb = "hush"\n',
    )
    const said = await kheish('doctor routes --routes-file bad.toml')
    expect(said.code).toBe(1)
    expect(said.out).toMatch(/error route_file_invalid: .+ \(line 4, column 1\)/)
    expect(said.out).not.toContain('hush')
    expect((await kheish('doctor routes --routes-file ghost.toml')).out).toContain(
      'error route_file_read_failed',
    )
  })
})

test('a surprise leaves only its reference; the log has the rest', async () => {
  keychain.probe = () => Promise.reject(new Error(`odd ${key}`))
  const said = await kheish('secrets list --json')
  expect(said).toMatchObject({ code: 1, out: '' })
  const { ref } = JSON.parse(said.err) as { ref: string }
  const log = await readFile(join(root, 'logs', 'kheish.log'), 'utf8')
  expect(log).toContain(ref)
  expect(log).toContain('odd')
  expect(log).not.toContain(key)
})

test('help and version are results', async () => {
  expect(await kheish('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' })
  expect((await kheish('sessions input --help')).out).toContain('--session <id>')
})

test('help teaches: a first session, the variables, the exit codes, how selectors read', async () => {
  const { out } = await kheish('--help')
  for (const word of [
    'secrets set openrouter.primary --from-env',
    'KHEISH_STATE_ROOT',
    'quit the app',
    '130',
  ]) {
    expect(out).toContain(word)
  }
  for (const words of ['sessions input --help', 'runtime set-model --help']) {
    expect((await kheish(words)).out).toContain('begin with the name of a route')
  }
})

test('a slip of the finger is one sentence with the word that was meant', async () => {
  expect((await kheish('sekrets list')).err).toBe(
    "kheish: Unknown command 'sekrets' (Did you mean secrets?) (call_refused)\n",
  )
})
