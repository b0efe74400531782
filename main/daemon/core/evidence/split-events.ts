/** Cuts a growing event stream behind every blank line; joined, the pieces are the stream again. */
export interface EventSplitter {
  take(text: string): string[]
  /** What came after the last blank line. */
  rest(): string
  /** Characters that wait for their blank line. */
  readonly waiting: number
}

const blankLine = /(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r(?!\n|$))/g

export function createEventSplitter(): EventSplitter {
  let rest = ''
  let looked = 0
  return {
    get waiting() {
      return rest.length
    },
    take(text) {
      rest += text
      const pieces: string[] = []
      let from = 0
      // A line end may lie across two reads, and a carriage return at the very end may go on with its line feed.
      blankLine.lastIndex = Math.max(0, looked - 3)
      for (let found = blankLine.exec(rest); found; found = blankLine.exec(rest)) {
        pieces.push(rest.slice(from, blankLine.lastIndex))
        from = blankLine.lastIndex
      }
      rest = rest.slice(from)
      looked = rest.length
      return pieces
    },
    rest() {
      const last = rest
      rest = ''
      looked = 0
      return last
    },
  }
}
