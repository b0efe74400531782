import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxRetries } from './backoff'
import type { Happened, Todo, Turn } from './step'
import { newTurn, step } from './step'

const trouble = (
  kind: 'overloaded' | 'key_refused' | 'bad_request' | 'cut_short' | 'timeout' | 'provider_down',
  retryable: boolean,
): Fault => fault('provider_error', 'trouble', { kind, retryable })
const failed = (why: Fault): Happened => ({ is: 'failed', fault: why, chance: 1 })
const begun: Happened = { is: 'begun' }
const grew: Happened = { is: 'grew' }
const closed: Happened = { is: 'closed' }
const stop = (asked: 'cancel' | 'interrupt' | 'shutdown'): Happened => ({ is: 'stop', asked })

/** What a run does over a whole story, in order. */
function tell(...story: readonly Happened[]): readonly Todo[] {
  let turn = newTurn
  return story.flatMap((happened) => {
    const [next, todo] = step(turn, happened)
    turn = next
    return todo
  })
}
const ends = (todo: readonly Todo[]) => todo.flatMap((each) => (each.do === 'end' ? [each] : []))
const asks = (todo: readonly Todo[]) => todo.flatMap((each) => (each.do === 'ask' ? [each] : []))
const shown = (todo: readonly Todo[]) => todo.flatMap((each) => (each.do === 'show' ? [each.progress] : []))

describe('recordings of the person', () => {
  const sound: Happened = { is: 'begun', sound: true }
  test('are written down, then the model is asked', () => {
    const todo = tell(sound, { is: 'written_down' }, { is: 'written_down' })
    expect(shown(todo)).toEqual(['transcribing', 'connecting'])
    expect(todo.map((each) => each.do)).toEqual(['show', 'write_down', 'show', 'ask'])
  })
  test('what fails of it ends the run at once, however passing it is', () => {
    const todo = tell(sound, failed(trouble('overloaded', true)), { is: 'written_down' })
    expect([asks(todo), ends(todo).map(({ status }) => status)]).toEqual([[], ['failed']])
  })
  test('can be stopped', () => {
    const todo = tell(sound, stop('cancel'), { is: 'written_down' })
    expect(todo.map((each) => each.do)).toEqual(['show', 'write_down', 'abort', 'end'])
  })
})

describe('a story without trouble', () => {
  test('asks once, shows each progress once, ends completed', () => {
    const todo = tell(
      begun,
      { is: 'accepted' },
      { is: 'waiting' },
      grew,
      grew,
      { is: 'finished', calls: 0 },
      closed,
    )
    expect(shown(todo)).toEqual(['connecting', 'waiting_for_provider', 'streaming'])
    expect(asks(todo)).toEqual([{ do: 'ask', number: 1 }])
    expect(ends(todo)).toEqual([{ do: 'end', status: 'completed' }])
  })

  test('a keep-alive in the middle of the answer does not take the progress back', () => {
    expect(shown(tell(begun, grew, { is: 'waiting' }, grew))).toEqual(['connecting', 'streaming'])
  })

  test('a stream that closes without its end is cut short, whatever it brought', () => {
    expect(ends(tell(begun, grew, closed))[0]?.fault).toMatchObject({ kind: 'cut_short', retryable: true })
    expect(ends(tell(begun, closed))[0]?.status).toBe('failed')
  })
})

describe('trouble', () => {
  test('before a byte was shown it waits and asks again, longer each time, twice at most', () => {
    const again: readonly Happened[] = [failed(trouble('overloaded', true)), { is: 'slept' }]
    const todo = tell(begun, ...again, ...again, ...again)
    expect(todo.filter((each) => each.do === 'sleep')).toEqual([
      { do: 'sleep', ms: 1_000 },
      { do: 'sleep', ms: 2_000 },
    ])
    expect(asks(todo)).toHaveLength(1 + maxRetries)
    expect(shown(todo)).toEqual(['connecting', 'retrying', 'connecting', 'retrying', 'connecting'])
    expect(ends(todo)).toMatchObject([{ status: 'failed', fault: { kind: 'overloaded' } }])
  })

  test.each(['timeout', 'provider_down'] as const)('%s is tried once more only', (kind) => {
    const again: readonly Happened[] = [failed(trouble(kind, true)), { is: 'slept' }]
    const todo = tell(begun, ...again, ...again, ...again)
    expect(asks(todo)).toHaveLength(2)
    expect(ends(todo)).toMatchObject([{ status: 'failed', fault: { kind } }])
  })

  test('after a byte was shown it never asks again', () => {
    const todo = tell(begun, grew, failed(trouble('cut_short', true)), { is: 'slept' })
    expect(asks(todo)).toHaveLength(1)
    expect(ends(todo)).toMatchObject([{ status: 'failed' }])
  })

  test('what cannot be retried is not', () => {
    expect(asks(tell(begun, failed(trouble('bad_request', false)), { is: 'slept' }))).toHaveLength(1)
    expect(ends(tell(begun, failed(fault('storage_full', 'full'))))).toMatchObject([
      { fault: { code: 'storage_full' } },
    ])
  })

  test('a refused key is read again once; a second refusal is final (contract 4.4)', () => {
    const refused = failed(trouble('key_refused', false))
    const todo = tell(begun, refused, refused)
    expect(asks(todo)).toEqual([1, 1].map((number) => ({ do: 'ask', number })))
    expect(ends(todo)).toMatchObject([{ status: 'failed', fault: { kind: 'key_refused' } }])
  })

  test('an answer that is whole stays whole when only its accounting breaks off', () => {
    const todo = tell(begun, grew, { is: 'finished', calls: 0 }, failed(trouble('cut_short', true)))
    expect(ends(todo)).toEqual([{ do: 'end', status: 'completed' }])
  })
})

