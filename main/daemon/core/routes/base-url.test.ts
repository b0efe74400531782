import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { readBaseUrl } from './base-url'

describe('base_url (contract 2.4)', () => {
  it.each([
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api/v1/chat/completions', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api/v1/responses', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api/v1/audio/speech', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api/v1/audio/transcriptions///', 'https://openrouter.ai/api/v1'],
    ['https://host/x/tts/', 'https://host/x'],
    ['https://host/chat/completions', 'https://host'],
    ['http://127.0.0.1:4010/v1', 'http://127.0.0.1:4010/v1'],
    ['http://[::1]:4010/v1/', 'http://[::1]:4010/v1'],
    ['http://[::ffff:127.0.0.1]/v1', 'http://[::ffff:127.0.0.1]/v1'],
    ['HTTPS://Host.Example.:443/v1', 'HTTPS://Host.Example.:443/v1'],
    ['http://localhost/v1', 'http://localhost/v1'],
    ['https://münchen.example/v1', 'https://münchen.example/v1'],
    ['https://host/a@b/v1', 'https://host/a@b/v1'],
  ])('%s is served from %s', (text, prefix) => {
    expect(readBaseUrl(text)).toEqual({ ok: true, prefix })
  })

  it.each([
    '',
    ' ',
    'openrouter.ai/api/v1',
    '/api/v1',
    'ftp://host/v1',
    'file:///v1',
    'https:host/v1',
    'https:///v1',
    'https://:8080/v1',
    'https://u:p@host/v1',
    'https://u@host/v1',
    'https://@host/v1',
    'https://host/v1?key=1',
    'https://host/v1?',
    'https://host/v1#part',
    'https://host/v1#',
    'https://host:99999/v1',
    'https://host:port/v1',
    'https://ho st/v1',
    ' https://host/v1',
    'https://host/v1\n',
    'https://host\\v1',
    'https://1.2.3/v1',
    'https://256.1.1.1/v1',
    'https://[::1/v1',
    'https://[1:2]/v1',
    'https://[:::]/v1',
    'https://a..b/v1',
  ])('V11: %j', (text) => {
    expect(readBaseUrl(text)).toEqual({ ok: false, reason: 'base_url' })
  })

  it.each([
    'https://host',
    'https://host/',
    'https://v1',
    'https://host/custom',
    'https://host/api/V1',
    'https://host/v12',
    'https://host/xv1',
  ])('V12: %s', (text) => {
    expect(readBaseUrl(text)).toEqual({ ok: false, reason: 'base_url_unsupported_suffix' })
  })
})

const odd = fc.string({ unit: fc.constantFrom(...'ab1.:/@?#[]%\\ -_xé'), maxLength: 24 })

test.prop(
  [
    fc.oneof(
      fc.webUrl(),
      odd.map((text) => `https://${text}/v1`),
      fc.webUrl({ validSchemes: ['http', 'ftp'] }).map((url) => `${url}/v1`),
    ),
  ],
  { numRuns: 2000 },
)('what is taken is a URL that fetch understands, without anything to hide', (text) => {
  const read = readBaseUrl(text)
  if (!read.ok) return
  const url = new URL(`${read.prefix}/chat/completions`)
  expect(url.protocol).toMatch(/^https?:$/)
  expect(url.pathname.endsWith('/chat/completions')).toBe(true)
  expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', ''])
})

test.prop([fc.webUrl({ withFragments: false, withQueryParameters: false })])(
  'any usual address is taken',
  (text) => {
    expect(readBaseUrl(`${text.replace(/\/+$/, '')}/v1`).ok).toBe(true)
  },
)
