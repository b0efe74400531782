import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { ProviderTrouble } from '@contract/fault'
import type { Failure } from '../core/failure'
import { failureOfAnswer } from './faults'

const now = Date.UTC(2026, 10, 23, 18, 0, 0)
const facts = { route_id: 'openrouter', model: 'a/b', key: 'sk-or-v1-canary-0123456789' }

/** The trouble that an HTTP answer makes. */
function troubleOf(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ProviderTrouble & { detail: string } {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const header = (name: string) => headers[name]
  const failure: Failure = failureOfAnswer({ status, text, header, now }, facts)
  if (failure.fault.code !== 'provider_error') throw new Error('another code')
  return failure.fault
}
const shapeA = (code: number, message: string, error_type?: string, more: object = {}) => ({
  error: { code, message, metadata: { ...(error_type ? { error_type } : {}), ...more } },
  user_id: 'user_x',
})

describe('what an error means', () => {
  const byStatus: readonly (readonly [number, string, boolean])[] = [
    [400, 'bad_request', false],
    [401, 'key_refused', false],
    [402, 'payment', false],
    [403, 'forbidden', false],
    [404, 'no_endpoint', false],
    [408, 'timeout', true],
    [413, 'too_large', false],
    [418, 'unknown', false],
    [422, 'bad_request', false],
    [429, 'rate_limited', true],
    [500, 'provider_down', true],
    [502, 'provider_down', true],
    [503, 'overloaded', true],
    [504, 'timeout', true],
    [520, 'provider_down', true],
    [524, 'timeout', true],
    [529, 'overloaded', true],
  ]
  test.each(byStatus)('status %i alone is %s', (status, kind, retryable) => {
    const found = troubleOf(status, shapeA(status, 'Something'))
    expect(found).toMatchObject({
      kind,
      retryable,
      http_status: status,
      route_id: 'openrouter',
      model: 'a/b',
    })
    expect(found.detail).toMatch(/[.!]$/)
  })

  const byType: readonly (readonly [number, string, string])[] = [
    [400, 'context_length_exceeded', 'context_length'],
    [400, 'token_limit_exceeded', 'context_length'],
    [400, 'content_policy_violation', 'policy'],
    [400, 'refusal', 'policy'],
    [400, 'invalid_prompt', 'bad_request'],
    [400, 'image_too_large', 'too_large'],
    [403, 'permission_denied', 'forbidden'],
    [500, 'server', 'provider_down'],
    [503, 'provider_overloaded', 'overloaded'],
    [500, 'timeout', 'timeout'],
    [500, 'a_type_of_tomorrow', 'provider_down'],
  ]
  test.each(byType)('status %i with type %s is %s', (status, type, kind) => {
    expect(troubleOf(status, shapeA(status, 'Something', type)).kind).toBe(kind)
  })

  test('shape A keeps what the provider said', () => {
    expect(troubleOf(429, shapeA(429, 'Rate limit exceeded', 'rate_limit_exceeded'))).toMatchObject({
      kind: 'rate_limited',
      said: 'Rate limit exceeded',
    })
  })

  test('shape B: availability without a code decides, and names what excluded the endpoints', () => {
    const body = {
      error: {
        message: 'No endpoints found matching your data policy',
        error_type: 'not_found',
        http_status: 404,
        availability: {
          code: 'privacy_restricted',
          retryable: false,
          requested_models: ['a/b'],
          docs_url: 'https://openrouter.ai/docs',
          excluded_by: ['data_policy:training', 7],
        },
      },
    }
    expect(troubleOf(404, body)).toMatchObject({
      kind: 'no_endpoint',
      retryable: false,
      excluded_by: ['data_policy:training'],
    })
  })

  test('availability has the last word on trying again', () => {
    const body = (retryable: boolean) => ({
      error: {
        code: 429,
        message: 'x',
        availability: { code: 'capacity_exhausted', retryable, retry_after: 4 },
      },
    })
    expect(troubleOf(429, body(true))).toMatchObject({ retryable: true, retry_after_ms: 4000 })
    expect(troubleOf(429, body(false)).retryable).toBe(false)
  })

  test('shape C: a list of validation messages inside a string', () => {
    const body = {
      success: false,
      error: { name: 'ZodError', message: '[{"path":["voice"],"message":"Unknown voice"}]' },
    }
    expect(troubleOf(400, body)).toMatchObject({ kind: 'bad_request', said: 'voice: Unknown voice' })
  })

  test('shape G: a page of the edge network is never shown', () => {
    const page = `<!DOCTYPE html><html><head><title>502 Bad gateway</title></head><body>${'x'.repeat(9000)}</body></html>`
    const found = troubleOf(502, page)
    expect(found).toMatchObject({ kind: 'provider_down', retryable: true, said: '502 Bad gateway' })
    expect(JSON.stringify(found)).not.toContain('<')
  })

  test('an empty body, a bare string and a list are errors too', () => {
    expect(troubleOf(503, '').kind).toBe('overloaded')
    expect(troubleOf(503, '')).not.toHaveProperty('said')
    expect(troubleOf(500, { error: 'Out of memory' }).said).toBe('Out of memory')
    expect(troubleOf(400, { detail: [{ msg: 'field required' }] }).said).toBe('field required')
    expect(troubleOf(500, 'null').kind).toBe('provider_down')
  })

  test('a credit that is too small keeps the sentence with the amount', () => {
    const said =
      'This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 1382.'
    expect(troubleOf(402, shapeA(402, said))).toMatchObject({
      kind: 'payment',
      retryable: false,
      said,
      affordable_tokens: 1382,
    })
  })
  test.each([
    [402, 'You can only afford 12,500.', 12_500],
    [402, 'Insufficient credits', undefined],
    [402, 'You can only afford 0', undefined],
    [400, 'You can only afford 5', undefined],
  ])('%d with “%s”: an answer of at most %s tokens', (status, said, tokens) => {
    expect(troubleOf(status, shapeA(status, said)).affordable_tokens).toBe(tokens)
  })

  test.each([
    [
      'limit_source',
      shapeA(429, 'Rate limited', 'rate_limit_exceeded', { limit_source: 'openrouter_free_tier_daily' }),
    ],
    ['message', shapeA(429, 'Rate limit exceeded: free-models-per-day-high-balance. ')],
    ['limit_rpd', shapeA(429, 'Rate limit exceeded: limit_rpd/a/b')],
  ])('a daily allowance told by its %s is not retried', (_, body) => {
    expect(troubleOf(429, body)).toMatchObject({
      kind: 'daily_limit',
      retryable: false,
      retry_after_ms: 6 * 3_600_000,
    })
  })

  test('a limit per minute is a short wait', () => {
    const body = shapeA(429, 'Rate limit exceeded: free-models-per-min.', undefined, {
      headers: { 'X-RateLimit-Reset': String(now + 20_000) },
    })
    const found = troubleOf(429, body)
    expect(found).toMatchObject({ kind: 'rate_limited', retryable: true, retry_after_ms: 20_000 })
    expect(found.detail).toContain('20 seconds')
  })

  test('moderation and guardrails are a matter of policy', () => {
    const body = shapeA(403, 'Your input was flagged', undefined, {
      reasons: ['violence'],
      flagged_input: 'my prompt',
    })
    const found = troubleOf(403, body)
    expect(found.kind).toBe('policy')
    expect(JSON.stringify(found)).not.toContain('my prompt')
  })

  test('context length is known by its message as well', () => {
    const body = shapeA(
      400,
      'This endpoint’s maximum context length is 8192 tokens. However, you requested 9000.',
    )
    expect(troubleOf(400, body).kind).toBe('context_length')
  })
})

describe('how long to wait', () => {
  const wait = (headers: Record<string, string>) => troubleOf(429, shapeA(429, 'x'), headers).retry_after_ms
  test.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['fractions', { 'retry-after': '0.5' }, 500],
    ['a date', { 'retry-after': new Date(now + 90_000).toUTCString() }, 90_000],
    ['a date that has passed', { 'retry-after': new Date(now - 5000).toUTCString() }, 0],
    ['a reset in milliseconds', { 'x-ratelimit-reset': String(now + 30_000) }, 30_000],
    ['a reset in seconds', { 'x-ratelimit-reset': String(now / 1000 + 45) }, 45_000],
  ])('%s', (_, headers, expected) => expect(wait(headers as Record<string, string>)).toBe(expected))

  test('the header goes before the reset; nonsense and far resets leave it to the backoff', () => {
    expect(wait({ 'retry-after': '3', 'x-ratelimit-reset': String(now + 30_000) })).toBe(3000)
    expect(wait({ 'retry-after': 'soon' })).toBeUndefined()
    expect(wait({ 'x-ratelimit-reset': String(now + 3_600_000) })).toBeUndefined()
  })
})

