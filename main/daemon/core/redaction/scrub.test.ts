import { performance } from 'node:perf_hooks'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { namesCredential } from './credential-names'
import { createScrubber } from './scrub'

const key = 'sk-or-v1-0123456789abcdef0123456789abcdef'

describe('what is scrubbed from text (contract 15)', () => {
  const { scrub } = createScrubber()

  it.each([
    [`key ${key}.`, 'key [redacted].'],
    ['SK-OR-V1-0123456789', '[redacted]'],
    ['sk-proj-0123456789abcdefghij', '[redacted]'],
    ['Authorization: Bearer abc.def-123', 'Authorization: [redacted]'],
    ['sent Bearer abc.def-123 twice', 'sent Bearer [redacted] twice'],
    ['authorization: Basic dXNlcjpwYXNz\nhost: x', 'authorization: [redacted]\nhost: x'],
    ['Cookie: a=1; b=2\r\nhost: x', 'Cookie: [redacted]\r\nhost: x'],
    ['x-api-key=abc host=y', 'x-api-key=[redacted] host=y'],
    ['{"api_key":"abc","model":"m"}', '{"api_key":"[redacted]","model":"m"}'],
    ['{"apiKey": "a\\"bc", "n": 1}', '{"apiKey": "[redacted]", "n": 1}'],
    ['{\\"access_token\\":\\"abc\\",\\"n\\":1}', '{\\"access_token\\":\\"[redacted]\\",\\"n\\":1}'],
    ["{'password': 'abc'}", "{'password': '[redacted]'}"],
    ['{"set-cookie":["a=1","b=2"],"n":1}', '{"set-cookie":"[redacted]","n":1}'],
    ['{"password":1234,"n":1}', '{"password":"[redacted]","n":1}'],
    ['password: 1234', 'password: [redacted]'],
    ['"client_secret": "unfinished', '"client_secret": "[redacted]"'],
    ['https://user:pass@host/path?query=1#part end', 'https://host/path end'],
    ['"https:\\/\\/user:pass@host\\/path?query=1"', '"https:\\/\\/host\\/path"'],
    ['data:image/png;base64,iVBORw0KGgo= end', '[image/png, 34 characters, 8 bytes] end'],
    [`bytes ${'QUJD'.repeat(100)} end`, 'bytes [application/octet-stream, 400 characters, 300 bytes] end'],
  ])('%s', (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed)
    expect(scrub(scrubbed)).toBe(scrubbed)
  })

  it.each([
    'run started route=main model=openai/gpt-5.4-mini',
    '{"prompt_tokens":12,"completion_tokens":5,"first_token_ms":250}',
    '{"has_secret":true,"credential":null}',
    'secret_not_found',
    'https://openrouter.ai/api/v1/models',
    'task-force risk-assessment disk-usage-report-final',
    'the bearer of news',
    '/home/ada/.config/Kheish/routes.toml:12:3',
    '',
  ])('leaves %j as it is', (text) => {
    expect(scrub(text)).toBe(text)
  })
})

describe('names of credentials', () => {
  it.each([
    'Authorization',
    'proxy-authorization',
    'x-api-key',
    'apiKey',
    'API_KEY',
    'Set-Cookie',
    'password',
    'db_password',
    'secret',
    'clientSecret',
    'private_key',
    'credentials',
    'access_token',
    'refreshToken',
    'token',
    'idtoken',
  ])('%s is one', (name) => {
    expect(namesCredential(name)).toBe(true)
  })
  it.each([
    'model',
    'prompt_tokens',
    'max_tokens',
    'first_token_ms',
    'secret_not_found',
    'route_id',
    'auth_ref',
    'slot_id',
    'idempotency_key',
    'author',
  ])('%s is none', (name) => {
    expect(namesCredential(name)).toBe(false)
  })
})

