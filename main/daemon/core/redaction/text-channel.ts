import { marker } from './marker'
import type { TranscriptRules } from './scrub'

/** A piece of a growing text on its way through the filter. */
export interface Piece {
  /** What is left of it; final once nothing of it waits. */
  readonly out: string
  /** Characters that wait for what comes next. */
  readonly waiting: number
}

/** One text that arrives in pieces, for instance the answer of a stream. */
export interface TextChannel {
  take(text: string): Piece
  /** Nothing more will come: nothing waits any longer. The unfinished beginning of a secret goes, too. */
  flush(): void
}

/** So much waits at most. Characters; an address that is longer is cut where it is. */
const longest = 65_536
/** A beginning this long can't be told from the secret itself. */
const telling = 8

/**
 * Takes secrets out of a text wherever it was cut: what might be the beginning of one waits until more has come. The
 * pieces keep their places; what takes a secret's place stands in the piece where it began.
 */
export function createTextChannel(rules: TranscriptRules): TextChannel {
  /**
   * The character before what waits, and before it a letter or a blank for whatever there was: whether a word begins
   * where something was cut depends on both.
   */
  let before = ''
  let waiting = ''
  let pieces: { out: string; waiting: number }[] = []

  const found = (text: string) =>
    rules
      .find(before + text)
      .map(({ from, to, put }) => ({
        from: Math.max(0, from - before.length),
        to: to - before.length,
        put,
      }))
      .filter(({ to }) => to > 0)

  /** How much of what waits is final: nothing that was found, or may yet be, lies across that line. */
  function final(): number {
    const open = Math.max(0, rules.unfinishedFrom(before + waiting) - before.length)
    if (waiting.length - open > longest) return waiting.length
    return found(waiting).reduceRight((line, { from, to }) => (from < line && line < to ? from : line), open)
  }

  /** The first `upto` waiting characters are final. */
  function settle(upto: number, secretFrom = upto): void {
    const spans = found(waiting.slice(0, upto))
    if (secretFrom < upto && !spans.some((span) => span.to > secretFrom)) {
      spans.push({ from: secretFrom, to: upto, put: marker })
    }
    let at = 0
    let next = 0
    for (const piece of pieces) {
      const end = Math.min(upto, at + piece.waiting)
      piece.waiting -= end - at
      while (at < end) {
        const span = spans[next]
        const until = Math.min(end, span ? span.from : end)
        piece.out += waiting.slice(at, until)
        at = until
        if (!span || at >= end) break
        if (at === span.from) piece.out += span.put
        at = Math.min(end, span.to)
        // What reaches into the next piece goes on there, without another marker.
        if (at === span.to) next += 1
        else spans[next] = { ...span, from: at, put: '' }
      }
    }
    pieces = pieces.filter((piece) => piece.waiting > 0)
    before = edgeOf(before + waiting.slice(0, upto))
    waiting = waiting.slice(upto)
  }

  return {
    take(text) {
      const piece = { out: '', waiting: text.length }
      if (text === '') return piece
      if (waiting === '') {
        // Nearly always: a word or two with nothing in it.
        const whole = before + text
        if (rules.unfinishedFrom(whole) === whole.length && rules.find(whole).length === 0) {
          before = edgeOf(whole)
          return { out: text, waiting: 0 }
        }
      }
      waiting += text
      pieces.push(piece)
      settle(final())
      return piece
    },
    flush() {
      const from = rules.secretFrom(waiting)
      settle(waiting.length, waiting.length - from >= telling ? from : waiting.length)
    },
  }
}

const edgeOf = (text: string): string =>
  text.length < 2 ? text : `${/\w/.test(text.charAt(text.length - 2)) ? 'x' : ' '}${text.slice(-1)}`
