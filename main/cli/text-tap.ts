import type { Batch } from '@contract/fold'

/** Writes the visible text of an answer as it grows; reasoning stays out of it. */
export function createTextTap(write: (text: string) => void) {
  const isText: boolean[] = []
  let last = ''
  const say = (text: string) => {
    if (text === '') return
    write(text)
    last = text
  }
  return {
    pour({ deltas }: Batch): void {
      for (const delta of deltas) {
        if (delta.at === 'part') {
          isText.push(delta.part.kind === 'text')
          if (delta.part.kind === 'text') say(last === '' ? delta.part.text : `\n${delta.part.text}`)
        } else if (delta.at === 'text' && isText[delta.place]) say(delta.add)
      }
    },
    /** A terminal's next line starts at its left edge. */
    close: (): void => {
      if (last !== '' && !last.endsWith('\n')) write('\n')
    },
  }
}
