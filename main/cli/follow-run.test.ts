import type { DaemonEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { Message } from '@contract/message'
import type { Accepted, RunView } from '@contract/runs'
import { beforeEach, describe, expect, test } from 'vitest'
import { followRun, type GivenRun } from './follow-run'
import { Lost } from './lost'
import { Refused, type Session } from './session'
import { createTextTap } from './text-tap'

const words = ['One', ' two', ' three', ' four']
const request: GivenRun = { session_id: 's', idempotency_key: 'k', content: 'hi' }

// Of a message, a run and the calls there is only what a follower reads and asks.
const answer = (count: number) =>
  ({
    role: 'assistant',
    seen: count + 1,
    parts: [{ kind: 'text', text: words.slice(0, count).join('') }],
  }) as unknown as Message
const runIs = (status: RunView['status']) =>
  ({
    run_id: 'r',
    session_id: 's',
    status,
    pending_approvals: [{ approval_id: 'stored' }],
  }) as unknown as RunView

/** A daemon whose answer grows word by word; what is told of it is up to the test. */
function openStage() {
  let stored = 0
  let status: RunView['status'] = 'running'
  let asked = 0
  let hear: (event: DaemonEvent) => void = () => undefined
  let missed: () => void = () => undefined
  let lose!: () => void
  let out = ''
  let refusal: Refused | undefined
  let held: Promise<void> | undefined
  let release: () => void = () => undefined
  const session: Session = {
    ask: (async (): Promise<Accepted> => {
      asked += 1
      const found = { run: runIs(status), messages: stored > 0 || asked > 1 ? [answer(stored)] : [] }
      await Promise.resolve()
      await held
      if (refusal) throw refusal
      return found
    }) as unknown as Session['ask'],
    listen: async (heard, about) => {
      hear = heard
      missed = about?.missed ?? missed
      return () => void (hear = () => undefined)
    },
    lost: new Promise((resolve) => (lose = resolve)),
    assets: {} as never,
    isOwn: false,
  }
  const tell = (event: unknown) => hear(event as DaemonEvent)
  return {
    session,
    tell,
    tap: createTextTap((text) => (out += text)),
    out: () => out,
    asked: () => asked,
    refuse: (why: Refused) => void (refusal = why),
    missed: () => missed(),
    lose: () => lose(),
    /** Questions under way are answered with what was there when they came, once they are released. */
    hold: () => void (held = new Promise((done) => (release = done))),
    release: () => release(),
    grow(isTold: boolean) {
      stored += 1
      const part = { at: 'part', part: { kind: 'text', text: '' } }
      const text = { at: 'text', place: 0, add: words[stored - 1] }
      const batch =
        stored === 1
          ? { from: 1, upto: 2, deltas: [part, text] }
          : { from: stored + 1, upto: stored + 1, deltas: [text] }
      if (isTold) tell({ type: 'run.grew', run_id: 'r', session_id: 's', batch })
    },
    end(isTold: boolean) {
      status = 'completed'
      if (isTold) tell({ type: 'run.ended', run: runIs(status), message: answer(stored) })
    },
  }
}

let stage: ReturnType<typeof openStage>
beforeEach(() => void (stage = openStage()))
const follow = () => followRun(stage.session, request, stage.tap, () => undefined)
const turn = () => new Promise((done) => setImmediate(done))

describe('what is told and what is stored make the same answer', () => {
  test.each([
    ['nothing is lost', [true, true, true, true], true],
    ['a batch is lost', [true, false, true, true], true],
    ['all of them are lost', [false, false, false, false], true],
    ['the last one is lost', [true, true, true, false], true],
  ])('%s', async (_, told, isEndTold) => {
    const followed = follow()
    await turn()
    for (const isTold of told) {
      stage.grow(isTold)
      await turn()
    }
    stage.end(isEndTold)
    expect((await followed).run.status).toBe('completed')
    expect(stage.out()).toBe('One two three four')
  })

  test('events that come before the answer to the call are not lost', async () => {
    const followed = follow()
    await Promise.resolve()
    stage.grow(true)
    stage.grow(true)
    stage.end(true)
    await followed
    expect(stage.out()).toBe('One two')
  })

  test('a run that was over before it was asked for ends at once', async () => {
    stage.grow(false)
    stage.end(false)
    expect((await follow()).message).toMatchObject({ seen: 2 })
    expect(stage.out()).toBe('One')
  })

  test('told that events are missing, it looks at what is stored, the end too', async () => {
    const followed = follow()
    await turn()
    stage.grow(true)
    stage.grow(false)
    stage.end(false)
    stage.missed()
    expect((await followed).run.status).toBe('completed')
    expect(stage.out()).toBe('One two')
    expect(stage.asked()).toBe(2)
  })
})

test('what is missed while it looks is looked for again', async () => {
  const followed = follow()
  await turn()
  stage.missed()
  // The question is on its way with what was stored until here.
  stage.hold()
  stage.grow(false)
  stage.end(false)
  stage.missed()
  stage.release()
  expect((await followed).run.status).toBe('completed')
  expect(stage.out()).toBe('One')
  expect(stage.asked()).toBe(3)
})

describe('a daemon that goes away', () => {
  test('in the middle is Lost; the same request goes on with the next one', async () => {
    const followed = follow()
    await turn()
    stage.grow(true)
    stage.lose()
    await expect(followed).rejects.toThrow(Lost)
    stage.grow(false)
    stage.end(false)
    const { tap } = stage
    const again = openStage()
    again.grow(false)
    again.grow(false)
    again.end(false)
    await followRun(again.session, request, tap, () => undefined)
    expect(stage.out()).toBe('One two')
  })

  test('while it is asked is Lost too; any other refusal is itself', async () => {
    stage.refuse(new Refused(fault('daemon_unreachable', '')))
    await expect(follow()).rejects.toThrow(Lost)
    stage.refuse(new Refused(fault('session_not_found', '')))
    await expect(follow()).rejects.toThrow(Refused)
  })
})

test('what waits for approval is told, whether it is stored or comes as an event', async () => {
  const { session, tap, end, tell } = openStage()
  const heard: string[] = []
  const done = followRun(
    session,
    request,
    tap,
    () => undefined,
    ({ approval_id }) => void heard.push(approval_id),
  )
  await Promise.resolve()
  const changed = (run_id: string, approval_id: string) =>
    tell({ type: 'approval.changed', approval: { run_id, approval_id } })
  changed('r', 'early')
  changed('another', 'not mine')
  await new Promise((resolve) => setImmediate(resolve))
  changed('r', 'late')
  end(true)
  await done
  expect(heard).toEqual(['stored', 'early', 'late'])
})
