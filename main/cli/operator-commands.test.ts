import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => void (desktop = await openDesktop()))
afterEach(() => desktop.close())
const kheish: Desktop['kheish'] = (...given) => desktop.kheish(...given)
const json = async (words: string) => {
  const { out } = await kheish(`${words} --json`)
  return JSON.parse(out) as Record<string, unknown>
}

describe('kheish status and doctor', () => {
  test('healthy is exit 0, with a daemon that serves or without', async () => {
    await desktop.ready()
    const alone = await kheish('status')
    expect(alone).toMatchObject({ code: 0, err: '' })
    expect(alone.out).toMatch(/^healthy\ndaemon +none serves/)
    await desktop.serve()
    const served = await kheish('status')
    expect(served.out).toMatch(/^healthy\ndaemon +9\.9\.9, ready, up .+\nprocess +\d+\naccepts runs +yes\n/)
    expect(served.out).toMatch(/^\* +openrouter +ok +openai\/gpt-5\.4-mini/m)
    expect(await json('status')).toMatchObject({ status: 'ready', health: { ok: true } })
  })

  test('a route without its key is exit 1 and says what to do', async () => {
    await desktop.serve()
    const said = await kheish('status')
    expect(said.code).toBe(1)
    expect(said.out).toMatch(/^not healthy\n/)
    expect(said.out).toMatch(/^error provider_\w+: /m)
    const doctor = await kheish('doctor')
    expect(doctor.code).toBe(1)
    expect(doctor.out).toContain('error route_auth_ref_missing')
    expect(doctor.out).toContain('keychain secured')
    expect(await json('doctor')).toMatchObject({ ok: false, routes: { auth_checked: true } })
  })
})

describe('kheish doctor routes', () => {
  test('asks every route and looks for what chats name in vain, when it is told to', async () => {
    await desktop.ready({ text: 'ok' })
    await kheish('sessions create --session notes')
    await kheish('sessions set-route notes openrouter/x/y')
    const gone = (await kheish('routes show')).out.replaceAll('routes.openrouter]', 'routes.other]')
    await writeFile(join(desktop.root, 'routes.toml'), gone)
    const said = await kheish('doctor routes --check-references --canary --canary-timeout 5')
    expect(said.out).toMatch(/^warning stale_session_route_policy: /m)
    expect(said.out).toMatch(/^canary other \(openai\/gpt-5\.4-mini\) passed in /m)
    expect(said.code).toBe(0)
    const failing = await (desktop.provider.faults.add([{ status: 400, body: {} }]),
    kheish('doctor routes --canary'))
    expect(failing.code).toBe(1)
    expect(failing.out).toMatch(/^canary other .+ failed in .+ \(provider_error\)$/m)
  })
})

describe('kheish routes and restart', () => {
  test('one key is changed, the rest stays to the letter, and a restart makes it hold', async () => {
    await desktop.ready()
    await desktop.serve()
    const before = (await kheish('routes show')).out
    const set = await kheish('routes set --route openrouter default_model anthropic/claude-sonnet-4')
    expect(set.out).toContain('holds after: kheish restart')
    expect((await kheish('routes show')).out).toBe(
      before.replace('openai/gpt-5.4-mini', 'anthropic/claude-sonnet-4'),
    )
    expect((await kheish('restart')).code).toBe(0)
    await expect.poll(async () => (await json('runtime get'))['model']).toBe('anthropic/claude-sonnet-4')
    expect((await kheish('routes restore')).code).toBe(0)
    expect((await kheish('routes show')).out).toBe(before)
  })

  test('a text that a start would refuse is refused, with its place', async () => {
    await desktop.ready()
    const before = await readFile(join(desktop.root, 'routes.toml'), 'utf8')
    await writeFile(join(desktop.root, 'bad.toml'), `${before}\napi_key_enb = "hush"\n`)
    expect((await kheish('routes check bad.toml')).out).toMatch(/not healthy\n[\s\S]*not known/)
    const written = await kheish('routes write bad.toml --json')
    expect(written).toMatchObject({ code: 2, out: '' })
    expect(JSON.parse(written.err)).toMatchObject({ code: 'route_file_invalid', line: expect.any(Number) })
    expect((await kheish('routes check', { input: before })).code).toBe(0)
    expect(await kheish('routes check ghost.toml')).toMatchObject({ code: 2, out: '' })
  })

  test('there is nothing to restart where nobody serves', async () => {
    expect(await kheish('restart')).toMatchObject({ code: 3, out: '' })
  })
})

