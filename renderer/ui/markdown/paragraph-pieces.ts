/** Characters. Shorter paragraphs are cheap, and a piece is parsed again while it is being written. */
const pieceLength = 1_500
const longParagraph = 4 * pieceLength

/**
 * Cuts a very long paragraph at the ends of sentences into pieces that mean the same on their own; joined by blanks
 * they are the paragraph. Where marks may reach over a cut there is none. Null when there is nothing to cut.
 */
export function cutParagraph(block: string): readonly string[] | null {
  if (block.length < longParagraph) return null
  const text = block.trimEnd()
  if (text.includes('\n') || !/^\p{L}/u.test(text)) return null
  const pieces: string[] = []
  let from = 0
  while (text.length - from > 2 * pieceLength) {
    sentenceEnd.lastIndex = from + pieceLength
    const end = sentenceEnd.exec(text)
    if (!end || !isSettled(text.slice(from, end.index + 1))) break
    pieces.push(text.slice(from, end.index + 1))
    from = end.index + 2
  }
  return pieces.length === 0 ? null : [...pieces, text.slice(from)]
}

const sentenceEnd = /[.!?] (?=\p{L})/gu

/** Every mark in it has found its partner, in ways that no parser reads differently. */
const isSettled = (piece: string): boolean => !anyMark.test(piece.replace(settledMarks, ''))

const anyMark = /[*_`[\]<$~\\]/
const word = String.raw`[\p{L}\p{N}](?:[^*_\u0060[\]<$~\\]*[\p{L}\p{N}])?`
const settledMarks = new RegExp(
  [
    String.raw`\u0060[^\u0060\\]+\u0060`,
    String.raw`\*\*${word}\*\*`,
    String.raw`\*${word}\*`,
    String.raw`(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])`,
    String.raw`\[${word}\]\(https?:[^\s()<>\\_*~\u0060$]+\)`,
  ].join('|'),
  'gu',
)
