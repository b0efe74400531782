import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Behaviour } from '../demo-provider/index'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => void (desktop = await openDesktop()))
afterEach(() => desktop.close())
const kheish: Desktop['kheish'] = (...given) => desktop.kheish(...given)

describe.each([['by itself'], ['beside a daemon that serves']])('kheish sessions input %s', (how) => {
  const ready = async (...script: Behaviour[]) => {
    await desktop.ready(...script)
    if (how !== 'by itself') await desktop.serve()
  }

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
    expect(Object(desktop.provider.requests.at(-1)?.body).messages).toHaveLength(3)
  })

  test.each([
    ['sessions input', 2, 'input_empty'],
    ['sessions input hi --session ghost', 5, 'session_not_found'],
    ['sessions input hi --model openrouter/', 2, 'selector_model_missing'],
    ['sessions input hi --provider ghost', 2, 'route_unknown'],
    ['sessions input hi --temperature hot', 2, 'call_refused'],
    ['sessions input hi --temperature 9', 2, 'call_refused'],
    ['sessions input hi --max-price gold=1', 2, 'call_refused'],
  ])('%s is refused', async (words, code, fault) => {
    await ready()
    const said = await kheish(`${words} --json`)
    expect(said).toMatchObject({ code, out: '' })
    expect(JSON.parse(said.err)).toMatchObject({ code: fault })
  })

  test('without a key it says how to store one, exit 4', async () => {
    if (how !== 'by itself') await desktop.serve()
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

  test('Ctrl-C cancels the run and keeps what came', async () => {
    await ready({ text: 'one two three', after_chunks: 2, ending: 'stall' })
    const asking = kheish('sessions input hi')
    await expect.poll(() => asking.so.out).toMatch(/^one/)
    asking.interrupt()
    expect(await asking).toMatchObject({ code: 130, out: expect.stringMatching(/^one.*\n$/) })
    expect(JSON.parse((await kheish('runs list --json')).out)).toMatchObject({
      runs: [{ status: 'cancelled' }],
    })
  })

  test('Ctrl-C before the run is accepted cancels it as well', async () => {
    await ready({ instead: 'hang' })
    const asking = kheish('sessions input hi')
    await expect.poll(() => asking.so.err).toContain('session ')
    asking.interrupt()
    expect((await asking).code).toBe(130)
  })
})

test('a second Ctrl-C leaves at once, whatever the run does', async () => {
  await desktop.ready({ instead: 'hang' })
  await desktop.serve()
  const asking = kheish('sessions input hi')
  await expect
    .poll(() => desktop.provider.requests.some(({ path }) => path.endsWith('/completions')))
    .toBe(true)
  asking.interrupt()
  asking.interrupt()
  expect((await asking).code).toBe(130)
})

describe('a chat that is busy', () => {
  test('refuses inline input, unless it may wait for its turn', async () => {
    await desktop.ready({ text: 'one two', after_chunks: 1, ending: 'stall' }, { text: 'Second.' })
    await desktop.serve()
    await kheish('sessions create --session notes')
    const first = kheish('sessions input --session notes first')
    await expect.poll(() => first.so.out).toContain('one')
    const refused = await kheish('sessions input --session notes second --json')
    expect(refused).toMatchObject({ code: 6, out: '' })
    expect(JSON.parse(refused.err)).toMatchObject({ code: 'session_busy' })

    const second = kheish('sessions input --session notes --wait second')
    await expect
      .poll(async () => (await kheish('sessions transcript notes')).out)
      .toMatch(/\(queued run_\S+\) second/)
    expect((await kheish('sessions interrupt notes')).out).toMatch(/^run_\S+ (running|interrupted)\n$/)
    expect(await first).toMatchObject({ code: 1, err: expect.stringContaining('the run was interrupted') })
    expect(await second).toMatchObject({
      code: 0,
      out: 'Second.\n',
      err: expect.stringContaining('queued, place 1'),
    })
  })
})

test('an answer for a screen does nothing to it; a pipe gets every byte', async () => {
  const text = 'red \u001b[31malert\u0007\ttab\r\nnext 🤖 \u009b2J'
  await desktop.ready({ text, times: 2 })
  expect((await kheish('sessions input hi')).out).toBe(`${text}\n`)
  expect((await kheish('sessions input hi', { look: { isScreen: true } })).out).toBe(
    'red ␛[31malert␇\ttab␍\nnext 🤖 \ufffd2J\n',
  )
})
