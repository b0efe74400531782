import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { key, openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => void (desktop = await openDesktop()))
afterEach(() => desktop.close())
const kheish: Desktop['kheish'] = (...given) => desktop.kheish(...given)

describe('kheish runtime', () => {
  test('shows and sets what is in force', async () => {
    await desktop.ready()
    expect(JSON.parse((await kheish('runtime get --json')).out)).toMatchObject({
      model: 'openai/gpt-5.4-mini',
    })
    expect((await kheish('runtime set-model openrouter/anthropic/claude-sonnet-4')).out).toMatch(
      /^\* +openrouter +openrouter +anthropic\/claude-sonnet-4 +openrouter.primary$/m,
    )
    expect(JSON.parse((await kheish('runtime get --json')).out)).toMatchObject({
      model: 'anthropic/claude-sonnet-4',
    })
    expect((await kheish('runtime set-model openrouter/')).code).toBe(2)
  })

  test('a refused routes file is the fault itself, with its place', async () => {
    await writeFile(join(desktop.root, 'odd.toml'), 'version = 2\n[routes.a]\n')
    const said = await kheish('runtime get --json', { env: { KHEISH_ROUTES_FILE: 'odd.toml' } })
    expect(said.code).toBe(2)
    expect(JSON.parse(said.err)).toMatchObject({
      code: 'route_file_invalid',
      reason: 'unsupported_version',
      line: 1,
    })
  })
})

describe('kheish doctor routes', () => {
  test('checks a file without touching the state root', async () => {
    const empty = join(desktop.root, 'nowhere')
    await writeFile(
      join(desktop.root, 'good.toml'),
      '[routes.a]\ndriver = "openrouter"\ndefault_model = "x/y"\nauth_ref = "s"\n',
    )
    const said = await kheish('doctor routes --routes-file good.toml --json', {
      env: { KHEISH_STATE_ROOT: empty },
    })
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(said.out)).toMatchObject({ ok: true, default_route: 'a', auth_checked: false })
    expect(await readdir(desktop.root)).not.toContain('nowhere')
    const strict = await kheish('doctor routes --routes-file good.toml --check-auth')
    expect(strict).toMatchObject({ code: 1 })
    expect(strict.out).toContain('error route_auth_ref_missing')
  })

  test('a broken one is unhealthy, with line and column and never the value', async () => {
    await writeFile(
      join(desktop.root, 'bad.toml'),
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

  test('without a file it is the one in force, of a daemon that serves too', async () => {
    await desktop.ready()
    expect((await kheish('doctor routes')).out).toContain('routes.toml: healthy')
    await desktop.serve()
    expect(JSON.parse((await kheish('doctor routes --json')).out)).toMatchObject({ ok: true, route_count: 1 })
  })
})

describe('kheish models', () => {
  test('lists, searches and shows what a route can be asked for', async () => {
    await desktop.ready()
    expect((await kheish('models list')).out).toBe('no models\nnever asked for; try --refresh\n')
    const list = await kheish('models list --refresh --search Claude~sonnet --json')
    const { models } = JSON.parse(list.out) as { models: { id: string }[] }
    expect(models.length).toBeGreaterThan(0)
    expect(models.every(({ id }) => /claude.*sonnet/.test(id))).toBe(true)
    const shown = await kheish(`models show openrouter/${models[0]?.id}`)
    expect(shown.out).toMatch(new RegExp(`^model +${models[0]?.id}\\n`))
    expect(await kheish('models show no/such')).toMatchObject({ code: 5, out: '' })
  })
})

describe('kheish call', () => {
  test('reaches every call of the contract, with its own checks', async () => {
    expect(JSON.parse((await kheish('call daemon.state')).out)).toMatchObject({ phase: expect.any(String) })
    const set = await kheish('call preferences.set -', { input: '{"theme":"dark"}' })
    expect(JSON.parse(set.out)).toMatchObject({ theme: 'dark' })
    expect(await kheish('call sessions.list {"limit":0}')).toMatchObject({ code: 2, out: '' })
    expect(await kheish('call sessions.list nonsense')).toMatchObject({ code: 2, out: '' })
    expect(await kheish('call no.such')).toMatchObject({ code: 2, out: '' })
  })
})

test('a tab finds ids and models, makes nothing and says nothing else', async () => {
  const nowhere = join(desktop.root, 'nowhere')
  const none = await kheish('complete-values sessions', { env: { KHEISH_STATE_ROOT: nowhere } })
  expect(none).toEqual({ code: 0, out: '', err: '' })
  expect(await readdir(desktop.root)).not.toContain('nowhere')
  await desktop.ready()
  await kheish('sessions create --session notes')
  await kheish('models list --refresh')
  expect((await kheish('complete-values sessions')).out).toBe('notes\n')
  expect((await kheish('complete-values routes')).out).toBe('openrouter\n')
  expect((await kheish('complete-values slots')).out).toBe('openrouter.primary\n')
  expect((await kheish('complete-values models')).out).toMatch(/^openai\/gpt-5\.4-mini$/m)
  await writeFile(join(desktop.root, 'routes.toml'), 'broken')
  expect(await kheish('complete-values routes')).toEqual({ code: 0, out: '', err: '' })
})

test('a surprise leaves only its reference; the log has the rest', async () => {
  desktop.keychain.probe = () => Promise.reject(new Error(`odd ${key}`))
  const said = await kheish('secrets list --json')
  expect(said).toMatchObject({ code: 1, out: '' })
  const { ref } = JSON.parse(said.err) as { ref: string }
  const log = await readFile(join(desktop.root, 'logs', 'kheish.log'), 'utf8')
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
  for (const word of ['secrets set openrouter.primary --from-env', 'KHEISH_STATE_ROOT', '130']) {
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