describe('kheish costs', () => {
  test('what was spent, by what one wants to know, and a limit that stops new runs', async () => {
    await desktop.ready({ tokens: 100 })
    expect((await kheish('costs')).out).toBe('nothing was spent\n')
    await kheish('sessions input hi')
    for (const by of ['day', 'session', 'model', 'route']) {
      expect((await kheish(`costs --by ${by}`)).out.split('\n')[1], by).toMatch(
        / 1 +[\d,]+ +[\d,]+ +\$0\.\d{6}/,
      )
    }
    expect((await kheish('costs limit')).out).toMatch(/^limit +none\nspent +\$0\.0/)
    expect((await kheish('costs limit 0.000001 --per day')).out).toMatch(/^limit +\$0\.000001 per day\n/)
    expect((await kheish('sessions input more')).code).toBe(6)
    expect((await kheish('costs limit nonsense')).code).toBe(2)
    expect((await kheish('costs limit off')).out).toMatch(/^limit +none\n/)
    expect((await kheish('sessions input more')).code).toBe(0)
  })
})

describe('kheish settings', () => {
  test('flags of a scope are merged into what is there, and reach the provider', async () => {
    await desktop.ready()
    await kheish('sessions create --session notes')
    await kheish('settings set --zdr --temperature 0.5')
    await kheish('settings set --session notes --only openai,azure')
    const { out } = await kheish('settings set --session notes --max-tokens 50')
    expect(out).toMatch(/^everywhere: temperature=0\.5 zdr=true\n/)
    expect(out).toMatch(/^this chat: max_tokens=50 only=\["openai","azure"\]\n/m)
    await kheish(
      'sessions input --session notes --no-fallbacks --max-price prompt=5 --fallback-model openrouter/x/y --fallback-model x/z hi',
    )
    const sent = desktop.provider.requests.findLast(({ path }) => path.endsWith('/chat/completions'))
    expect(sent?.body).toMatchObject({
      temperature: 0.5,
      max_tokens: 50,
      models: ['openai/gpt-5.4-mini', 'x/y', 'x/z'],
      provider: { only: ['openai', 'azure'], zdr: true, allow_fallbacks: false, max_price: { prompt: '5' } },
    })
    expect((await kheish('settings set --session notes --reset')).out).toMatch(/^this chat: nothing\n/m)
    expect((await kheish('settings set --session notes --route openrouter')).code).toBe(2)
    expect((await kheish('settings set --route ghost --zdr')).code).toBe(2)
  })
})

describe('kheish sessions and runs', () => {
  test('are made, listed, read, searched, renamed, exported, deleted and brought back', async () => {
    await desktop.ready({ text: 'A needle.' })
    await desktop.serve()
    expect((await kheish('sessions list')).out).toBe('no chats\n')
    expect((await kheish('sessions create --session notes --title My~notes')).out).toMatch(
      /^session +notes\ntitle +My notes\nroute +default\n/,
    )
    await kheish('sessions input --session notes Where~is~it?')
    expect((await kheish('sessions transcript notes')).out).toMatch(
      /^you · .+\nWhere is it\?\n\nopenai\/gpt-5\.4-mini · .+\nA needle\.\n$/,
    )
    expect((await kheish('sessions search needle')).out).toContain('A needle.')
    expect((await kheish('sessions set-route notes openrouter/x/y')).out).toMatch(
      /^route +openrouter\/x\/y$/m,
    )
    expect((await kheish('sessions set-route notes')).out).toMatch(/^route +default$/m)
    expect((await kheish('sessions rename notes Other')).out).toMatch(/^title +Other$/m)
    expect((await kheish('sessions export notes')).out).toContain('A needle.')
    expect((await kheish('sessions list')).out).toMatch(/^notes +Other +default +idle +\$0\.\d+ +20/m)

    const journal = (await kheish('sessions events notes')).out
    expect(journal).toMatch(/^ +1 {2}20.+ {2}input_received {2}/)
    const { runs } = (await json('runs list')) as { runs: { run_id: string }[] }
    expect(runs).toHaveLength(1)
    const run = runs[0]?.run_id ?? ''
    expect((await kheish(`runs get ${run}`)).out).toMatch(/^status +completed$/m)
    expect((await kheish(`runs get ${run} --output`)).out).toBe('A needle.')
    expect((await kheish(`runs get ${run} --output --skip-bytes 2`)).out).toBe('needle.')
    expect((await kheish(`runs events ${run}`)).out).toMatch(/ accepted\n[\s\S]+ completed\n/)
    expect((await kheish(`runs cancel ${run}`)).code).toBe(6)
    expect((await kheish('runs get ghost')).code).toBe(5)

    expect((await kheish('sessions delete notes')).out).toMatch(/^deleted notes, restorable until 20/)
    expect((await kheish('sessions get notes')).code).toBe(5)
    expect((await kheish('sessions restore notes')).code).toBe(0)
  })

  test('what happens is followed until Ctrl-C', async () => {
    await desktop.ready({ text: 'Done.' })
    await desktop.serve()
    await kheish('sessions create --session notes')
    const events = kheish('events --session notes')
    const journal = kheish('sessions events notes --follow --json')
    await expect.poll(async () => Number(Object((await json('status'))['events']).listeners)).toBe(2)
    await kheish('sessions input --session notes hi')
    await expect.poll(() => journal.so.out).toContain('run_ended')
    await expect.poll(() => events.so.out).toContain('"type":"run.ended"')
    events.interrupt()
    journal.interrupt()
    expect(await events).toMatchObject({ code: 130 })
    const lines = (await journal).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { offset: number })
    expect(lines.map(({ offset }) => offset)).toEqual(lines.map((_, at) => at + 1))
  })

  test('who follows is told when the daemon goes away', async () => {
    await desktop.ready()
    const end = await desktop.serve()
    const events = kheish('events')
    await expect.poll(async () => Number(Object((await json('status'))['events']).listeners)).toBe(1)
    await end()
    expect(await events).toMatchObject({ code: 3, err: expect.stringContaining('daemon_unreachable') })
  })
})

