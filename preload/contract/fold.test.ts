import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDetail, fold, join, squeeze, type Batch, type Delta, type Growing } from './fold'

const empty: Growing = { parts: [], seen: 0 }

/** A stream as a provider could send it: parts open, then grow in any order. */
const stream = fc
  .array(
    fc.record({ pick: fc.nat(9), place: fc.nat(5), text: fc.string({ maxLength: 8, unit: 'grapheme' }) }),
    {
      maxLength: 60,
    },
  )
  .map((steps) => {
    const kinds: string[] = []
    const deltas: Delta[] = []
    const open = (kind: 'text' | 'reasoning' | 'tool_call') => {
      kinds.push(kind)
      if (kind === 'text') deltas.push({ at: 'part', part: { kind, text: '' } })
      else if (kind === 'reasoning') deltas.push({ at: 'part', part: { kind, text: '', details: [] } })
      else
        deltas.push({
          at: 'part',
          part: { kind, call_id: `c${kinds.length}`, name: 'f', arguments: '', state: 'building' },
        })
    }
    open('text')
    for (const { pick, place, text } of steps) {
      if (pick === 0) open('text')
      else if (pick === 1) open('reasoning')
      else if (pick === 2) open('tool_call')
      else {
        const at = place % kinds.length
        if (kinds[at] === 'tool_call') deltas.push({ at: 'tool', place: at, add: text })
        else if (kinds[at] === 'reasoning' && pick === 3) {
          deltas.push({ at: 'detail', place: at, piece: { type: 'reasoning.text', index: 0, text } })
        } else deltas.push({ at: 'text', place: at, add: text })
      }
    }
    return deltas
  })

/** Cuts a stream into numbered batches at the given places. */
function cut(deltas: readonly Delta[], sizes: readonly number[]): Batch[] {
  const batches: Batch[] = []
  let done = 0
  for (let turn = 0; done < deltas.length; turn++) {
    const size = Math.max(1, sizes[turn % Math.max(1, sizes.length)] ?? 1)
    const piece = deltas.slice(done, done + size)
    batches.push({ from: done + 1, upto: done + piece.length, deltas: piece })
    done += piece.length
  }
  return batches
}

const foldAll = (batches: readonly Batch[]): Growing =>
  batches.reduce<Growing>((growing, batch) => {
    const next = fold(growing, batch)
    if (next === 'gap') throw new Error('gap')
    return next
  }, empty)

describe('fold', () => {
  it('says the same however the stream is cut, squeezed, joined or repeated', () => {
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.nat(3),
        (deltas, sizes, again) => {
          const whole = foldAll([{ from: 1, upto: deltas.length, deltas }])
          const batches = cut(deltas, sizes)
          expect(foldAll(batches)).toEqual(whole)
          expect(foldAll(batches.map((batch) => ({ ...batch, deltas: squeeze(batch.deltas) })))).toEqual(
            whole,
          )
          expect(foldAll(batches.flatMap((batch) => Array<Batch>(again + 1).fill(batch)))).toEqual(whole)
          const [first, ...rest] = batches
          if (first) expect(foldAll([rest.reduce(join, first)])).toEqual(whole)
        },
      ),
    )
  })

  it('answers gap for every batch that skips a number, and changes nothing', () => {
    fc.assert(
      fc.property(stream, (deltas) => {
        const batches = cut(deltas, [1])
        const before = foldAll(batches.slice(0, 1))
        for (const late of batches.slice(2)) expect(fold(before, late)).toBe('gap')
      }),
    )
  })

  it('keeps the identity of parts that did not change', () => {
    const start = foldAll([
      {
        from: 1,
        upto: 2,
        deltas: [
          { at: 'part', part: { kind: 'text', text: 'a' } },
          { at: 'part', part: { kind: 'text', text: 'b' } },
        ],
      },
    ])
    const next = fold(start, { from: 3, upto: 3, deltas: [{ at: 'text', place: 1, add: '!' }] })
    if (next === 'gap') throw new Error('gap')
    expect(next.parts[0]).toBe(start.parts[0])
    expect(next.parts[1]).toEqual({ kind: 'text', text: 'b!' })
  })

  it('ignores growth of a part that is not there', () => {
    expect(fold(empty, { from: 1, upto: 1, deltas: [{ at: 'text', place: 4, add: 'x' }] })).toEqual({
      parts: [],
      seen: 1,
    })
  })
})

describe('addDetail (API reference 2.5)', () => {
  it('joins text of one index and takes the late signature', () => {
    const details = [
      { type: 'reasoning.text', index: 0, id: 'r', format: 'anthropic-claude-v1', text: 'Let me ' },
      { type: 'reasoning.text', index: 0, text: 'think.' },
      { type: 'reasoning.text', index: 0, signature: 'sig' },
    ].reduce<ReturnType<typeof addDetail>>(addDetail, [])
    expect(details).toEqual([
      {
        type: 'reasoning.text',
        index: 0,
        id: 'r',
        format: 'anthropic-claude-v1',
        text: 'Let me think.',
        signature: 'sig',
      },
    ])
  })

  it('opens a new entry for another index, and for new text after a signature', () => {
    const details = [
      { type: 'reasoning.text', index: 0, text: 'a', signature: 's' },
      { type: 'reasoning.text', index: 0, text: 'b' },
      { type: 'reasoning.text', index: 1, text: 'c' },
    ].reduce<ReturnType<typeof addDetail>>(addDetail, [])
    expect(details.map((entry) => entry['text'])).toEqual(['a', 'b', 'c'])
  })

  it('keeps encrypted and unknown pieces as they are', () => {
    const pieces = [
      { type: 'reasoning.encrypted', index: 0, data: 'x' },
      { type: 'reasoning.encrypted', index: 0, data: 'y' },
      { type: 'reasoning.new_kind', index: 0, anything: [1] },
    ]
    expect(pieces.reduce<ReturnType<typeof addDetail>>(addDetail, [])).toEqual(pieces)
  })

  it('joins summaries', () => {
    const pieces = [
      { type: 'reasoning.summary', index: 0, summary: 'one ' },
      { type: 'reasoning.summary', index: 0, summary: 'two' },
    ]
    expect(pieces.reduce<ReturnType<typeof addDetail>>(addDetail, [])).toEqual([
      { type: 'reasoning.summary', index: 0, summary: 'one two' },
    ])
  })
})