describe('stopping', () => {
  test.each([
    ['cancel', 'cancelled', undefined],
    ['interrupt', 'interrupted', undefined],
    ['shutdown', 'interrupted', 'daemon_stopping'],
  ] as const)('%s ends it %s at any point, at once', (asked, status, code) => {
    const before: readonly (readonly Happened[])[] = [
      [],
      [begun],
      [begun, { is: 'accepted' }],
      [begun, grew],
      [begun, failed(trouble('overloaded', true))],
    ]
    for (const story of before) {
      const todo = tell(...story, stop(asked))
      expect(todo.at(-2)).toEqual({ do: 'abort' })
      expect(ends(todo)).toMatchObject([{ status, ...(code ? { fault: { code } } : {}) }])
    }
  })

  test('a whole answer survives a shutdown as completed, but a cancel is a cancel', () => {
    const whole: readonly Happened[] = [begun, grew, { is: 'finished', calls: 0 }]
    expect(ends(tell(...whole, stop('shutdown')))).toEqual([{ do: 'end', status: 'completed' }])
    expect(ends(tell(...whole, stop('cancel')))).toEqual([{ do: 'end', status: 'cancelled' }])
  })
})

describe('tools', () => {
  const wanted: readonly Happened[] = [grew, { is: 'finished', calls: 2 }, closed]
  const ended: Happened = { is: 'tools_ended' }
  const held: Happened = { is: 'held' }
  const decided: Happened = { is: 'decided' }
  const runs = (todo: readonly Todo[]) => todo.flatMap((each) => (each.do === 'run_tools' ? [each] : []))

  test('an answer that asks for tools is followed by them, and by another turn', () => {
    const todo = tell(begun, ...wanted, ended, grew, { is: 'finished', calls: 0 }, closed)
    expect(todo.filter((each) => each.do !== 'show')).toEqual([
      { do: 'ask', number: 1 },
      { do: 'run_tools', number: 1, again: false },
      { do: 'ask', number: 2 },
      { do: 'end', status: 'completed' },
    ])
    expect(shown(todo)).toEqual(['connecting', 'streaming', 'running_tools', 'connecting', 'streaming'])
  })

  test('tools run although the accounting of their answer got lost, but not when it could not be kept', () => {
    const whole: readonly Happened[] = [begun, grew, { is: 'finished', calls: 1 }]
    expect(runs(tell(...whole, failed(trouble('cut_short', true))))).toHaveLength(1)
    const full = tell(...whole, failed(fault('storage_full', 'full')))
    expect([runs(full), ends(full)]).toMatchObject([[], [{ status: 'failed' }]])
  })

  test('every turn has its own retries, and may be asked again until it has shown something', () => {
    const again: readonly Happened[] = [failed(trouble('overloaded', true)), { is: 'slept' }]
    const todo = tell(begun, ...again, ...again, ...wanted, ended, ...again, ...again, ...again)
    expect(asks(todo).map((each) => each.number)).toEqual([1, 1, 1, 2, 2, 2])
    expect(ends(todo)).toMatchObject([{ status: 'failed', fault: { kind: 'overloaded' } }])
    expect(asks(tell(begun, ...wanted, ended, grew, ...again))).toHaveLength(2)
  })

  test('what the disk refuses while tools run is the end', () => {
    const todo = tell(begun, ...wanted, failed(fault('storage_full', 'full')), ended)
    expect(ends(todo)).toMatchObject([{ status: 'failed', fault: { code: 'storage_full' } }])
  })

  test('held, it waits; decided, the same turn goes on', () => {
    const todo = tell(begun, ...wanted, held, ended, decided, decided, ended)
    expect(todo.filter((each) => each.do !== 'show').slice(2)).toEqual([
      { do: 'wait' },
      { do: 'go_on' },
      { do: 'run_tools', number: 1, again: true },
      { do: 'ask', number: 2 },
    ])
  })

  test('restored, it asks nobody and goes on where it stood', () => {
    expect(tell({ is: 'restored', number: 7 })).toEqual([])
    const todo = tell({ is: 'restored', number: 7 }, decided, ended)
    expect(runs(todo)).toEqual([{ do: 'run_tools', number: 7, again: true }])
    expect(asks(todo)).toEqual([{ do: 'ask', number: 8 }])
  })

  test('only a shutdown leaves a run waiting for approval as it is', () => {
    expect(tell(begun, ...wanted, held, stop('shutdown'), decided).at(-1)).toEqual({ do: 'abort' })
    expect(ends(tell(begun, ...wanted, held, stop('cancel')))).toEqual([{ do: 'end', status: 'cancelled' }])
    expect(ends(tell(begun, ...wanted, held, stop('interrupt')))).toEqual([
      { do: 'end', status: 'interrupted' },
    ])
    const stopped = tell(begun, ...wanted, stop('shutdown'))
    expect(ends(stopped)).toMatchObject([{ status: 'interrupted', fault: { code: 'daemon_stopping' } }])
  })

  test.each([
    [3, 3],
    [0, 9],
  ])('a ceiling of %i lets %i turns pass', (ceiling, most) => {
    let turn: Turn = { ...newTurn, ceiling }
    const story = [begun, ...Array.from({ length: 9 }, () => [...wanted, ended]).flat()]
    const todo = story.flatMap((happened) => {
      const [next, now] = step(turn, happened)
      turn = next
      return now
    })
    expect(runs(todo)).toHaveLength(most)
    expect(ends(todo).map((each) => each.fault?.code)).toEqual(ceiling > 0 ? ['turn_ceiling_reached'] : [])
  })
})

