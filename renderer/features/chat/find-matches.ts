import type { Message } from '@contract/message'
import { textOf } from './message-path'

/** A place where the text occurs: which message, and the how-manieth time in it. */
export interface Match {
  readonly index: number
  readonly nth: number
}

const most = 5000

/** Every occurrence in the loaded messages, oldest first, without regard to case. */
export function findMatches(messages: readonly Message[], query: string): readonly Match[] {
  const wanted = query.toLocaleLowerCase()
  if (wanted.trim() === '') return []
  const matches: Match[] = []
  for (const [index, message] of messages.entries()) {
    const text = textOf(message).toLocaleLowerCase()
    let nth = 0
    for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
      matches.push({ index, nth: nth++ })
      if (matches.length === most) return matches
    }
  }
  return matches
}

/** The occurrences in what is drawn of an element; a match may run over several text nodes. */
export function rangesIn(root: Element, query: string): readonly Range[] {
  const wanted = query.toLocaleLowerCase()
  if (wanted.trim() === '') return []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const nodes: { readonly node: Node; readonly from: number }[] = []
  let text = ''
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, from: text.length })
    text += node.nodeValue ?? ''
  }
  const lower = text.toLocaleLowerCase()
  // A letter whose lower case is longer would shift every place after it.
  if (lower.length !== text.length) return []
  const placeOf = (at: number) => {
    const entry = nodes.findLast(({ from }) => from <= at)
    return entry ? ([entry.node, at - entry.from] as const) : undefined
  }
  const ranges: Range[] = []
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
    const start = placeOf(at)
    const end = placeOf(at + wanted.length - 1)
    if (!start || !end) continue
    const range = new Range()
    range.setStart(...start)
    range.setEnd(end[0], end[1] + 1)
    ranges.push(range)
  }
  return ranges
}