describe('what is scrubbed from values', () => {
  const { scrubValue } = createScrubber()

  it('replaces credential fields, whatever they hold', () => {
    expect(
      scrubValue({
        model: 'm',
        headers: { Authorization: 'Basic x', 'Content-Type': 'text/plain' },
        entries: [
          ['x-api-key', 'abc'],
          ['host', 'h'],
        ],
        raw: ['cookie', 'a=1', 'host', 'h'],
        named: [
          { name: 'authorization', value: 'abc' },
          { name: 'host', value: 'h' },
        ],
        credential: { kind: 'inline', value: 'abc' },
        pin_password: 1234,
        token: null,
        has_secret: false,
        map: new Map([['api_key', 'abc']]),
        set: new Set(['a']),
        at: new Date(0),
      }),
    ).toEqual({
      model: 'm',
      headers: { Authorization: '[redacted]', 'Content-Type': 'text/plain' },
      entries: [
        ['x-api-key', '[redacted]'],
        ['host', 'h'],
      ],
      raw: ['cookie', '[redacted]', 'host', 'h'],
      named: [
        { name: 'authorization', value: '[redacted]' },
        { name: 'host', value: 'h' },
      ],
      credential: '[redacted]',
      pin_password: '[redacted]',
      token: null,
      has_secret: false,
      map: [['api_key', '[redacted]']],
      set: ['a'],
      at: '1970-01-01T00:00:00.000Z',
    })
  })

  it('puts a note in place of media', () => {
    const url = `data:image/png;base64,${'A'.repeat(1000)}`
    expect(scrubValue({ url, bytes: new Uint8Array(5), long: 'QUJD'.repeat(100) })).toEqual({
      url: { media_type: 'image/png', encoded_length: url.length, decoded_length: 750 },
      bytes: { media_type: 'application/octet-stream', byte_length: 5 },
      long: { media_type: 'application/octet-stream', encoded_length: 400, decoded_length: 300 },
    })
  })

  it('follows errors with what hangs on them', () => {
    const error = Object.assign(new Error(`no ${key}`, { cause: new Error(key) }), {
      request: { url: 'https://u:p@h/x?y' },
    })
    const plain = scrubValue(error)
    expect(plain).toMatchObject({
      name: 'Error',
      message: 'no [redacted]',
      cause: { message: '[redacted]' },
      request: { url: 'https://h/x' },
    })
    expect(JSON.stringify(plain)).not.toContain(key)
  })

  it('survives whatever it is given', () => {
    const ring: Record<string, unknown> = { a: 1 }
    ring['self'] = ring
    let deep: unknown = 'x'
    for (let depth = 0; depth < 10_000; depth += 1) deep = [deep]
    const trap = {
      get broken(): string {
        throw new Error(key)
      },
    }
    expect(scrubValue(ring)).toEqual({ a: 1, self: '[circular]' })
    expect(scrubValue(trap)).toBe('[unreadable]')
    expect(JSON.stringify(scrubValue(deep))).toContain('[too deep]')
    expect(scrubValue([1n, Symbol('x'), () => 1, undefined])).toEqual([1n, undefined, undefined, undefined])
  })

  test.prop([
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
    }),
  ])('never throws', (value) => {
    expect(() => scrubValue(value)).not.toThrow()
  })
})