const anything: fc.Arbitrary<Happened> = fc.oneof(
  fc.constantFrom<Happened>(
    begun,
    { is: 'accepted' },
    { is: 'waiting' },
    grew,
    { is: 'finished', calls: 0 },
    { is: 'finished', calls: 2 },
    { is: 'held' },
    { is: 'decided' },
    { is: 'tools_ended' },
    closed,
    {
      is: 'slept',
    },
  ),
  fc.constantFrom('cancel', 'interrupt', 'shutdown').map((asked) => stop(asked)),
  fc
    .tuple(
      fc.constantFrom('overloaded', 'key_refused', 'bad_request', 'cut_short'),
      fc.boolean(),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
    )
    .map(([kind, retryable, chance]): Happened => ({
      is: 'failed',
      fault: trouble(kind, retryable),
      chance,
    })),
)

describe('whatever happens, in whatever order', () => {
  test('a run ends at most once, does nothing afterwards, and asks a bounded number of times', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 60 }), (story) => {
        let turn: Turn = { ...newTurn, ceiling: 3 }
        let ended = 0
        const asked = new Map<number, number>()
        const ran = new Map<number, number>()
        /** Of the turn that is under way. */
        let wasShown = false
        for (const happened of story) {
          const before = turn
          const [next, todo] = step(turn, happened)
          if (before.over) expect(todo).toEqual([])
          ended += ends(todo).length
          for (const { number } of asks(todo)) {
            expect(number).toBeLessThanOrEqual(3)
            asked.set(number, (asked.get(number) ?? 0) + 1)
            // What was shown is not asked for again: only the next turn is.
            if (wasShown && before.progress !== 'unborn') expect(number).toBe(before.number + 1)
            if (number > 1 && number !== before.number) wasShown = false
          }
          for (const each of todo) {
            if (each.do !== 'run_tools') continue
            expect(next.whole && next.calls > 0).toBe(true)
            ran.set(each.number, (ran.get(each.number) ?? 0) + Number(!each.again))
          }
          // A sleep is always woken into an ask or an end; nothing is left hanging.
          if (todo.some((each) => each.do === 'sleep')) expect(next.progress).toBe('retrying')
          wasShown ||= happened.is === 'grew' && before.at === 'model' && before.progress !== 'unborn'
          turn = next
        }
        expect(ended).toBeLessThanOrEqual(1)
        for (const times of asked.values()) expect(times).toBeLessThanOrEqual(2 + maxRetries)
        for (const times of ran.values()) expect(times).toBeLessThanOrEqual(1)
      }),
      { numRuns: 2_000 },
    )
  })

  test('whatever came before, a stop is the end', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20 }), (story) => {
        const isLeft = story.some((each) => each.is === 'stop' && each.asked === 'shutdown')
        expect(isLeft || ends(tell(...story, stop('cancel'))).length === 1).toBe(true)
      }),
    )
  })
})
