import { ExternalLink, ImageOff } from 'lucide-react'
import { isValidElement, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { useIsCodeFenceIncomplete, type Components, type ExtraProps } from 'streamdown'
import { useWords } from '../../lib/words'
import { Fenced } from './fenced'
import { hostOf, isOpenable, useFollow } from './link-gate'
import { markdownWords } from './words'

type Props<Tag extends keyof React.JSX.IntrinsicElements> = ComponentProps<Tag> & ExtraProps

function Link({ href, children }: Props<'a'>) {
  const say = useWords(markdownWords)
  const follow = useFollow()
  if (href?.startsWith('#')) {
    return (
      <a href={href} className="md-link" onClick={showNote}>
        {children}
      </a>
    )
  }
  if (!isOpenable(href)) return <span>{children}</span>
  const host = hostOf(href)
  const open = (event: MouseEvent): void => {
    event.preventDefault()
    follow(href, event.currentTarget)
  }
  const title = /^mailto:/i.test(href) ? say('mailTo', { address: host }) : say('linkTo', { host })
  return (
    <a href={href} title={title} className="md-link" draggable={false} onClick={open} onAuxClick={open}>
      {children}
    </a>
  )
}

/** Footnotes point inside their own text; other texts may use the same ids. */
function showNote(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault()
  const id = decodeURIComponent(event.currentTarget.hash.slice(1))
  const note = event.currentTarget.closest('[data-markdown]')?.querySelector(`[id="${CSS.escape(id)}"]`)
  note?.scrollIntoView({ block: 'nearest' })
}

/** Pictures of other hosts are never fetched: that would tell them who reads. */
function RemoteImage({ src, alt }: Props<'img'>) {
  const say = useWords(markdownWords)
  const follow = useFollow()
  const url = typeof src === 'string' ? src : undefined
  if (!isOpenable(url)) {
    return (
      <span className="md-image">
        <ImageOff size={14} aria-hidden="true" />
        {alt || say('imageBlocked')}
      </span>
    )
  }
  return (
    <button type="button" className="md-image" onClick={(event) => follow(url, event.currentTarget)}>
      <ExternalLink size={14} aria-hidden="true" />
      <span>
        {alt ? <span className="font-medium">{alt} · </span> : null}
        {say('imageFrom', { host: hostOf(url) })} — {say('imageShow')}
      </span>
    </button>
  )
}

function Table({ children, node }: Props<'table'>) {
  const say = useWords(markdownWords)
  const columns = headingsOf(node)
  return (
    <div
      role="region"
      aria-label={columns ? say('tableOf', { columns }) : say('table')}
      tabIndex={0}
      className="md-table"
    >
      <table>{children}</table>
    </div>
  )
}

/** A fence inside a list or a quotation; those at the left edge never come here. */
function Fence({ children }: Props<'pre'>) {
  const isOpen = useIsCodeFenceIncomplete()
  if (!isValidElement<{ className?: string; children?: ReactNode }>(children)) return <pre>{children}</pre>
  const { className, children: code } = children.props
  const language = /language-(\S+)/.exec(className ?? '')?.[1] ?? ''
  if (language === 'math') return <pre>{children}</pre>
  const text = textIn(code).replace(/\n$/, '')
  return <Fenced code={text} language={language} isOpen={isOpen} isComplete={!isOpen} />
}

const textIn = (node: ReactNode): string =>
  typeof node === 'string' ? node : Array.isArray(node) ? node.map(textIn).join('') : ''

type Hast = {
  readonly type: string
  readonly tagName?: string
  readonly value?: string
  readonly children?: readonly Hast[]
}

function headingsOf(node: unknown): string {
  const cells: string[] = []
  const walk = (at: Hast): void => {
    if (at.tagName === 'th') cells.push(wordsOf(at).trim())
    else if (at.tagName !== 'tbody') at.children?.forEach(walk)
  }
  if (node) walk(node as Hast)
  return cells.filter(Boolean).join(', ').slice(0, 120)
}
const wordsOf = (node: Hast): string => node.value ?? node.children?.map(wordsOf).join('') ?? ''

/** The box of a task: shown, not to be ticked. */
function Task({ checked }: Props<'input'>) {
  const say = useWords(markdownWords)
  const isDone = checked === true
  return (
    <input
      type="checkbox"
      disabled
      checked={isDone}
      aria-label={say(isDone ? 'taskDone' : 'taskOpen')}
      readOnly
    />
  )
}

/** How each element is drawn. The rest stays as it is, for markdown.css: Streamdown's classes are another design. */
export const elements: Components = {
  a: Link,
  img: RemoteImage,
  pre: Fence,
  table: Table,
  blockquote: 'blockquote',
  code: 'code',
  h1: 'h1',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h5',
  h6: 'h6',
  hr: 'hr',
  input: Task,
  li: 'li',
  ol: 'ol',
  p: 'p',
  strong: 'strong',
  sub: 'sub',
  sup: 'sup',
  tbody: 'tbody',
  td: 'td',
  th: 'th',
  thead: 'thead',
  tr: 'tr',
  ul: 'ul',
}
