import { noAudio } from './ports/audio.fake'
import type { DaemonEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import { afterEach, describe, expect, test } from 'vitest'
import { Failure } from './core/failure'
import { fakeContents } from './ports/assets.fake'
import { fakeClock } from './ports/clock.fake'
import type { Script } from './ports/driver.fake'
import { fakeDriver, says, trouble } from './ports/driver.fake'
import { fakeIds } from './ports/ids.fake'
import { fakeLog } from './ports/log.fake'
import { fakeTools } from './ports/tools.fake'
import { noEvidence } from './ports/evidence.fake'
import { fakeSpending } from './ports/spending.fake'
import type { RunRecord, Store } from './ports/store'
import { createQueue } from './runtime/queue'
import { openStore } from './store/open-store'

/** The real queue, run loop and store with a driver that follows a script and a clock that waits to be moved. */
function setUp(...scripts: Script[]) {
  const clock = fakeClock()
  const ids = fakeIds(1)
  const real = openStore({ file: ':memory:', now: () => clock.now(), newRootId: () => 'root' })
  let isFull = false
  const full = () => new Failure(fault('storage_full', 'The disk is full.'))
  const store: Store = {
    ...real,
    transaction: (work) => {
      if (isFull) throw full()
      return real.transaction(work)
    },
    messages: {
      ...real.messages,
      appendBatches: (...given) => {
        if (isFull) throw full()
        real.messages.appendBatches(...given)
      },
    },
  }
  const events: DaemonEvent[] = []
  const journalled: number[] = []
  const driver = fakeDriver(...scripts)
  const leased: string[] = []
  const log = fakeLog()
  const queue = createQueue({
    store,
    driver,
    clock,
    ids,
    log,
    publish: (event) => {
      // What is told must be on disk already.
      if (event.type === 'run.grew') journalled.push(real.messages.get(event.message_id)?.seen ?? -1)
      events.push(event)
    },
    lease: async (route_id, subject) => {
      leased.push(subject)
      return { view: () => null, open: () => ({ route_id, prefix: 'p', key: 'k' }) }
    },
    ...noAudio,
    spending: fakeSpending(),
    evidence: noEvidence,
    contents: fakeContents(),
    ...fakeTools(),
    blindness: () => undefined,
    mayStart: () => true,
    ended: () => undefined,
  })
  real.sessions.create({ session_id: 's' as SessionId, title: '', at_ms: clock.now() })
  let count = 0
  const submit = (text: string, session = 's') => {
    count += 1
    const run: RunRecord = {
      run_id: `run-${String(count)}` as RunId,
      session_id: session as SessionId,
      kind: 'input',
      status: 'queued',
      submitted_at_ms: clock.now(),
      updated_at_ms: clock.now(),
      position: count,
      source_kind: 'desktop',
      route_id: 'openrouter',
      model: 'a/b',
      generation: {},
      input: [{ kind: 'text', text }],
      user_message_id: null,
      assistant_message_id: null,
      key_hash: `k${String(count)}`,
      fingerprint: 'f',
    }
    return queue.admit(run).run
  }
  open = real
  return {
    clock,
    store: real,
    queue,
    driver,
    events,
    journalled,
    leased,
    log,
    submit,
    fill: (now: boolean) => (isFull = now),
  }
}
let open: Store | undefined
afterEach(() => open?.close())

const grew = (text: string): Script[number] => ({ is: 'grew', deltas: [{ at: 'text', place: 0, add: text }] })
const started: Script[number] = { is: 'grew', deltas: [{ at: 'part', part: { kind: 'text', text: '' } }] }

test('every batch is on disk before it is told, numbered without a hole', async () => {
  const { clock, events, journalled, submit, store } = setUp([
    started,
    grew('a'),
    grew('b'),
    { is: 'finished', reason: 'stop' },
  ])
  const run = submit('hi')
  await clock.advance(0)
  expect(journalled).toEqual([1, 2, 3])
  expect(
    events.flatMap((event) => (event.type === 'run.grew' ? [[event.batch.from, event.batch.upto]] : [])),
  ).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ])
  expect(store.messages.get(run.assistant_message_id as MessageId)).toMatchObject({
    parts: [{ kind: 'text', text: 'ab' }],
    seen: 3,
    status: 'completed',
  })
})

