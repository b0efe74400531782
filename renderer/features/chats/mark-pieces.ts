export interface MarkPiece {
  readonly text: string
  readonly isMarked: boolean
}

/** Cuts an excerpt at half-open UTF-16 ranges, in order; ranges that overlap or reach too far are trimmed. */
export function markPieces(
  excerpt: string,
  marks: readonly (readonly [from: number, to: number])[],
): readonly MarkPiece[] {
  const pieces: MarkPiece[] = []
  let at = 0
  const push = (to: number, isMarked: boolean): void => {
    if (to > at) pieces.push({ text: excerpt.slice(at, to), isMarked })
    at = Math.max(at, to)
  }
  for (const [from, to] of marks) {
    push(Math.min(from, excerpt.length), false)
    push(Math.min(to, excerpt.length), true)
  }
  push(excerpt.length, false)
  return pieces
}
