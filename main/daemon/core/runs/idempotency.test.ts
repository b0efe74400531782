import type { AssetId, MessageId, SessionId } from '@contract/ids'
import type { RunRequest } from '@contract/runs'
import { expect, test } from 'vitest'
import { canonicalRequest as canonical, canonicalRetry, checkKey } from './idempotency'
import { readInput } from './input'

test.each(['a', 'x'.repeat(200), '0195f2c2-8a5c-7000-8000-000000000000', '!~'])('%j is a key', (key) => {
  expect(() => checkKey(key)).not.toThrow()
})

test.each(['', ' ', 'a b', 'a\n', 'é', 'x'.repeat(201)])('%j is none', (key) => {
  expect(() => checkKey(key)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ code: 'invalid_idempotency_key' }) }),
  )
})

const canonicalRequest = (given: RunRequest) =>
  canonical(given, readInput(given), (text) => `digest of ${text}`)
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
  { provider_preferences: { only: ['a'] } },
  { provider_preferences: { order: ['a'] } },
  { provider_preferences: { zdr: true } },
  { provider_preferences: { max_price: { prompt: 1 } } },
  { fallback_models: ['m'] },
  { fallback_models: [] },
  { context_assets: [] },
  { context_assets: ['a' as AssetId] },
  { attachments: [{ type: 'asset_reference', asset_id: 'a' as AssetId }] },
])('another %j is another request', (change) => {
  expect(canonicalRequest({ ...request, ...change })).not.toBe(canonicalRequest(request))
})

test('what says nothing of settings reads as it did before there were any', () => {
  expect(canonicalRequest({ ...request, generation: { temperature: 1 } })).toBe(
    '["v1","input","s",[{"kind":"text","text":"hi"}],null,null,null,[1,null,null],null]',
  )
  expect(canonicalRetry({ run_id: 'r' })).toBe('["v1","retry","r",null,null]')
})

test('the order in which fields were written means nothing', () => {
  const one = { only: ['a'], zdr: true, max_price: { prompt: 1, completion: 2 } }
  const other = { max_price: { completion: 2, prompt: 1 }, zdr: true, only: ['a'] }
  expect(canonicalRequest({ ...request, provider_preferences: one })).toBe(
    canonicalRequest({ ...request, provider_preferences: other }),
  )
})

test('a file that comes along is known by its name and digest, in either shape', () => {
  const file = { type: 'inline_asset', file_name: 'a.png', content_base64: 'AAAA' } as const
  const { content: _, ...bare } = request
  const ordered = canonicalRequest({ ...bare, input_items: [{ type: 'text', text: 'hi' }, file] })
  expect(ordered).toBe(canonicalRequest({ ...request, attachments: [file] }))
  expect(ordered).toContain('digest of AAAA')
  for (const other of [{ content_base64: 'AAAB' }, { file_name: 'b.png' }, { media_type: 'image/png' }])
    expect(canonicalRequest({ ...request, attachments: [{ ...file, ...other }] })).not.toBe(ordered)
})

test('the order in which earlier pictures were chosen means nothing', () => {
  const [a, b] = ['a', 'b'] as AssetId[]
  expect(canonicalRequest({ ...request, context_assets: [a!, b!, a!] })).toBe(
    canonicalRequest({ ...request, context_assets: [b!, a!] }),
  )
})

test('a retry is never an input', () => {
  expect(canonicalRetry({ run_id: 'r' })).not.toBe(canonicalRetry({ run_id: 'r', model: 'm' }))
  expect(canonicalRetry({ run_id: 'r' })).toBe(canonicalRetry({ run_id: 'r', provider: '' }))
  const shorter = canonicalRetry({ run_id: 'r', generation: { max_tokens: 9 } })
  expect(shorter).not.toBe(canonicalRetry({ run_id: 'r' }))
})
