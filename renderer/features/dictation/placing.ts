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
 * Where a range is after somebody has changed the text elsewhere. Null: what stood in it was changed itself, or it
 * can't be told.
 */
export function followed(before: string, after: string, range: Range): Range | null {
  if (before === after) return range
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head++
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const by = after.length - before.length
  if (range.to <= head) return range
  if (range.from >= before.length - tail) return { from: range.from + by, to: range.to + by }
  // Equal letters at the seam can be read either way; what matters is what stands there now.
  const shifted = { from: range.from + by, to: range.to + by }
  const said = before.slice(range.from, range.to)
  return said !== '' && after.slice(shifted.from, shifted.to) === said ? shifted : null
}

/** Where an edit of the person ends: the nearest place to go on when what was inserted has been changed. */
export function endOfEdit(before: string, after: string): number {
  const most = Math.min(before.length, after.length)
  let tail = 0
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return after.length - tail
}