describe('evidence of a run', () => {
  test('is kept at the level that was chosen, saved as one file, and says the same again', async () => {
    await desktop.ready({ text: 'One two three.' }, { text: 'Without.' })
    const set = await kheish('runtime set-debug-level full')
    expect(set.out).toMatch(/^debug level +full$/m)
    await kheish('sessions input hi')
    const { runs } = (await json('runs list')) as { runs: { run_id: string }[] }
    const run = runs[0]?.run_id ?? ''
    const list = await kheish(`runs debug ${run}`)
    expect(list.out).toMatch(/^level +full\nARTIFACT/)
    expect(list.out).toMatch(/^turn-0001-attempt-0001-provider-events +jsonl? /m)
    expect((await kheish(`runs debug ${run} route-resolution`)).out).toContain('openrouter')
    expect((await kheish(`runs debug ${run} no-such`)).code).toBe(5)

    expect((await kheish(`runs evidence ${run} --file run.json`)).out).toBe(
      `${join(desktop.root, 'run.json')}\n`,
    )
    const replay = await kheish('runs replay run.json')
    expect(replay).toMatchObject({ code: 0, out: 'One two three.\n' })
    expect(replay.err).toMatch(/^verified +yes$/m)
    expect(replay.err).toMatch(/^turn 1, attempt 1: HTTP 200, \d+ events, /m)
    const text = await readFile(join(desktop.root, 'run.json'), 'utf8')
    const forged = await kheish('runs replay - --json', {
      input: text.replace('"status": 200', '"status": 201'),
    })
    expect(forged.code).toBe(1)
    expect(JSON.parse(forged.out)).toMatchObject({
      verified: false,
      faults: expect.arrayContaining([expect.objectContaining({ code: 'evidence_invalid' })]),
    })
    expect(await kheish('runs replay ghost.json')).toMatchObject({ code: 2, out: '' })

    expect((await kheish('runs prune --older-than 0d')).code).toBe(2)
    expect((await kheish('runs prune --older-than 1ms')).out).toMatch(/^1 run, \d/)
    expect((await kheish(`runs debug ${run}`)).code).toBe(5)
    expect((await kheish('runtime set-debug-level off --encrypt')).out).toMatch(/^debug level +off/m)
  })
})

test('another answer is asked for by the id of a run', async () => {
  await desktop.ready({ text: 'First.' }, { text: 'Second.' })
  await kheish('sessions input hi')
  const { runs } = (await json('runs list')) as { runs: { run_id: string }[] }
  const first = runs[0]?.run_id ?? ''
  expect(await kheish(`runs retry ${first}`)).toMatchObject({ code: 3, out: '' })
  await desktop.serve()
  const second = (await kheish(`runs retry ${first} --model anthropic/claude-sonnet-4`)).out.trim()
  expect((await kheish(`runs events ${second} --follow`)).code).toBe(0)
  expect((await kheish(`runs get ${second} --output`)).out).toBe('Second.')
  expect((await kheish(`runs get ${first} --output`)).out).toBe('First.')
})

describe('kheish storage and logs', () => {
  test('say what is kept, and delete it only on the very words', async () => {
    await desktop.ready()
    await kheish('sessions create --session notes')
    expect((await kheish('storage get')).out).toMatch(/^folder +\S+\nholds +1 chat, 0 messages, 1 key\n/)
    expect((await kheish('logs --limit 5')).out).toMatch(/^20.+ info +started/m)
    expect((await kheish('storage delete-all --confirm yes')).code).toBe(2)
    expect((await kheish('sessions list')).out).toContain('notes')
    expect((await kheish('storage delete-all --confirm delete~everything')).code).toBe(0)
    expect((await kheish('sessions list')).out).toBe('no chats\n')
  })
})

test('the mode of tools is one of the words there are', async () => {
  await desktop.ready()
  expect((await kheish('runtime set-permission-mode plan')).out).toMatch(/^permission mode +plan$/m)
  expect((await kheish('runtime set-permission-mode odd')).code).toBe(2)
})
