import type { Batch } from '@contract/fold'
import type { Message, Part } from '@contract/message'

/**
 * Writes the visible text of an answer as it grows, each character once; reasoning stays out of it. What is written is
 * at any time a beginning of `visibleText` of the stored answer.
 */
export function createTextTap(write: (text: string) => void) {
  const isText: boolean[] = []
  let seen = 0
  let said = 0
  let bytes = 0
  let last = ''
  let held = ''
  const say = (more: string) => {
    said += more.length
    // Half a character is no byte yet.
    const text = held + more
    held = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : ''
    put(text.slice(0, text.length - held.length))
  }
  const put = (text: string) => {
    if (text === '') return
    write(text)
    bytes += Buffer.byteLength(text)
    last = text
  }
  return {
    /** 'gap' when a batch before this one is missing: then the stored answer is needed. */
    pour({ from, upto, deltas }: Batch): 'gap' | undefined {
      if (upto <= seen) return undefined
      if (from !== seen + 1) return 'gap'
      seen = upto
      for (const delta of deltas) {
        if (delta.at === 'part') {
          if (delta.part.kind === 'text') say((isText.includes(true) ? '\n' : '') + delta.part.text)
          isText.push(delta.part.kind === 'text')
        } else if (delta.at === 'text' && isText[delta.place]) say(delta.add)
      }
      return undefined
    },
    /** Writes what the stored answer has beyond what was written. */
    catchUp(message: Pick<Message, 'parts' | 'seen'>): void {
      if (message.seen < seen) return
      say(visibleText(message.parts).slice(said))
      seen = message.seen
      isText.splice(0, isText.length, ...message.parts.map((part) => part.kind === 'text'))
    },
    /** As UTF-8. */
    saidBytes: () => bytes,
    /** A terminal's next line starts at its left edge. */
    close(): void {
      put(held)
      held = ''
      if (last !== '' && !last.endsWith('\n')) write('\n')
    },
  }
}
export type TextTap = ReturnType<typeof createTextTap>

/** The text parts of an answer, one after the other on lines of their own. */
export const visibleText = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n')
