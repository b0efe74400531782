import type { SearchHit } from '@contract/sessions'
import { folded } from './folded'

/** UTF-16 units; about two lines of a result list. */
const width = 160
/** How much of it comes before the first mark. */
const lead = 40
/** More marks than anybody reads; keeps a long text of one repeated word cheap. */
const most = 200

type Mark = SearchHit['marks'][number]

/** Where the patterns match `text`, in order and without overlaps; undefined when one of them never does. */
export function marksIn(text: string, patterns: readonly RegExp[]): readonly Mark[] | undefined {
  const fold = folded(text)
  const all: Mark[] = []
  for (const pattern of patterns) {
    let found = 0
    for (const hit of fold.text.matchAll(pattern)) {
      all.push([fold.origin(hit.index), fold.origin(hit.index + hit[0].length)])
      if ((found += 1) === most) break
    }
    if (found === 0) return undefined
  }
  return merged(all.sort(([a], [b]) => a - b))
}

/** The stretch of `text` with the most marks, its line ends as spaces and cut ends as an ellipsis. */
export function excerptOf(text: string, marks: readonly Mark[]): Pick<SearchHit, 'excerpt' | 'marks'> {
  const from = startOfWord(text, Math.max(0, densest(marks) - lead))
  const upto = endOfCharacter(text, Math.min(text.length, from + width))
  const before = from > 0 ? '…' : ''
  const shown = text.slice(from, upto).replace(/\s/gu, ' ')
  return {
    excerpt: `${before}${shown}${upto < text.length ? '…' : ''}`,
    marks: marks
      .filter(([start]) => start >= from && start < upto)
      .map(([start, end]) => [start - from + before.length, Math.min(end, upto) - from + before.length]),
  }
}

/** Start of the window that holds the most marks. */
function densest(marks: readonly Mark[]): number {
  let best = marks[0]?.[0] ?? 0
  let count = 0
  let last = 0
  marks.forEach(([start], first) => {
    while ((marks[last]?.[1] ?? Infinity) <= start - lead + width) last += 1
    if (last - first > count) [best, count] = [start, last - first]
  })
  return best
}

function merged(marks: readonly Mark[]): readonly Mark[] {
  const out: Mark[] = []
  for (const mark of marks) {
    const last = out.at(-1)
    if (last && mark[0] < last[1]) out[out.length - 1] = [last[0], Math.max(last[1], mark[1])]
    else out.push(mark)
  }
  return out
}

/** The next start of a word within the lead, or where it was. */
function startOfWord(text: string, from: number): number {
  if (from === 0) return 0
  const space = text.slice(from, from + lead / 2).search(/\s/u)
  return space === -1 ? endOfCharacter(text, from) : from + space + 1
}

/** Never between the halves of a surrogate pair. */
const endOfCharacter = (text: string, at: number) =>
  /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at
