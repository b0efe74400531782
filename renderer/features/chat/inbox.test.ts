import type { DaemonEvent } from '@contract/events'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import type { Transcript } from '@contract/sessions'
import { expect, it } from 'vitest'
import { createFakeClient } from '../../client/fake'
import { createChatStore } from './create-chat-store'

const s1 = 's1' as SessionId
const run: RunView = {
  run_id: 'r1' as RunId,
  session_id: s1,
  kind: 'input',
  status: 'running',
  submitted_at_ms: 0,
  updated_at_ms: 0,
  request: { source_kind: 'window', text_preview: 'hi', provider: 'p', model: 'm' },
  user_message_id: null,
  assistant_message_id: null,
}
const page = (active: RunView | null): Transcript => ({
  session: {
    session_id: s1,
    title: '',
    created_at_ms: 0,
    updated_at_ms: 0,
    head_message_id: null,
    draft: '',
    activity: 'idle',
    unread: false,
  },
  messages: [],
  has_more: false,
  queued: [],
  active,
  drawing: [],
})

it('a snapshot that an end has overtaken is asked for again, not shown', async () => {
  let now = run as RunView | null
  const { client } = createFakeClient({
    'sessions.markSeen': () => undefined,
    'sessions.transcript': () => page(now),
    'sessions.selectVersion': () => page(run),
  })
  const store = createChatStore(client, { isWatched: () => false, onNextFrame: (draw) => (draw(), () => {}) })
  await store.open(s1)
  expect(store.getState().active?.run_id).toBe('r1')

  const answer = store.selectVersion('m1' as MessageId)
  now = null
  const ended: DaemonEvent = { type: 'run.ended', run: { ...run, status: 'completed' }, message: null }
  store.hear(ended)
  expect(store.getState().active).toBeNull()
  await answer
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(store.getState()).toMatchObject({ phase: 'ready', active: null })
})
