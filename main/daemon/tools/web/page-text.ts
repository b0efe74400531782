import { TextNode } from 'node-html-parser'

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '))
/** Each begins a line. */
const blocks = set(
  'address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary table title tr ul',
)
/** Nothing in them is read, tags neither. */
const unread = set('iframe noscript script style svg template')

/**
 * The words of an HTML page, a block a line. A parser's tree takes minutes for a page of tags that nobody closes, and
 * the page is a stranger's: this goes over the text once, whatever it holds.
 */
export function pageText(html: string): string {
  let said = ''
  /** What it ends with, which is not looked up: that would copy all of it each time. */
  let last = '\n'
  let isPre = false
  const add = (text: string): void => {
    said += text
    last = text.at(-1) ?? last
  }
  const say = (raw: string): void => {
    const { text } = new TextNode(raw)
    if (isPre) return add(text)
    const plain = text.replaceAll(/\s+/g, ' ')
    add(last === '\n' || last === ' ' ? plain.trimStart() : plain)
  }
  /** Where what was not said yet begins. */
  let from = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const tag = readTag(html, at)
    // One that begins nothing is a sign like any other.
    if (!tag) at += 1
    else {
      if (at > from) say(html.slice(from, at))
      at = tag.end
      if (blocks.has(tag.name) && last !== '\n') add('\n')
      if (tag.name === 'pre') isPre = tag.isOpening
      if (tag.isOpening && unread.has(tag.name)) at = endOf(html, tag.name, at)
      from = at
    }
  }
  say(html.slice(from))
  return said
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

interface Tag {
  /** Lower case; empty for comments and declarations. */
  readonly name: string
  readonly isOpening: boolean
  /** Where what follows begins. */
  readonly end: number
}

/** Undefined where no tag begins. What is not closed goes on to the end. */
function readTag(html: string, at: number): Tag | undefined {
  if (html.startsWith('<!--', at)) return aside(html.indexOf('-->', at + 4), 3, html)
  if (html[at + 1] === '!' || html[at + 1] === '?') return aside(html.indexOf('>', at), 1, html)
  const named = /\/?([a-z][^\s/>]*)/iy
  named.lastIndex = at + 1
  const [whole, name] = named.exec(html) ?? []
  if (whole === undefined || name === undefined) return undefined
  const close = closeOf(html, named.lastIndex)
  const isOpening = !whole.startsWith('/') && html[close - 1] !== '/'
  return { name: name.toLowerCase(), isOpening, end: close + 1 }
}

const aside = (found: number, length: number, { length: whole }: string): Tag => ({
  name: '',
  isOpening: false,
  end: found < 0 ? whole : found + length,
})

/** The `>` of a tag, passing over those in quoted values. */
function closeOf(html: string, from: number): number {
  let isValue = false
  for (let at = from; at < html.length; at += 1) {
    const sign = html[at] ?? ''
    if (sign === '>') return at
    if (isValue && (sign === '"' || sign === "'")) {
      const end = html.indexOf(sign, at + 1)
      if (end < 0) return html.length
      at = end
      isValue = false
    } else if (sign.trim() !== '') isValue = sign === '='
  }
  return html.length
}

function endOf(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  closing.lastIndex = from
  return closing.exec(html)?.index ?? html.length
}