test('the key is read for every attempt; waits follow the provider, then double', async () => {
  const { clock, events, leased, submit } = setUp(
    [trouble('rate_limited', true, 7_000)],
    [trouble('overloaded', true)],
    says('done'),
  )
  submit('hi')
  await clock.advance(6_999)
  expect(leased).toHaveLength(1)
  await clock.advance(1)
  expect(leased).toHaveLength(2)
  await clock.advance(1_999)
  expect(leased).toHaveLength(2)
  await clock.advance(1)
  expect(leased).toEqual(Array.from({ length: 3 }, () => 'session:s'))
  expect(events.at(-2)).toMatchObject({ type: 'run.ended', run: { status: 'completed' } })
})

test('a cancel between two tries ends at once and leaves no timer', async () => {
  const { clock, queue, submit } = setUp([trouble('overloaded', true)])
  const run = submit('hi')
  await clock.advance(0)
  expect(clock.waiting()).toBe(1)
  queue.cancel(run.run_id)
  await clock.advance(0)
  expect(clock.waiting()).toBe(0)
})

test('what the provider still says after a stop is not heard', async () => {
  let goOn = () => {}
  const gate = () => new Promise<void>((resolve) => (goOn = resolve))
  const { clock, queue, submit, store } = setUp([
    started,
    grew('before'),
    gate,
    grew('after'),
    { is: 'finished', reason: 'stop' },
  ])
  const run = submit('hi')
  await clock.advance(0)
  queue.cancel(run.run_id)
  goOn()
  await clock.advance(0)
  expect(store.messages.get(run.assistant_message_id as MessageId)).toMatchObject({
    parts: [{ text: 'before' }],
    status: 'cancelled',
  })
})

test('a driver that breaks is a reference into the log, not a crash', async () => {
  const { clock, submit, events, log } = setUp([() => Promise.reject(new TypeError('odd'))])
  submit('hi')
  await clock.advance(0)
  expect(events.find((event) => event.type === 'run.ended')).toMatchObject({
    run: { error: { code: 'bug', ref: 'ref_1' } },
  })
  expect(log.lines[0]?.tag).toContain('TypeError: odd')
})

test('a full disk ends the run in the open, keeps what was journalled, and is made good when there is room', async () => {
  let goOn = () => {}
  const gate = () => new Promise<void>((resolve) => (goOn = resolve))
  const { clock, submit, events, store, fill } = setUp(
    [started, grew('kept'), gate, grew('lost')],
    says('second'),
  )
  const run = submit('hi')
  await clock.advance(0)
  fill(true)
  goOn()
  await clock.advance(0)
  expect(events.find((event) => event.type === 'run.ended')).toMatchObject({
    run: { status: 'failed', error: { code: 'storage_full' } },
    message: { status: 'failed', fault: { code: 'storage_full' }, parts: [{ text: 'kept' }] },
  })
  expect(store.runs.get(run.run_id)?.status).toBe('running')
  await clock.advance(10_000)
  fill(false)
  await clock.advance(10_000)
  expect(store.runs.get(run.run_id)).toMatchObject({ status: 'failed', fault: { code: 'storage_full' } })
  expect(events.at(-2)).toMatchObject({ type: 'message.changed', message: { parts: [{ text: 'kept' }] } })
  expect(submit('again').status).toBe('running')
})

test('the history leaves out answers that never came', async () => {
  const { clock, driver, submit } = setUp([trouble('bad_request', false)], says('two'))
  submit('one')
  await clock.advance(0)
  submit('two')
  await clock.advance(0)
  expect(driver.asked[1]?.turn.history.map((message) => message.role)).toEqual(['user', 'user'])
})

