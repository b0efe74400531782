/** Letters of one request: what most models take (API reference 10, row 3). */
export const usualPiece = 2_000

/** Where a sentence is over, with what closes it; scripts without spaces have marks of their own. */
const sentenceEnds = /[.!?…‽]+["'”’»)\]]*(?=\s)|[。！？．｡؟۔।॥]+["'”’」』）)\]]*|\n+/gu
/** The next best places. */
const pauses = /[,;:，、；：–—]+["'”’»)\]]*(?=\s|\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana})|[，、；：]/gu
const gaps = /\s+/gu
/** What belongs to the letter before it. */
const belongs = /^(?:[\p{M}\p{Emoji_Modifier}]|\u200d)/u

/**
 * A text in pieces of at most `most` UTF-16 units, cut at the end of a sentence where there is one in the second half
 * of a piece, else at a pause, a space, or between two letters. Nothing is lost but space at the cuts.
 */
export function splitText(text: string, most = usualPiece): readonly string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > most) {
    const at = placeToCut(rest, most)
    const piece = rest.slice(0, at).trim()
    if (piece !== '') pieces.push(piece)
    rest = rest.slice(at).trim()
  }
  return rest === '' ? pieces : [...pieces, rest]
}

function placeToCut(text: string, most: number): number {
  // One more, so that the space behind the last full stop is seen.
  const window = text.slice(0, most + 1)
  for (const marks of [sentenceEnds, pauses, gaps]) {
    const last = [...window.matchAll(marks)].reduce((found, { index, 0: { length } }) => {
      const end = index + (marks === gaps ? 0 : length)
      return end <= most ? end : found
    }, 0)
    if (last * 2 >= most) return last
  }
  return betweenLetters(text, most)
}

/** Neither within a pair of units nor before what belongs to the letter; at least something is cut off. */
function betweenLetters(text: string, most: number): number {
  for (let at = most; at > Math.max(0, most - 40); at--) {
    const isWithin = isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at))
    if (!isWithin && !belongs.test(text.slice(at, at + 2)) && text[at - 1] !== '\u200d') return at
  }
  return most > 1 && isHigh(text.charCodeAt(most - 1)) && isLow(text.charCodeAt(most)) ? most - 1 : most
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000
