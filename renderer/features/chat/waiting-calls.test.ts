import type { AnyEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { Approval } from '@contract/permissions'
import type { RunView } from '@contract/runs'
import type { Transcript } from '@contract/sessions'
import { describe, expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { createChatStore } from './create-chat-store'

const s1 = 's1' as SessionId
const approval = (id: string, more: Partial<Approval> = {}): Approval => ({
  approval_id: id,
  run_id: 'r1' as RunId,
  session_id: s1,
  message_id: 'a1' as MessageId,
  call_id: `call ${id}`,
  tool_name: 'web_fetch',
  tool_class: 'read',
  arguments: '{}',
  requested_at_ms: 0,
  status: 'pending',
  ...more,
})
const run = (more: Partial<RunView> = {}): RunView => ({
  run_id: 'r1' as RunId,
  session_id: s1,
  kind: 'input',
  status: 'waiting_for_approval',
  submitted_at_ms: 0,
  updated_at_ms: 0,
  request: { source_kind: 'window', text_preview: '', provider: 'p', model: 'm' },
  user_message_id: 'u1' as MessageId,
  assistant_message_id: 'a1' as MessageId,
  ...more,
})
const message = (id: string, parent: string | null, more: Partial<Message> = {}): Message => ({
  message_id: id as MessageId,
  session_id: s1,
  parent_id: parent as MessageId | null,
  role: id.startsWith('u') ? 'user' : 'assistant',
  parts: [],
  created_at_ms: 0,
  run_id: 'r1' as RunId,
  seen: 0,
  versions: [id as MessageId],
  ...more,
})

const bare: Transcript = {
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
  active: null,
  drawing: [],
}

async function setUp(active: RunView | null, handlers: Parameters<typeof createFakeClient>[0] = {}) {
  const messages = [message('u1', null), message('a1', 'u1', { status: 'running' })]
  const transcript: Transcript = { ...bare, messages, active }
  const fake = createFakeClient({
    'sessions.markSeen': () => undefined,
    'sessions.transcript': () => transcript,
    ...handlers,
  })
  const frames: (() => void)[] = []
  const store = createChatStore(fake.client, {
    isWatched: () => false,
    onNextFrame: (draw) => {
      frames.push(draw)
      return () => undefined
    },
  })
  await store.open(s1)
  const hear = (...events: AnyEvent[]) => {
    events.forEach(store.hear)
    frames.splice(0).forEach((draw) => draw())
  }
  const waiting = (): readonly string[] =>
    store.getState().approvals.map(({ approval_id, status }) => `${approval_id} ${status}`)
  return { store, hear, waiting, asked: fake.asked }
}
const changed = (each: Approval): AnyEvent => ({ type: 'approval.changed', approval: each })

describe('calls that wait', () => {
  test('come with the run and with events, and a decision is never undone by older news', async () => {
    const { hear, waiting } = await setUp(run({ pending_approvals: [approval('a')] }))
    expect(waiting()).toEqual(['a pending'])
    hear(changed(approval('b')), changed(approval('a', { status: 'denied', decision: 'deny' })))
    expect(waiting()).toEqual(['a denied', 'b pending'])
    hear({ type: 'run.changed', run: run({ pending_approvals: [approval('a'), approval('b')] }) })
    expect(waiting()).toEqual(['a denied', 'b pending'])
    hear({ type: 'run.changed', run: run({ pending_approvals: [approval('c')] }) })
    expect(waiting()).toEqual(['a denied', 'c pending'])
    hear(changed(approval('other', { session_id: 's2' as SessionId })))
    expect(waiting()).toEqual(['a denied', 'c pending'])
  })

  test('wait for nobody once their run is over', async () => {
    const { hear, waiting, store } = await setUp(run({ pending_approvals: [approval('a')] }))
    hear({ type: 'run.ended', run: run({ status: 'cancelled' }), message: null })
    expect(waiting()).toEqual([])
    expect(store.getState().active).toBeNull()
  })

  test('are decided one by one, or for the whole chat with every other call of the same tool', async () => {
    const all = [approval('a'), approval('b'), approval('c', { tool_name: 'web_search' })]
    const { store, asked, waiting } = await setUp(run({ pending_approvals: all }), {
      'approvals.resolve': ({ resolutions }) => ({
        approvals: resolutions.map(({ approval_id, decision }) =>
          approval(approval_id, { status: 'allowed', decision }),
        ),
        run: run(),
      }),
    })
    const inputs = () => asked.filter(({ name }) => name === 'approvals.resolve').map(({ input }) => input)
    await store.decide(all[0]!, 'allow_once')
    expect(inputs()).toEqual([{ resolutions: [{ approval_id: 'a', decision: 'allow_once' }] }])
    expect(waiting()).toEqual(['a allowed', 'b pending', 'c pending'])
    await store.decide(all[1]!, 'allow_session')
    await store.decide({ ...all[2]!, approval_id: 'd' }, 'allow_session')
    expect(inputs().slice(1)).toEqual([
      { resolutions: [{ approval_id: 'b', decision: 'allow_session' }] },
      {
        resolutions: [
          { approval_id: 'd', decision: 'allow_session' },
          { approval_id: 'c', decision: 'allow_session' },
        ],
      },
    ])
  })

  test('stay as they were when the daemon refuses', async () => {
    const refusal = fault('approval_state_conflict', 'Too late.')
    const { store, waiting } = await setUp(run({ pending_approvals: [approval('a')] }), {
      'approvals.resolve': () => new Refusal(refusal),
    })
    expect(await store.decide(approval('a'), 'deny')).toEqual({ ok: false, fault: refusal })
    expect(waiting()).toEqual(['a pending'])
  })
})

const progress = (more: object, id = 'a1'): AnyEvent => ({
  type: 'call.progress',
  run_id: 'r1' as RunId,
  session_id: s1,
  message_id: id as MessageId,
  call_id: 'c',
  stage: 'generating',
  ...more,
})

test('how far a call is holds until its answer is over, and an unfinished picture until the next', async () => {
  const { store, hear } = await setUp(run({ status: 'running' }))
  hear(progress({ done: 0, all: 2, partial_uri: 'asset://partial/x' }), progress({ done: 1, all: 2 }))
  hear(progress({}, 'elsewhere'))
  expect(store.getState().progress).toEqual({
    'a1 c': { stage: 'generating', done: 1, all: 2, partial_uri: 'asset://partial/x' },
  })
  hear({ type: 'run.ended', run: run({ status: 'completed' }), message: null })
  expect(store.getState().progress).toEqual({})
})

describe('pictures at the person’s own wish', () => {
  const image = (name: string, more: Partial<RunView> = {}): RunView =>
    run({
      run_id: name as RunId,
      kind: 'image',
      status: 'running',
      assistant_message_id: `a-${name}` as MessageId,
      ...more,
    })

  test('are made beside the answer, which stays the chat’s own', async () => {
    const { store, hear } = await setUp(run({ status: 'running' }))
    hear({ type: 'run.accepted', run: image('i1') }, { type: 'run.accepted', run: image('i2') })
    hear({ type: 'run.changed', run: image('i1', { progress: 'running_tools' }) })
    expect(store.getState().active?.run_id).toBe('r1')
    expect(store.getState().beside.map(({ run_id }) => run_id)).toEqual(['i2', 'i1'])
    hear({ type: 'run.ended', run: image('i2', { status: 'completed' }), message: null })
    expect(store.getState().beside.map(({ run_id }) => run_id)).toEqual(['i1'])
    expect(store.getState().active?.run_id).toBe('r1')
  })

  test('are stopped by themselves, after the answer, or by name', async () => {
    const { store, hear, asked } = await setUp(null, { 'runs.cancel': () => run() })
    hear({ type: 'run.accepted', run: image('i1') }, { type: 'run.accepted', run: image('i2') })
    await store.stop('i1' as RunId)
    await store.stop()
    hear({ type: 'run.accepted', run: run({ status: 'running' }) })
    await store.stop()
    const stopped = asked.filter(({ name }) => name === 'runs.cancel').map(({ input }) => input)
    expect(stopped).toEqual([{ run_id: 'i1' }, { run_id: 'i2' }, { run_id: 'r1' }])
  })

  test('that ended while nobody listened are gone with the next snapshot', async () => {
    const run = image('i1', { assistant_message_id: 'a1' as MessageId })
    let drawing: readonly RunView[] = [run]
    const { store, hear } = await setUp(null, {
      'sessions.transcript': () => ({
        ...bare,
        messages: [message('u1', null), message('a1', 'u1')],
        drawing,
      }),
    })
    hear({ type: 'run.accepted', run })
    await store.refresh()
    expect(store.getState().beside).toHaveLength(1)
    drawing = []
    await store.refresh()
    expect(store.getState().beside).toEqual([])
  })
})
