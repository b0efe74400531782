import type { RunId, SessionId } from '@contract/ids'
import { expect, test } from 'vitest'
import type { Viewable } from './view'
import { longestPreview, toView } from './view'

const run: Viewable & { readonly key_hash: string; readonly fingerprint: string } = {
  run_id: 'r' as RunId,
  session_id: 's' as SessionId,
  kind: 'input',
  status: 'queued',
  submitted_at_ms: 1,
  updated_at_ms: 2,
  source_kind: 'desktop',
  route_id: 'openrouter',
  model: 'a/b',
  generation: {},
  input: [{ kind: 'text', text: 'one\n two' }],
  user_message_id: null,
  assistant_message_id: null,
  key_hash: 'secret-ish',
  fingerprint: 'secret-ish',
}

test('a queued run shows its place and its whole text, and none of the bookkeeping', () => {
  expect(toView(run, { position: 2, progress: 'streaming' })).toEqual({
    run_id: 'r',
    session_id: 's',
    kind: 'input',
    status: 'queued',
    submitted_at_ms: 1,
    updated_at_ms: 2,
    queued_position: 2,
    request: { source_kind: 'desktop', text_preview: 'one two', provider: 'openrouter', model: 'a/b' },
    input_text: 'one\n two',
    user_message_id: null,
    assistant_message_id: null,
  })
})

test('a running one shows its progress, an ended one its fault and receipt', () => {
  const started = { ...run, status: 'running' as const, user_message_id: 'm' as Viewable['user_message_id'] }
  expect(toView(started, { position: 1, progress: 'streaming' })).toMatchObject({ progress: 'streaming' })
  expect(toView(started)).not.toHaveProperty('input_text')
  const ended = {
    ...started,
    status: 'completed' as const,
    receipt: { route_id: 'x', model: 'y', cost: { basis: 'unavailable' as const } },
  }
  expect(toView(ended, { progress: 'streaming' })).not.toHaveProperty('progress')
  expect(toView(ended)).toHaveProperty('receipt')
})

test('a retry is previewed by what it answers again; a preview is short', () => {
  expect(toView({ ...run, input: [] }, { asked: 'again' }).request.text_preview).toBe('again')
  const long = toView({ ...run, input: [{ kind: 'text', text: 'word '.repeat(1_000) }] })
  expect([...long.request.text_preview].length).toBeLessThanOrEqual(longestPreview)
  expect(long.input_text).toHaveLength(5_000)
})
