/** A stretch of Markdown that can be rendered on its own. Code is a fence that starts at the left edge. */
export type Segment =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly code: string; readonly isOpen: boolean }

/** A text that is being cut, and how far the cutting has come. */
export interface Cutting {
  readonly text: string
  /** Finished; their objects stay the same however much text follows. */
  readonly settled: readonly Segment[]
  /** Where the unfinished segment starts. */
  readonly from: number
  /** What the unfinished segment is. */
  readonly inside: Inside
  /** Start of the first line that has not been read. */
  readonly read: number
  /** The last line read was blank, so a new segment may begin. */
  readonly isAfterBlank: boolean
}

type Inside =
  | { readonly kind: 'prose' }
  | { readonly kind: 'math' }
  | { readonly kind: 'html'; readonly tag: string }
  | { readonly kind: 'code'; readonly fence: string; readonly language: string; readonly body: number }

export const uncut: Cutting = {
  text: '',
  settled: [],
  from: 0,
  inside: { kind: 'prose' },
  read: 0,
  isAfterBlank: false,
}

/** Prose shorter than this is not worth an own segment. */
const enoughProse = 1200

/** Cuts on where the last call stopped: the cost is that of the new text. Text that does not continue starts over. */
export function cut(before: Cutting, text: string): Cutting {
  if (text === before.text) return before
  let cutting = text.startsWith(before.text) ? { ...before, text } : { ...uncut, text }
  for (let end = text.indexOf('\n', cutting.read); end !== -1; end = text.indexOf('\n', cutting.read)) {
    cutting = readLine(cutting, text.slice(cutting.read, end).replace(/\r$/, ''), end + 1)
  }
  return cutting
}

/** The segments as they stand, the unfinished one last. */
export function segmentsOf({ text, settled, from, inside }: Cutting): readonly Segment[] {
  if (inside.kind === 'code') {
    const { language, body, fence } = inside
    const rest = text.slice(body)
    const lastLine = rest.slice(rest.lastIndexOf('\n') + 1)
    const isOpen = !isFenceEnd(lastLine, fence)
    const code = isOpen ? rest : rest.slice(0, -lastLine.length)
    return [...settled, { kind: 'code', language, code: trimEnd(code), isOpen }]
  }
  const tail = text.slice(from)
  return tail.trim() === '' ? settled : [...settled, { kind: 'prose', text: tail }]
}

function readLine(cutting: Cutting, line: string, next: number): Cutting {
  const { inside, read } = cutting
  const isBlank = line.trim() === ''
  const on = { ...cutting, read: next, isAfterBlank: isBlank }
  if (inside.kind === 'code') {
    if (!isFenceEnd(line, inside.fence)) return on
    const code = trimEnd(cutting.text.slice(inside.body, read))
    const done: Segment = { kind: 'code', language: inside.language, code, isOpen: false }
    return {
      ...on,
      settled: [...on.settled, done],
      from: next,
      inside: { kind: 'prose' },
      isAfterBlank: false,
    }
  }
  if (inside.kind === 'math') return line.trimEnd().endsWith('$$') ? { ...on, inside: { kind: 'prose' } } : on
  if (inside.kind === 'html') {
    return line.toLowerCase().includes(`</${inside.tag}`) ? { ...on, inside: { kind: 'prose' } } : on
  }
  const fence = /^(`{3,})([^`]*)$|^(~{3,})(.*)$/.exec(line)
  if (fence) {
    const language = (fence[2] ?? fence[4] ?? '').trim().split(/[\s{]/)[0] ?? ''
    const opened = { kind: 'code', fence: fence[1] ?? fence[3] ?? '```', language, body: next } as const
    return { ...settleProse(on, read), from: read, inside: opened }
  }
  const isNew = cutting.isAfterBlank && startsBlock.test(line) && read - cutting.from >= enoughProse
  const placed = isNew ? { ...settleProse(on, read), from: read } : on
  return { ...placed, inside: insideAfter(line) }
}

/** What a line of prose opens that must not be cut before it closes. */
function insideAfter(line: string): Inside {
  const trimmed = line.trim()
  if (trimmed.startsWith('$$') && !trimmed.slice(2).includes('$$')) return { kind: 'math' }
  const tag = /^<([a-z][a-z0-9-]*)\b[^>]*>?/i.exec(trimmed)?.[1]?.toLowerCase()
  const isOpen = tag !== undefined && !voidTags.has(tag) && !trimmed.toLowerCase().includes(`</${tag}`)
  return isOpen && !trimmed.startsWith('<http') ? { kind: 'html', tag } : { kind: 'prose' }
}

function settleProse(cutting: Cutting, end: number): Cutting {
  const text = cutting.text.slice(cutting.from, end)
  return text.trim() === '' ? cutting : { ...cutting, settled: [...cutting.settled, { kind: 'prose', text }] }
}

/** A line that can only begin something new after a blank line: no indent, list item, quote, table or definition. */
const startsBlock = /^(?![-*+](?:\s|$)|\d+[.)]\s|[>|<:\s]|\[)\S/
const voidTags = new Set(['br', 'hr', 'img', 'input', 'source', 'wbr', 'area', 'col'])

const isFenceEnd = (line: string, fence: string): boolean => {
  const trimmed = line.trim()
  return (
    trimmed.length >= fence.length &&
    trimmed === fence.charAt(0).repeat(trimmed.length) &&
    !/^ {4}/.test(line)
  )
}

const trimEnd = (code: string): string => (code.endsWith('\n') ? code.slice(0, -1) : code)

/** Footnotes and link definitions reach over the whole text, which then has to be rendered in one piece. */
export const hasDefinitions = (text: string): boolean => /^ {0,3}\[[^\]\n]+\]:\s/m.test(text)