describe('many runs at once', () => {
  const chats = Array.from({ length: 9 }, (_, chat) => `s${String(chat)}`)
  /** Each has told its beginning and has just received `waits`, which is not on disk yet; then comes the rest. */
  async function streamAll(...rest: Script) {
    const goOn: (() => void)[] = []
    const gate = () => new Promise<void>((resolve) => goOn.push(resolve))
    const script: Script = [started, grew('told '), gate, grew('waits'), ...rest]
    const house = setUp(...chats.map(() => script))
    for (const session_id of chats) {
      house.store.sessions.create({
        session_id: session_id as SessionId,
        title: '',
        at_ms: house.clock.now(),
      })
    }
    const runs = chats.map((chat) => house.submit('hi', chat))
    await house.clock.advance(10)
    const go = async () => {
      for (const open of goOn) open()
      await house.clock.advance(0)
    }
    const answers = () =>
      runs.map((run) => house.store.messages.get(run.assistant_message_id as MessageId) ?? {})
    const told = (type: DaemonEvent['type']) => house.events.filter((event) => event.type === type).length
    return { ...house, runs, go, answers, told }
  }

  test('what arrives together is stored before it is told, and a moment later', async () => {
    const { clock, go, answers, told, journalled } = await streamAll('hang')
    const before = told('run.grew')
    await go()
    expect(told('run.grew')).toBe(before)
    await clock.advance(5)
    expect(told('run.grew')).toBe(before + 9)
    expect(journalled.slice(-9)).toEqual(chats.map(() => 3))
    expect(answers()).toEqual(
      chats.map(() => expect.objectContaining({ parts: [{ kind: 'text', text: 'told waits' }] })),
    )
    expect(clock.waiting()).toBe(0)
  })

  test('an end comes after what waited', async () => {
    const { go, answers, told, events } = await streamAll({ is: 'finished', reason: 'stop' })
    await go()
    expect(told('run.ended')).toBe(9)
    expect(answers()).toEqual(
      chats.map(() =>
        expect.objectContaining({ status: 'completed', parts: [{ kind: 'text', text: 'told waits' }] }),
      ),
    )
    for (const chat of chats) {
      const own = events.filter((event) =>
        'session_id' in event ? event.session_id === chat : 'run' in event && event.run.session_id === chat,
      )
      expect(own.at(-2)).toMatchObject({ type: 'run.grew', batch: { upto: 3 } })
      expect(own.at(-1)).toMatchObject({ type: 'run.ended' })
    }
  })

  test('a provider that breaks off takes nothing away', async () => {
    const { go, answers } = await streamAll(trouble('cut_short', true))
    await go()
    expect(answers()).toEqual(
      chats.map(() =>
        expect.objectContaining({ status: 'failed', parts: [{ kind: 'text', text: 'told waits' }] }),
      ),
    )
  })

  test.each(['cancelled', 'interrupted'] as const)('one that is %s keeps what waited', async (status) => {
    const { go, queue, runs, answers, clock } = await streamAll('hang')
    await go()
    const [first] = runs
    if (status === 'cancelled') queue.cancel(first?.run_id as RunId)
    else queue.interrupt(first?.session_id as SessionId)
    expect(answers()[0]).toMatchObject({ status, parts: [{ text: 'told waits' }] })
    expect(clock.waiting()).toBe(0)
  })

  test('the daemon’s end keeps what waited', async () => {
    const { go, queue, answers, clock } = await streamAll('hang')
    await go()
    const over = queue.stopAll()
    await clock.advance(1_000)
    await over
    expect(answers()).toEqual(
      chats.map(() =>
        expect.objectContaining({ status: 'interrupted', parts: [{ kind: 'text', text: 'told waits' }] }),
      ),
    )
    expect(clock.waiting()).toBe(0)
  })

  test.each<[string, Script]>([
    ['silent', ['hang']],
    ['whole', [{ is: 'finished', reason: 'stop' }]],
  ])('a full disk fails each, although its provider is %s, and keeps what was told', async (_, rest) => {
    const { go, fill, events, answers, clock, store, runs } = await streamAll(...rest)
    fill(true)
    await go()
    await clock.advance(5)
    const ends = events.filter((event) => event.type === 'run.ended')
    expect(ends).toEqual(
      chats.map(() =>
        expect.objectContaining({
          run: expect.objectContaining({
            status: 'failed',
            error: expect.objectContaining({ code: 'storage_full' }),
          }),
        }),
      ),
    )
    fill(false)
    await clock.advance(10_000)
    expect(answers()).toEqual(
      chats.map(() =>
        expect.objectContaining({ status: 'failed', parts: [{ kind: 'text', text: 'told ' }] }),
      ),
    )
    expect(runs.map(({ run_id }) => store.runs.get(run_id)?.status)).toEqual(chats.map(() => 'failed'))
  })

  test('an answer that is gone fails its own run only', async () => {
    const { go, store, runs, answers, clock, events } = await streamAll('hang')
    store.sessions.markDeleted('s3' as SessionId, clock.now())
    store.sessions.purgeDeleted(clock.now() + 1)
    await go()
    await clock.advance(5)
    expect(events.filter((event) => event.type === 'run.ended').map((event) => event.run.run_id)).toEqual([
      runs[3]?.run_id,
    ])
    expect(answers().filter((answer) => 'parts' in answer)).toEqual(
      Array.from({ length: 8 }, () =>
        expect.objectContaining({ parts: [{ kind: 'text', text: 'told waits' }] }),
      ),
    )
  })
})
