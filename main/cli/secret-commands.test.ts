import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { key, openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => void (desktop = await openDesktop()))
afterEach(() => desktop.close())
const kheish: Desktop['kheish'] = (...given) => desktop.kheish(...given)

describe.each([['by itself'], ['beside a daemon that serves']])('kheish secrets %s', (how) => {
  beforeEach(async () => {
    if (how !== 'by itself') await desktop.serve()
  })

  test('keeps a key and shows metadata only', async () => {
    const set = await kheish(
      'secrets set openrouter.primary --provider openrouter --from-env OPENROUTER_API_KEY --json',
      { env: { OPENROUTER_API_KEY: key } },
    )
    expect(set).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(set.out)).toMatchObject({ secret: { slot_id: 'openrouter.primary', held: 'keychain' } })
    expect(JSON.parse((await kheish('secrets list --json')).out)).toMatchObject({
      keychain: 'secured',
      slots: [{ mode: 'api_key' }],
    })
    expect((await kheish('secrets get openrouter.primary')).out).toMatch(
      /^SLOT +PROVIDER +MODE +HELD +USED BY +CHANGED\nopenrouter\.primary +openrouter +api_key +keychain +openrouter +20\d\d-/,
    )
  })

  test('takes a file or standard input without its last line ending', async () => {
    await writeFile(join(desktop.root, 'key.txt'), `${key}\n`)
    expect((await kheish('secrets set a --from-file key.txt')).code).toBe(0)
    expect((await kheish('secrets set b --stdin', { input: `${key}\n` })).code).toBe(0)
    expect((await kheish('secrets delete b')).out).toBe('deleted b\n')
  })

  test.each([
    ['secrets set a', 'secret_source_invalid', 2],
    ['secrets set a --stdin --from-env X', 'secret_source_invalid', 2],
    ['secrets set a --stdin', 'secret_source_invalid', 2],
    ['secrets set a --from-env NO_SUCH', 'secret_source_invalid', 2],
    ['secrets set a --from-file no-such', 'secret_source_invalid', 2],
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
})

test('a key in use and a keychain that is not there', async () => {
  await desktop.ready()
  expect((await kheish('secrets delete openrouter.primary')).code).toBe(6)
  desktop.keychain.become('missing')
  const said = await kheish('secrets set a --stdin', { input: key })
  expect(said).toMatchObject({ code: 3, out: '' })
  expect(said.err).toMatch(/^kheish: .+ \(secret_store_unavailable\)\n$/)
})

test('what the provider says of a stored key', async () => {
  await desktop.ready()
  expect((await kheish('secrets test openrouter.primary')).out).toMatch(/^key +\S.*\nlimit +/)
  expect((await kheish('secrets test ghost')).code).toBe(5)
})
