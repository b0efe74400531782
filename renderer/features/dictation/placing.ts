/** Where something stands in a text; `to` is the place after it. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** With a space where two words would touch; nothing before a full stop, nothing doubled. */
export function seamed(before: string, text: string, after: string): string {
  const words = text.trim()
  if (words === '') return ''
  const left = before === '' || /[\s([{„“"'¿¡/-]$/u.test(before) ? '' : ' '
  const right = after === '' || /^[\s.,;:!?…)\]}”“"']/u.test(after) ? '' : ' '
  return left + words + right
}

/**
 * Where a range is after somebody has changed the text. `isWhole` false: what stood in it was changed itself; what counts
 * then is its end, which is never before what is left of it.
 */
export function followed(before: string, after: string, range: Range): Range & { readonly isWhole: boolean } {
  if (before === after) return { ...range, isWhole: true }
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head++
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const by = after.length - before.length
  const shifted = { from: range.from + by, to: range.to + by, isWhole: true }
  const said = before.slice(range.from, range.to)
  if (said !== '' && range.to <= head) return { ...range, isWhole: true }
  if (range.from >= before.length - tail) return shifted
  if (range.to <= head) return { ...range, isWhole: true }
  // Equal letters at the seam can be read either way; what matters is what stands there now.
  if (said !== '' && shifted.from >= 0 && after.slice(shifted.from, shifted.to) === said) return shifted
  const end = range.to >= before.length - tail ? shifted.to : after.length - tail
  return { from: end, to: end, isWhole: false }
}

/** The text of one dictation in a draft that somebody else writes in too. */
export interface Placed {
  /** The draft as it was left. */
  readonly left: string
  readonly said: string
  readonly range: Range
  /** All that was said stands there as it was put. */
  readonly isWhole: boolean
}

export const placedAt = (draft: string, at: number): Placed => ({
  left: draft,
  said: '',
  range: { from: at, to: at },
  isWhole: true,
})

export function follow(placed: Placed, draft: string): Placed {
  if (draft === placed.left) return placed
  const { isWhole, ...range } = followed(placed.left, draft, placed.range)
  if (placed.said === '') return { ...placed, left: draft, range }
  const end = outOfWord(draft, range.to)
  if (placed.isWhole && isWhole && end === range.to) return { ...placed, left: draft, range }
  return { ...placed, left: draft, range: { from: end, to: end }, isWhole: false }
}

/** What is written in place of a range, and how it stands then. */
export interface Writing {
  readonly range: Range
  readonly words: string
  readonly placed: Placed
}

/**
 * So that `text` is what was dictated. Where somebody has written meanwhile only what is new is added, and their words stay
 * as they are.
 */
export function writing(placed: Placed, draft: string, text: string): Writing {
  const now = follow(placed, draft)
  const isMore = text.startsWith(now.said)
  const isAnew = now.isWhole && (draft === placed.left || !isMore)
  const { to } = now.range
  const range = isAnew ? now.range : { from: to, to }
  const more = isMore && !isAnew ? text.slice(now.said.length) : text
  const words = seamed(draft.slice(0, range.from), more, draft.slice(to))
  const end = range.from + words.length
  return {
    range,
    words,
    placed: {
      left: draft.slice(0, range.from) + words + draft.slice(to),
      said: text,
      range: { from: now.isWhole ? now.range.from : range.from, to: end },
      isWhole: now.isWhole,
    },
  }
}

/** Letters of languages that put spaces between words. */
const letter = /[\p{L}\p{M}\p{N}]/u
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u
const isLetter = (sign: string | undefined): boolean =>
  sign !== undefined && letter.test(sign) && !unspaced.test(sign)

/** The end of the word, or of the sign, that a place is in the middle of. */
function outOfWord(text: string, place: number): number {
  let at = place
  const isInPair = (text.codePointAt(at - 1) ?? 0) > 0xff_ff
  if (at > 0 && isInPair) at++
  while (at > 0 && isLetter(text[at - 1]) && isLetter(text[at])) at++
  return at
}
