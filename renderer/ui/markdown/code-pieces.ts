/** Lines in a piece. Code that grows is laid out again from the start of its last piece, not from its first line. */
const linesInPiece = 80

/** Cuts code after every so many lines, never behind a blank one, which a box would swallow. Joined by '\n' again. */
export function cutCode(code: string): readonly string[] {
  const pieces: string[] = []
  let from = 0
  let lines = 0
  for (let end = code.indexOf('\n'); end !== -1; end = code.indexOf('\n', end + 1)) {
    lines += 1
    if (lines < linesInPiece || end === from || code.charAt(end - 1) === '\n') continue
    pieces.push(code.slice(from, end))
    from = end + 1
    lines = 0
  }
  return [...pieces, code.slice(from)]
}

/** The same for code whose lines are cut into tokens. */
export function cutLines<Token>(
  lines: readonly (readonly Token[])[],
): readonly (readonly (readonly Token[])[])[] {
  const pieces: (readonly (readonly Token[])[])[] = []
  let from = 0
  for (const [at, line] of lines.entries()) {
    if (at + 1 - from < linesInPiece || line.length === 0 || at === lines.length - 1) continue
    pieces.push(lines.slice(from, at + 1))
    from = at + 1
  }
  return [...pieces, lines.slice(from)]
}