describe('what the provider said', () => {
  const said = (message: unknown, more: object = {}) =>
    troubleOf(400, { error: { code: 400, message, metadata: more } }).said

  test.each([
    ['a JSON string', '{"error":{"message":"temperature must be at most 1"}}'],
    ['an object', { error: { details: [{ msg: 'temperature must be at most 1' }] } }],
    ['nested JSON', { message: '{"detail":"temperature must be at most 1"}' }],
  ])('digs out of %s under a general message', (_, raw) => {
    expect(said('Provider returned error', { raw, provider_name: 'Anthropic' })).toBe(
      'Anthropic: temperature must be at most 1',
    )
  })

  test('keeps a message that says something, and a general one when there is nothing better', () => {
    expect(said('Bad voice', { raw: 'other' })).toBe('Bad voice')
    expect(said('Provider returned error')).toBe('Provider returned error')
    expect(said('Provider returned error', { raw: '<!doctype html><html></html>' })).toBe(
      'Provider returned error',
    )
  })

  test.each([
    `Incorrect API key provided: ${facts.key}.`,
    'Incorrect key sk-or-v1-aaaaaaaaaaaaaaaaaaaaaaaa',
    'Header Authorization: Bearer canary-0123456789 is wrong',
    'Rejected {"api_key": "canary-0123456789"}',
    'x-goog-api-key=canary-0123456789',
    'access_token: "canary-0123456789"',
    `token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnktMDEyMzQ1Njc4OSJ9.canary-0123456789`,
  ])('takes credentials out of %j', (message) => {
    const text = said(message) ?? ''
    expect(text).not.toMatch(/canary|aaaaaaaa/)
    expect(text).toContain('[removed]')
  })

  test('is one line of at most 500 characters without control characters', () => {
    const text = said(`first\n\tsecond\u0000\u202e ${'word 😀 '.repeat(200)}`) ?? ''
    expect(text.startsWith('first second word 😀')).toBe(true)
    expect(Array.from(text).length).toBe(500)
    expect(text.endsWith('…')).toBe(true)
  })
})

propertyTest.prop([fc.integer({ min: 400, max: 599 }), fc.jsonValue(), fc.string()])(
  'whatever comes back is a failure with a sentence, and without the key',
  (status, value, words) => {
    for (const body of [
      value,
      { error: value },
      { error: { message: value, metadata: value, availability: value } },
    ]) {
      const found = troubleOf(status, body)
      expect(found.detail.length).toBeGreaterThan(20)
      expect(typeof found.retryable).toBe('boolean')
    }
    const spoken = troubleOf(status, `${words}${facts.key}${words}`)
    expect(JSON.stringify(spoken)).not.toContain(facts.key)
  },
)
