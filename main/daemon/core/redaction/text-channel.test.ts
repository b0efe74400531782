import { performance } from 'node:perf_hooks'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { createScrubber } from './scrub'
import { createTextChannel } from './text-channel'

function through(secrets: readonly string[], pieces: readonly string[]) {
  const scrubber = createScrubber()
  for (const secret of secrets) scrubber.learn(secret)
  const channel = createTextChannel(scrubber.transcript)
  const taken = pieces.map((piece) => channel.take(piece))
  channel.flush()
  return taken
}
const joined = (secrets: readonly string[], pieces: readonly string[]) =>
  through(secrets, pieces)
    .map((piece) => piece.out)
    .join('')

const cut = (text: string, places: readonly number[]): string[] => {
  const at = [0, ...places.map((place) => Math.floor(place * text.length)).toSorted((a, b) => a - b)]
  return at.map((from, index) => text.slice(from, at[index + 1] ?? text.length))
}

describe('a text in pieces', () => {
  const key = 'correct horse battery staple'

  it.each([
    ['nothing to hide', 'nothing to hide'],
    [`the key is ${key}.`, 'the key is [redacted].'],
    ['my key sk-or-v1-0123456789abcdef and yours', 'my key [redacted] and yours'],
    ['send Bearer abcdef-123 now', 'send Bearer [redacted] now'],
    ['see https://ada:pw@host.example/a?b=c#d end', 'see https://[redacted]@host.example/a?[redacted] end'],
    ['see https://host.example/docs#part end', 'see https://host.example/docs#part end'],
    ['password: swordfish, token = getToken()', 'password: swordfish, token = getToken()'],
    ['a task-force-of-many-people-in-a-row', 'a task-force-of-many-people-in-a-row'],
    ['img data:image/png;base64,iVBORw0KGgo= end', 'img [image/png, 34 characters, 8 bytes] end'],
  ])('%s', (text, clean) => {
    expect(joined([key], [text])).toBe(clean)
    expect(joined([key], [...text])).toBe(clean)
    for (let at = 0; at <= text.length; at += 1) {
      expect(joined([key], [text.slice(0, at), text.slice(at)])).toBe(clean)
    }
  })

  it('waits only for what may be a beginning', () => {
    const channel = createTextChannel(createScrubber().transcript)
    expect(channel.take('plain words').waiting).toBe(0)
    const held = channel.take(' then sk')
    expect(held).toEqual({ out: ' then ', waiting: 2 })
    channel.take('ipping')
    expect(held).toEqual({ out: ' then sk', waiting: 0 })
  })

  it('hides the beginning of a secret that never ended', () => {
    expect(joined([key], ['it is correct horse bat'])).toBe('it is [redacted]')
    expect(joined([key], ['it is correct'])).toBe('it is correct')
  })

  it('keeps the marker in the piece where the secret began', () => {
    expect(through([key], ['a correct ho', 'rse batt', 'ery staple b']).map((piece) => piece.out)).toEqual([
      'a [redacted]',
      '',
      ' b',
    ])
  })

  it('stays quick with text that could go on for ever', () => {
    const started = performance.now()
    for (const unit of ['https://x?', 'data:', 'sk-', 'bearer ', ':', 'd']) {
      joined([key], [unit.repeat(20_000), unit.repeat(20_000)])
    }
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it('stays quick with an escaped address of many steps', () => {
    const address = `https:${String.raw`\/`.repeat(2_000)}`
    const started = performance.now()
    expect(joined([key], [`${address} `, 'end'])).toBe(`${address} end`)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

const secret = fc.oneof(
  fc.stringMatching(/^sk-or-v1-[0-9a-f]{16,64}$/),
  fc.string({ unit: fc.constantFrom(...'ab'), minLength: 8, maxLength: 30 }),
  fc.stringMatching(/^[!-~]{8,200}$/),
  fc.string({ unit: 'grapheme', minLength: 8, maxLength: 24 }).filter((text) => text.trim() === text),
)
const words = fc.string({ unit: fc.constantFrom(...'abs k-or:/?dt.,\n'), maxLength: 40 })
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 })

describe('wherever a text is cut', () => {
  test.prop([secret, words, words, places], { numRuns: 500 })(
    'no secret gets through',
    (hidden, before, after, cuts) => {
      if ('[redacted]'.includes(hidden)) return
      const text = `${before}${hidden}${after} ${hidden}`
      expect(joined([hidden], cut(text, cuts))).not.toContain(hidden)
    },
  )

  test.prop(
    [
      fc.array(
        fc.oneof(
          words,
          fc.constantFrom(
            'sk-or-v1-0123456789',
            'the-planted-secret',
            'the-planted',
            'https://a:b@c/d?e=f ',
            'Bearer abcdefgh ',
            'data:text/plain,abc ',
          ),
        ),
        { maxLength: 8 },
      ),
      places,
    ],
    { numRuns: 500 },
  )('the outcome is the same as in one piece', (texts, cuts) => {
    const text = texts.join('')
    expect(joined(['the-planted-secret'], cut(text, cuts))).toBe(joined(['the-planted-secret'], [text]))
  })
})
