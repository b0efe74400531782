/** A text without case and accents, and the way back to the original. */
export interface Folded {
  readonly text: string
  /** Where in the original (UTF-16 units) an index of `text` comes from. */
  origin(index: number): number
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
// oxlint-disable-next-line no-control-regex
const ascii = /^[\u0000-\u007f]*$/
// Text in which a character may fold into none or several: accents of their own, Hangul, dotted İ.
const shifting = /[\p{Mn}\p{Script=Hangul}\u0130]/u

/** Folds `résumé` to `resume`, as the search index does. */
export function folded(text: string): Folded {
  // Most text is English or code, and most of the time here went into NFD.
  if (ascii.test(text)) return { text: text.toLowerCase(), origin: (index) => index }
  if (!shifting.test(text)) {
    const whole = plain(text)
    if (whole.length === text.length) return { text: whole, origin: (index) => index }
  }
  const pieces: string[] = []
  const origins: number[] = []
  let at = 0
  for (const character of text) {
    const piece = plain(character)
    for (let unit = 0; unit < piece.length; unit += 1) origins.push(at)
    pieces.push(piece)
    at += character.length
  }
  return { text: pieces.join(''), origin: (index) => origins[index] ?? text.length }
}