describe('secrets it has learned', () => {
  it('knows rotated ones, with and without edges', () => {
    const { learn, scrub } = createScrubber()
    learn('first-value')
    learn('  second-value\n')
    expect(scrub('first-value second-value')).toBe('[redacted] [redacted]')
  })

  it('takes the longest of several', () => {
    const { learn, scrub } = createScrubber()
    learn('abcd')
    learn('abcdefgh')
    expect(scrub('abcdefgh abcd')).toBe('[redacted] [redacted]')
  })

  it('passes over what could be any text', () => {
    const { learn, scrub } = createScrubber()
    for (const secret of ['', '   ', 'a', 'abc']) learn(secret)
    expect(scrub('a abc')).toBe('a abc')
  })

  it('knows long ones, whole and in part', () => {
    const { learn, scrub } = createScrubber()
    const lines = Array.from({ length: 200 }, (_, line) => `line ${line} of "a" key/+${line * 7919}`)
    learn(lines.join('\n'))
    const scrubbed = [
      lines.join('\n'),
      JSON.stringify(lines.join('\n')),
      btoa(lines.join('\n')),
      lines.slice(20, 60).join('\n'),
    ]
      .map(scrub)
      .join()
    for (const line of [0, 30, 100, 199]) {
      expect(scrubbed).not.toContain(`line ${line} of`)
      expect(scrubbed).not.toContain(btoa(`xx${lines[line]}`).slice(8, 24))
    }
  })

  it('does not hang on runs of backslashes', () => {
    const { learn, scrub } = createScrubber()
    learn(`${'\\'.repeat(30)}x${'\\"'.repeat(20)}`)
    const started = performance.now()
    scrub(`${'\\'.repeat(20_000)}y`)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('shows nothing of them when printed', () => {
    const scrubber = createScrubber()
    scrubber.learn('planted-canary')
    expect(JSON.stringify(scrubber) + Object.values(scrubber).map(String).join()).not.toContain('planted')
  })
})

/** Secrets of every kind: keys, passphrases with quotes, slashes, percent signs and letters of the world. */
const secret = fc
  .oneof(
    fc.stringMatching(/^sk-or-v1-[0-9a-f]{16,64}$/),
    fc.string({ minLength: 8, maxLength: 40 }),
    fc.string({ unit: 'grapheme', minLength: 8, maxLength: 24 }),
    fc.string({ unit: fc.constantFrom(...'ab"\\/ %+&=?é\n\t'), minLength: 8, maxLength: 24 }),
  )
  .filter((text) => text.trim().length >= 6 && !'[redacted]'.includes(text))

const utf8 = (text: string) => Buffer.from(text, 'utf8')
const encoders: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1),
  'json in json': (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  url: (text) => encodeURIComponent(text),
  'url, lower case': (text) => encodeURIComponent(text).replace(/%../g, (unit) => unit.toLowerCase()),
  'url, twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  form: (text) => new URLSearchParams({ x: text }).toString().slice(2),
  base64: (text) => utf8(text).toString('base64'),
  base64url: (text) => utf8(text).toString('base64url'),
  'base64 of more': (text) => utf8(`user:${text}@x`).toString('base64'),
  'base64 of a body': (text) => utf8(`{"a":${JSON.stringify(text)}}`).toString('base64'),
  'base64 in a url': (text) => encodeURIComponent(utf8(`k=${text}`).toString('base64')),
}
const encoder = fc.constantFrom(...Object.keys(encoders))

/** What must be gone: the encoded secret; of base64 the part that its neighbours do not touch. */
function traceOf(name: string, text: string): string {
  const encoded = encoders[name]?.(text) ?? ''
  if (!name.startsWith('base64')) return encoded
  const start = encoded.length >> 2
  return encoded.slice(start, start + Math.max(8, encoded.length >> 1))
}

const isUtf8 = (text: string): boolean => !/\p{Cs}/u.test(text)
const filler = fc.string({ unit: fc.constantFrom(...'xyz .,:\n'), maxLength: 20 })
const nested = (leaf: string, ways: readonly number[]): unknown =>
  ways.reduce<unknown>((inner, way) => {
    switch (way) {
      case 0:
        return [inner, 1]
      case 1:
        return { body: inner }
      case 2:
        return new Map([['m', inner]])
      case 3:
        return Object.assign(new Error(typeof inner === 'string' ? inner : 'x'), { inner })
      case 4:
        return typeof inner === 'string' ? { [inner]: 1 } : new Set([inner])
      default:
        return typeof inner === 'string' ? JSON.stringify({ inner }) : { deeper: inner }
    }
  }, leaf)

describe('a planted canary', () => {
  test.prop([secret.filter(isUtf8), encoder, filler, filler], { numRuns: 1000 })(
    'leaves no trace in text',
    (canary, how, before, after) => {
      const { learn, scrub } = createScrubber()
      learn('another-secret-0123')
      learn(canary)
      const trace = traceOf(how, canary)
      const scrubbed = scrub(`${before} ${encoders[how]?.(canary)} ${after}`)
      expect(scrubbed).not.toContain(trace)
      expect(scrubbed).not.toContain(canary)
    },
  )

  test.prop([secret.filter(isUtf8), encoder, fc.array(fc.nat(5), { maxLength: 5 })], { numRuns: 1000 })(
    'leaves no trace in values, however deep',
    (canary, how, ways) => {
      const { learn, scrubValue } = createScrubber()
      learn(canary)
      const planted = encoders[how]?.(canary) ?? ''
      const told = strings(scrubValue(nested(`see ${planted}`, ways)))
      for (const text of told) {
        expect(text).not.toContain(canary)
        expect(text).not.toContain(traceOf(how, canary))
      }
    },
  )

  test.prop([fc.string({ unit: 'binary', maxLength: 300 }), fc.array(secret, { maxLength: 5 })])(
    'scrubbing again changes nothing',
    (text, secrets) => {
      const { learn, scrub } = createScrubber()
      for (const each of secrets) learn(each)
      const once = scrub(text)
      expect(scrub(once)).toBe(once)
    },
  )
})

/** Every text in a plain value, keys among them. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(strings)
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap((pair) => pair.flatMap(strings))
    : []
}

describe('speed', () => {
  const scrubber = createScrubber()
  for (let index = 0; index < 5; index += 1) scrubber.learn(`sk-or-v1-${String(index).repeat(64)}`)

  const perLine = (line: string): number => {
    const rounds = 5000
    for (let round = 0; round < rounds; round += 1) scrubber.scrub(line)
    const started = performance.now()
    for (let round = 0; round < rounds; round += 1) scrubber.scrub(line)
    return ((performance.now() - started) / rounds) * 1000
  }

  it.each([
    [
      'plain',
      'run started route=main model=openai/gpt-5.4-mini session=session_0192f attempt=1 '.padEnd(
        200,
        'waiting for the provider ',
      ),
    ],
    [
      'suspicious',
      `POST https://openrouter.ai/api/v1/chat/completions authorization: Bearer sk-or-v1-${'3'.repeat(64)}`.padEnd(
        200,
        ' x',
      ),
    ],
  ])('a %s line of 200 characters with five secrets takes well under 50 µs', (_name, line) => {
    const micros = perLine(line)
    expect(micros).toBeLessThan(50)
  })

  it('is linear in long text', () => {
    const started = performance.now()
    for (const unit of ['a', '/', 'a-', 'key="', 'https://x?', 'data:', '\\"', 'Bearer ', 'token=']) {
      scrubber.scrub(unit.repeat(200_000 / unit.length))
    }
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
