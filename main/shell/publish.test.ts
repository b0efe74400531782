import { fc, test as property } from '@fast-check/vitest'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AnyEvent } from '@contract/events'
import { fold, type Batch, type Growing } from '@contract/fold'
import { MessageId, RunId, SessionId } from '@contract/ids'
import { createPublisher, pace, type Outlet } from './publish'
import { squeezeEvents } from './squeeze-events'

const grew = (message: string, batch: Batch): AnyEvent => ({
  type: 'run.grew',
  run_id: RunId.parse('run'),
  session_id: SessionId.parse('session'),
  message_id: MessageId.parse(message),
  batch,
})
const text = (from: number, add: string): Batch => ({
  from,
  upto: from,
  deltas: [{ at: 'text', place: 0, add }],
})
const focused: AnyEvent = { type: 'window.focused', focused: true }

describe('squeezeEvents', () => {
  test('joins growth of one message, also when two messages grow in turns', () => {
    const events = [
      grew('a', text(1, 'x')),
      grew('b', text(1, '1')),
      grew('a', text(2, 'y')),
      grew('b', text(2, '2')),
    ]
    expect(squeezeEvents(events)).toEqual([
      grew('a', { from: 1, upto: 2, deltas: [{ at: 'text', place: 0, add: 'xy' }] }),
      grew('b', { from: 1, upto: 2, deltas: [{ at: 'text', place: 0, add: '12' }] }),
    ])
  })
  test('moves nothing across another event', () => {
    const events = [grew('a', text(1, 'x')), focused, grew('a', text(2, 'y'))]
    expect(squeezeEvents(events)).toEqual(events)
  })
  test('leaves repeats and holes for the fold to judge', () => {
    const events = [grew('a', text(1, 'x')), grew('a', text(1, 'x')), grew('a', text(5, 'z'))]
    expect(squeezeEvents(events)).toEqual(events)
  })
  property.prop([
    fc.array(fc.tuple(fc.constantFrom('a', 'b', '|'), fc.string({ maxLength: 3 })), { maxLength: 60 }),
  ])('says the same as what went in', (script) => {
    const seen: Record<string, number> = { a: 0, b: 0 }
    const events = script.map(([who, add]) =>
      who === '|' ? focused : grew(who, text((seen[who] = seen[who]! + 1), add)),
    )
    expect(read(squeezeEvents(events))).toEqual(read(events))
  })
})

/** What a window would hold after these events. */
function read(events: readonly AnyEvent[]): Record<string, Growing | 'gap'> {
  const held: Record<string, Growing | 'gap'> = {}
  for (const event of events) {
    if (event.type !== 'run.grew') continue
    const growing = held[event.message_id] ?? { parts: [{ kind: 'text', text: '' }], seen: 0 }
    held[event.message_id] = growing === 'gap' ? 'gap' : fold(growing, event.batch)
  }
  return held
}

describe('createPublisher', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000 }))
  afterEach(() => void vi.useRealTimers())

  const open = (state: { listening: boolean; hidden: boolean }) => {
    const sent: { at: number; events: readonly AnyEvent[] }[] = []
    const outlet: Outlet = {
      isListening: () => state.listening,
      isHidden: () => state.hidden,
      send: (events) => sent.push({ at: Date.now(), events }),
    }
    return { sent, publisher: createPublisher(outlet, () => Date.now()) }
  }

  test.each([
    ['shown', false, pace.shown],
    ['hidden', true, pace.hidden],
  ])('a %s window gets at most one batch per pace and every delta', (_, hidden, gap) => {
    const { sent, publisher } = open({ listening: true, hidden })
    for (let n = 1; n <= 1000; n++) {
      publisher.publish(grew('a', text(n, 'x')))
      vi.advanceTimersByTime(1)
    }
    vi.advanceTimersByTime(gap)
    sent.slice(1).forEach((batch, place) => expect(batch.at - sent[place]!.at).toBeGreaterThanOrEqual(gap))
    expect(read(sent.flatMap(({ events }) => events))['a']).toMatchObject({ seen: 1000 })
  })
  test('a page that does not listen gets nothing, neither now nor later', () => {
    const state = { listening: false, hidden: false }
    const { sent, publisher } = open(state)
    publisher.publish(focused)
    state.listening = true
    vi.advanceTimersByTime(1000)
    publisher.publish(focused)
    state.listening = false
    vi.advanceTimersByTime(1000)
    expect(sent).toEqual([])
  })
  test('stop leaves nothing behind', () => {
    const { publisher } = open({ listening: true, hidden: false })
    publisher.publish(focused)
    publisher.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})
