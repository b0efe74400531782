import { fc, test } from '@fast-check/vitest'
import type { Batch, Delta } from '@contract/fold'
import { fold, join } from '@contract/fold'
import type { Part } from '@contract/message'
import { describe, expect, it } from 'vitest'
import { createTextTap, visibleText } from './text-tap'

/** A part begins, or the last one grows; as the provider's stream is folded. */
const step = fc.oneof(
  fc.constantFrom<Part>({ kind: 'text', text: '' }, { kind: 'reasoning', text: '', details: [] }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('\ud83e', '\udd16', 'é', '\n'),
)

function deltasOf(steps: readonly (Part | string)[]): Delta[] {
  let place = -1
  return steps.flatMap((each): Delta[] => {
    if (typeof each === 'string') return place < 0 ? [] : [{ at: 'text', place, add: each }]
    place += 1
    return [{ at: 'part', part: each }]
  })
}

interface Stored {
  readonly parts: readonly Part[]
  readonly seen: number
}

const folded = (deltas: readonly Delta[]): Stored =>
  deltas.reduce<Stored>(
    (stored, delta, at) => {
      const next = fold(stored, { from: at + 1, upto: at + 1, deltas: [delta] })
      if (next === 'gap') throw new Error('no gaps here')
      return next
    },
    { parts: [], seen: 0 },
  )

describe('every character once, whatever is lost, repeated or read back on the way', () => {
  test.prop([fc.array(step, { maxLength: 30 }), fc.infiniteStream(fc.nat({ max: 4 }))])(
    'batches and stored answers in any mixture',
    (steps, chance) => {
      const deltas = deltasOf(steps)
      const pick = () => chance.next().value
      let out = ''
      const tap = createTextTap((text) => (out += text))
      let at = 0
      while (at < deltas.length) {
        const many = 1 + pick()
        const batches = deltas
          .slice(at, at + many)
          .map((delta, nth): Batch => ({ from: at + nth + 1, upto: at + nth + 1, deltas: [delta] }))
        const batch = batches.reduce(join)
        at = batch.upto
        const fate = pick()
        if (fate === 0) continue
        if (fate === 1) tap.catchUp(folded(deltas.slice(0, at)))
        if (tap.pour(batch) === 'gap') tap.catchUp(folded(deltas.slice(0, at)))
        if (fate === 2) tap.pour(batch)
        if (fate === 3) tap.catchUp(folded(deltas.slice(0, Math.max(0, at - 2))))
      }
      const whole = folded(deltas)
      tap.catchUp(whole)
      const text = visibleText(whole.parts)
      expect(text.startsWith(out)).toBe(true)
      expect(tap.saidBytes()).toBe(Buffer.byteLength(out))
      tap.close()
      expect(out).toBe(text === '' || text.endsWith('\n') ? text : `${text}\n`)
    },
  )
})

it('keeps half a character back until the other half is there', () => {
  const said: string[] = []
  const tap = createTextTap((text) => said.push(text))
  tap.pour({ from: 1, upto: 1, deltas: [{ at: 'part', part: { kind: 'text', text: 'a\ud83e' } }] })
  expect(said).toEqual(['a'])
  tap.pour({ from: 2, upto: 2, deltas: [{ at: 'text', place: 0, add: '\udd16' }] })
  expect(said).toEqual(['a', '🤖'])
  expect(tap.saidBytes()).toBe(5)
})
