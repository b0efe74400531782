import type { AnyEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { AssetRef, Message } from '@contract/message'
import type { RunView } from '@contract/runs'
import type { SessionView, Transcript } from '@contract/sessions'
import { describe, expect, it, vi } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { createChatStore } from './create-chat-store'
import { isSketch, textOf } from './message-path'

const s1 = 's1' as SessionId
const id = (name: string) => name as MessageId
const picture: AssetRef = {
  asset_id: 'pic' as AssetId,
  media_type: 'image/png',
  file_name: 'pic.png',
  byte_length: 9,
}
const session = (more: Partial<SessionView> = {}): SessionView => ({
  session_id: s1,
  title: '',
  created_at_ms: 0,
  updated_at_ms: 0,
  head_message_id: null,
  draft: '',
  activity: 'idle',
  unread: false,
  ...more,
})
const said = (name: string, parent: string | null, text: string, more: Partial<Message> = {}): Message => ({
  message_id: id(name),
  session_id: s1,
  parent_id: parent === null ? null : id(parent),
  role: name.startsWith('u') ? 'user' : 'assistant',
  parts: [{ kind: 'text', text }],
  created_at_ms: 0,
  run_id: 'r1' as RunId,
  seen: 0,
  versions: [id(name)],
  ...(name.startsWith('u') ? {} : { status: 'running' as const }),
  ...more,
})
const run = (name: string, more: Partial<RunView> = {}): RunView => ({
  run_id: name as RunId,
  session_id: s1,
  kind: 'input',
  status: 'running',
  submitted_at_ms: 0,
  updated_at_ms: 0,
  request: { source_kind: 'window', text_preview: name, provider: 'p', model: 'm' },
  user_message_id: id('u1'),
  assistant_message_id: id('a1'),
  ...more,
})
const page = (messages: readonly Message[], more: Partial<Transcript> = {}): Transcript => ({
  session: session(),
  messages,
  has_more: false,
  queued: [],
  active: null,
  drawing: [],
  ...more,
})
const grew = (from: number, upto: number, add: string): AnyEvent => ({
  type: 'run.grew',
  run_id: 'r1' as RunId,
  session_id: s1,
  message_id: id('a1'),
  batch: { from, upto, deltas: [{ at: 'text', place: 0, add }] },
})

/** A store whose frames are drawn by hand. */
function setUp(handlers: Parameters<typeof createFakeClient>[0]) {
  const frames: (() => void)[] = []
  const fake = createFakeClient({ 'sessions.markSeen': () => undefined, ...handlers })
  const store = createChatStore(fake.client, {
    isWatched: () => false,
    onNextFrame: (draw) => {
      frames.push(draw)
      return () => frames.splice(frames.indexOf(draw), 1)
    },
  })
  const hear = (...events: AnyEvent[]) => events.forEach(store.hear)
  const frame = () => frames.splice(0).forEach((draw) => draw())
  const texts = () => store.getState().messages.map(textOf)
  const asks = (name: string) => fake.asked.filter((ask) => ask.name === name).length
  return { store, fake, hear, frame, texts, asks }
}
const streaming = () => page([said('u1', null, 'hi'), said('a1', 'u1', '')], { active: run('r1') })

describe('a growing answer', () => {
  it('folds everything that came since the last frame in one change of state', async () => {
    const { store, hear, frame, texts } = setUp({ 'sessions.transcript': streaming })
    await store.open(s1)
    const changes = vi.fn<() => void>()
    store.subscribe(changes)
    hear(grew(1, 1, 'Hel'), grew(2, 3, 'lo'), grew(2, 3, 'lo'))
    expect(changes).not.toHaveBeenCalled()
    frame()
    expect(changes).toHaveBeenCalledTimes(1)
    expect(texts()).toEqual(['hi', 'Hello'])
  })

  it('touches only the entry that grew', async () => {
    const { store, hear, frame } = setUp({ 'sessions.transcript': streaming })
    await store.open(s1)
    const { messages, order } = store.getState()
    hear(grew(1, 1, 'x'))
    frame()
    expect(store.getState().messages[0]).toBe(messages[0])
    expect(store.getState().messages[1]).not.toBe(messages[1])
    expect(store.getState().order).toBe(order)
  })

  it('asks for one snapshot when something is missing, and folds what came meanwhile', async () => {
    let snapshot = streaming()
    const { store, hear, frame, texts, asks } = setUp({ 'sessions.transcript': () => snapshot })
    await store.open(s1)
    snapshot = page([said('u1', null, 'hi'), said('a1', 'u1', 'abcd', { seen: 4 })], { active: run('r1') })
    hear(grew(4, 4, 'd'))
    frame()
    hear(grew(5, 5, 'e'))
    frame()
    hear(grew(6, 6, 'f'))
    await vi.waitFor(() => expect(texts()[1]).toBe('abcdef'))
    expect(asks('sessions.transcript')).toBe(2)
  })

  it('waits a little when the snapshot cuts through a batch, instead of asking in a circle', async () => {
    vi.useFakeTimers()
    try {
      const snapshots = [streaming(), streaming(), streaming()]
      snapshots[1] = page([said('u1', null, 'hi'), said('a1', 'u1', 'ab', { seen: 2 })], {
        active: run('r1'),
      })
      snapshots[2] = page([said('u1', null, 'hi'), said('a1', 'u1', 'abcd', { seen: 4 })], {
        active: run('r1'),
      })
      const { store, hear, frame, texts, asks } = setUp({
        'sessions.transcript': () => snapshots.shift() ?? streaming(),
      })
      await store.open(s1)
      hear(grew(2, 4, 'bcd'))
      frame()
      await vi.advanceTimersByTimeAsync(10)
      expect(asks('sessions.transcript')).toBe(2)
      hear(grew(5, 5, 'e'))
      frame()
      expect(asks('sessions.transcript')).toBe(2)
      await vi.advanceTimersByTimeAsync(100)
      expect(asks('sessions.transcript')).toBe(3)
      expect(texts()[1]).toBe('abcde')
    } finally {
      vi.useRealTimers()
    }
  })

  it('keeps what arrives while the chat is being opened', async () => {
    let answer: (transcript: Transcript) => void = () => undefined
    const slow = new Promise<Transcript>((resolve) => (answer = resolve))
    const { store, hear, frame, texts } = setUp({ 'sessions.transcript': () => slow })
    const opening = store.open(s1)
    hear(grew(1, 1, 'a'), grew(2, 2, 'b'))
    frame()
    answer(page([said('u1', null, 'hi'), said('a1', 'u1', 'a', { seen: 1 })], { active: run('r1') }))
    await opening
    expect(texts()[1]).toBe('ab')
  })

  it('leaves an answer alone that is not on the shown path, after asking once', async () => {
    const { store, hear, frame, asks } = setUp({
      'sessions.transcript': () => page([said('u1', null, 'hi')]),
    })
    await store.open(s1)
    hear(grew(7, 7, 'x'))
    frame()
    await vi.waitFor(() => expect(asks('sessions.transcript')).toBe(2))
    hear(grew(8, 8, 'y'))
    frame()
    await Promise.resolve()
    expect(asks('sessions.transcript')).toBe(2)
  })

  it('takes the stored answer at the end and ignores word of the run that comes after it', async () => {
    const { store, hear, frame, texts } = setUp({ 'sessions.transcript': streaming })
    await store.open(s1)
    const stored = said('a1', 'u1', 'whole', { seen: 9, status: 'completed' })
    hear(grew(1, 1, 'wh'), { type: 'run.ended', run: run('r1', { status: 'completed' }), message: stored })
    hear({ type: 'run.changed', run: run('r1') })
    frame()
    expect(texts()[1]).toBe('whole')
    expect(store.getState().active).toBeNull()
  })

  it('ignores other chats', async () => {
    const { store, hear, frame, texts } = setUp({ 'sessions.transcript': streaming })
    await store.open(s1)
    hear({ ...grew(1, 1, 'x'), session_id: 's2' } as AnyEvent)
    frame()
    expect(texts()[1]).toBe('')
  })

  it('drops the answer of a chat that is no longer open', async () => {
    let answer: (transcript: Transcript) => void = () => undefined
    const slow = new Promise<Transcript>((resolve) => (answer = resolve))
    const { store } = setUp({ 'sessions.transcript': () => slow })
    const opening = store.open(s1)
    await store.open(null)
    answer(streaming())
    await opening
    expect(store.getState()).toMatchObject({ phase: 'empty', sessionId: null, messages: [] })
  })
})

describe('sending', () => {
  const accepted = () => ({ run: run('r1'), messages: [said('u1', null, 'hello')] })

  it('shows the words at once, makes the chat, and lets the real message take their place', async () => {
    const { store, fake, texts } = setUp({
      'sessions.create': () => session(),
      'sessions.submitRun': accepted,
    })
    const sending = store.send('hello')
    expect(texts()).toEqual(['hello'])
    expect(store.getState().phase).toBe('ready')
    await expect(sending).resolves.toMatchObject({ ok: true })
    expect(store.getState().messages.map((message) => message.message_id)).toEqual(['u1'])
    expect(store.getState()).toMatchObject({ sessionId: s1, active: { run_id: 'r1' } })
    expect(fake.asked.at(-1)?.input).toMatchObject({ session_id: s1, content: 'hello' })
  })

  it('makes one chat for two messages that are sent before it is there, and none for a chat left meanwhile', async () => {
    let made = 0
    const { store, fake } = setUp({
      'sessions.create': () => session({ session_id: `made-${(made += 1)}` as SessionId }),
      'sessions.submitRun': (input) => ({ run: run(input.content ?? '', input), messages: [] }),
      'sessions.transcript': () => page([]),
    })
    await Promise.all([store.send('first'), store.send('second')])
    const sent = fake.asked
      .filter(({ name }) => name === 'sessions.submitRun')
      .map(({ input }) => input as { readonly session_id: string; readonly content: string })
    expect(sent.map(({ session_id, content }) => [session_id, content])).toEqual([
      ['made-1', 'first'],
      ['made-1', 'second'],
    ])

    await store.open(null)
    const late = store.send('third')
    await store.open(s1)
    await store.open(null)
    await late
    expect(store.getState().sessionId).toBe(null)
  })

  it('shows a first message that had to wait as soon as it starts', async () => {
    const waiting = run('r1', {
      status: 'queued',
      queued_position: 1,
      user_message_id: null,
      assistant_message_id: null,
    })
    const { store, texts, hear, frame } = setUp({
      'sessions.create': () => session(),
      'sessions.submitRun': () => ({ run: waiting, messages: [] }),
    })
    await store.send('hi')
    expect(store.getState()).toMatchObject({ phase: 'ready', messages: [], queued: [waiting] })
    hear({ type: 'message.added', message: said('u1', null, 'hi') })
    frame()
    expect(texts()).toEqual(['hi'])
  })

  it('shows them once when the event comes before the answer', async () => {
    const { store, hear, frame, texts } = setUp({
      'sessions.transcript': () => page([]),
      'sessions.submitRun': () => {
        hear({ type: 'message.added', message: said('u1', null, 'hello') })
        hear({ type: 'message.added', message: said('a1', 'u1', '') }, grew(1, 1, 'fast'))
        hear({
          type: 'run.ended',
          run: run('r1', { status: 'completed' }),
          message: said('a1', 'u1', 'fast', { status: 'completed', seen: 1 }),
        })
        frame()
        return { run: run('r1'), messages: [said('u1', null, 'hello'), said('a1', 'u1', '')] }
      },
    })
    await store.open(s1)
    await store.send('hello')
    expect(texts()).toEqual(['hello', 'fast'])
    expect(store.getState().active).toBeNull()
    expect(store.getState().messages[1]?.status).toBe('completed')
  })

  it('takes them back on a fault and tells it', async () => {
    const refusal = new Refusal(fault('not_ready', 'No.'))
    const { store, texts } = setUp({
      'sessions.create': () => session(),
      'sessions.submitRun': () => refusal,
    })
    await expect(store.send('hello')).resolves.toMatchObject({ ok: false, fault: { code: 'not_ready' } })
    expect(texts()).toEqual([])
    expect(store.getState().phase).toBe('empty')
  })

  it('puts back what an edit had cut away when it fails', async () => {
    const refusal = new Refusal(fault('not_ready', 'No.'))
    const path = [said('u1', null, 'one'), said('a1', 'u1', 'two', { status: 'completed' })]
    const { store, texts } = setUp({
      'sessions.transcript': () => page(path),
      'sessions.submitRun': () => refusal,
    })
    await store.open(s1)
    const sending = store.send('uno', { replaces: id('u1') })
    expect(texts()).toEqual(['uno'])
    await sending
    expect(texts()).toEqual(['one', 'two'])
  })

  it('waits in the queue behind an active run, and can be taken back', async () => {
    const waiting = run('r2', {
      status: 'queued',
      queued_position: 1,
      input_text: 'next',
      input_attachments: [picture],
      user_message_id: null,
      assistant_message_id: null,
    })
    const { store, texts, fake } = setUp({
      'sessions.transcript': streaming,
      'sessions.submitRun': () => ({ run: waiting, messages: [] }),
      'runs.cancel': () => ({ ...waiting, status: 'cancelled' as const }),
    })
    await store.open(s1)
    const sending = store.send('next', { attachments: [picture], contextAssets: ['old' as AssetId] })
    expect(store.getState().queued).toMatchObject([{ input_attachments: [picture] }])
    await sending
    expect(fake.asked.find(({ name }) => name === 'sessions.submitRun')?.input).toMatchObject({
      input_items: [
        { type: 'text', text: 'next' },
        { type: 'asset_reference', asset_id: 'pic' },
      ],
      context_assets: ['old'],
    })
    expect(store.getState().queued.map((entry) => entry.run_id)).toEqual(['r2'])
    expect(texts()).toEqual(['hi', ''])
    await expect(store.takeBack('r2' as RunId)).resolves.toEqual({ text: 'next', attachments: [picture] })
    expect(store.getState().queued).toEqual([])
  })

  it('says nothing when a run ends by itself as it is stopped', async () => {
    const { store } = setUp({
      'sessions.transcript': streaming,
      'runs.cancel': () => new Refusal(fault('run_state_conflict', 'This run has already completed.')),
    })
    await store.open(s1)
    expect(store.getState().active).not.toBeNull()
    expect(await store.stop()).toMatchObject({ ok: true })
  })

  it('does not call a message taken back that had already started', async () => {
    const waiting = run('r2', {
      status: 'queued',
      queued_position: 1,
      input_text: 'next',
      user_message_id: null,
    })
    const { store } = setUp({
      'sessions.transcript': () => ({ ...streaming(), queued: [waiting] }),
      'runs.cancel': () => run('r2', { status: 'cancelled', user_message_id: id('u2') }),
    })
    await store.open(s1)
    await expect(store.takeBack('r2' as RunId)).resolves.toBeUndefined()
  })
})

describe('the path', () => {
  it('ends with a new version where its parent is', async () => {
    const path = [
      said('u1', null, 'q'),
      said('a1', 'u1', 'old', { status: 'completed' }),
      said('u2', 'a1', 'more'),
    ]
    const { store, hear, frame, texts } = setUp({ 'sessions.transcript': () => page(path) })
    await store.open(s1)
    hear({ type: 'message.added', message: said('a2', 'u1', 'new', { versions: [id('a1'), id('a2')] }) })
    frame()
    expect(texts()).toEqual(['q', 'new'])
  })

  it('puts older pages in front and keeps them through a snapshot', async () => {
    const newer = [said('u2', 'a1', 'three'), said('a2', 'u2', 'four', { status: 'completed' })]
    const older = [said('u1', null, 'one'), said('a1', 'u1', 'two', { status: 'completed' })]
    const { store, hear, frame, texts, asks } = setUp({
      'sessions.transcript': ({ before }) => (before ? page(older) : page(newer, { has_more: true })),
    })
    await store.open(s1)
    await expect(store.loadOlder()).resolves.toBe(true)
    expect(texts()).toEqual(['one', 'two', 'three', 'four'])
    hear({ type: 'message.added', message: said('u9', 'unknown', 'x') })
    frame()
    await vi.waitFor(() => expect(asks('sessions.transcript')).toBe(3))
    expect(texts()).toEqual(['one', 'two', 'three', 'four'])
    expect(store.getState().hasMore).toBe(false)
    await expect(store.loadOlder()).resolves.toBe(false)
  })

  it('says why a chat could not be opened', async () => {
    const refusal = new Refusal(fault('session_not_found', 'Gone.'))
    const { store } = setUp({ 'sessions.transcript': () => refusal })
    await store.open(s1)
    expect(store.getState()).toMatchObject({ phase: 'failed', fault: { code: 'session_not_found' } })
  })

  it('tells of a run that ended without an answer', async () => {
    const failed = run('r1', {
      status: 'failed',
      assistant_message_id: null,
      error: fault('not_ready', 'No.'),
    })
    const { store } = setUp({
      'sessions.transcript': () => page([said('u1', null, 'q')]),
      'runs.get': () => failed,
    })
    await store.open(s1)
    expect(store.getState().unanswered?.error?.code).toBe('not_ready')
    expect(store.getState().messages.some(isSketch)).toBe(false)
  })

  it('shows what another daemon knows of the same chat, without hiding it meanwhile', async () => {
    let snapshot = streaming()
    const { store, hear, frame, texts } = setUp({ 'sessions.transcript': () => snapshot })
    await store.open(s1)
    hear(grew(1, 1, 'half'))
    frame()
    const stored = said('a1', 'u1', 'half of it', { seen: 2, status: 'interrupted' })
    snapshot = page([said('u1', null, 'hi'), stored])
    const refreshed = store.refresh()
    expect(texts()).toEqual(['hi', 'half'])
    await refreshed
    expect(texts()).toEqual(['hi', 'half of it'])
    expect(store.getState()).toMatchObject({ phase: 'ready', active: null })
  })
})
