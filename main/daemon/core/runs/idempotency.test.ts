import type { MessageId, SessionId } from '@contract/ids'
import type { RunRequest } from '@contract/runs'
import { expect, test } from 'vitest'
import { canonicalRequest, canonicalRetry, checkKey } from './idempotency'

test.each(['a', 'x'.repeat(200), '0195f2c2-8a5c-7000-8000-000000000000', '!~'])('%j is a key', (key) => {
  expect(() => checkKey(key)).not.toThrow()
})

test.each(['', ' ', 'a b', 'a\n', 'é', 'x'.repeat(201)])('%j is none', (key) => {
  expect(() => checkKey(key)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ code: 'invalid_idempotency_key' }) }),
  )
})

const request: RunRequest = { session_id: 's' as SessionId, idempotency_key: 'k', content: 'hi' }

test('what means the same reads the same', () => {
  const text = canonicalRequest(request)
  expect(canonicalRequest({ ...request, idempotency_key: 'other' })).toBe(text)
  const { content: _, ...bare } = request
  expect(canonicalRequest({ ...bare, input_items: [{ type: 'text', text: 'hi' }] })).toBe(text)
  expect(canonicalRequest({ ...request, provider: ' ', generation: {} })).toBe(text)
})

test.each<Partial<RunRequest>>([
  { content: 'ho' },
  { session_id: 't' as SessionId },
  { provider: 'p' },
  { model: 'm' },
  { fallback_model: 'm' },
  { generation: { temperature: 0 } },
  { generation: { max_tokens: 1 } },
  { generation: { reasoning_effort: 'low' } },
  { replaces: 'm' as MessageId },
])('another %j is another request', (change) => {
  expect(canonicalRequest({ ...request, ...change })).not.toBe(canonicalRequest(request))
})

test('a retry is never an input', () => {
  expect(canonicalRetry({ run_id: 'r' })).not.toBe(canonicalRetry({ run_id: 'r', model: 'm' }))
  expect(canonicalRetry({ run_id: 'r' })).toBe(canonicalRetry({ run_id: 'r', provider: '' }))
})
