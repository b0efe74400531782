import { WrapText } from 'lucide-react'
import { Fragment, memo, startTransition, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useWords } from '../../lib/words'
import { IconButton } from '../icon-button'
import { cutCode, cutLines } from './code-pieces'
import { CopyButton } from './copy-button'
import { highlight, highlighted, type Line } from './highlight'
import { languageOf } from './languages'
import { markdownWords } from './words'

export interface CodeBlockProps {
  readonly code: string
  /** As written after the fence; may be empty. */
  readonly language: string
  /** The fence has not been closed yet: the code stays plain. */
  readonly isOpen: boolean
  /** One sentence about it, between its name and itself. */
  readonly note?: string
}

/** Code with its language, coloured once it is complete. */
export const CodeBlock = memo(function CodeBlock({ code, language, isOpen, note }: CodeBlockProps) {
  const say = useWords(markdownWords)
  const [isWrapped, setWrapped] = useState(false)
  const lines = useHighlighted(code, language, isOpen)
  const name = language ? say('codeOf', { language }) : say('code')
  return (
    <div role="group" aria-label={name} className="md-code">
      <div className="md-code-bar">
        <span className="grow truncate">{language || say('code')}</span>
        <IconButton
          name={say('wrap')}
          icon={<WrapText size={14} aria-hidden="true" />}
          size="small"
          aria-pressed={isWrapped}
          onClick={() => setWrapped(!isWrapped)}
        />
        <CopyButton name={say('copyCode')} text={() => code} />
      </div>
      {note ? <p className="md-code-note">{note}</p> : null}
      <pre tabIndex={0} data-wrapped={isWrapped || undefined}>
        <code>{lines ? <Coloured lines={lines} /> : <Plain code={code} />}</code>
      </pre>
    </div>
  )
})

function useHighlighted(code: string, label: string, isOpen: boolean): readonly Line[] | undefined {
  const language = isOpen ? undefined : languageOf(label)
  const ready = language === undefined ? undefined : highlighted(code, language)
  const [lines, setLines] = useState<{ readonly code: string; readonly lines: readonly Line[] } | null>(null)
  useEffect(() => {
    if (language === undefined || ready) return
    let isCurrent = true
    void highlight(code, language).then((done) => {
      // In slices: a long program is ten thousand elements.
      if (done && isCurrent) startTransition(() => setLines({ code, lines: done }))
    })
    return () => {
      isCurrent = false
    }
  }, [code, language, ready])
  return ready ?? (lines?.code === code && language !== undefined ? lines.lines : undefined)
}

function Plain({ code }: { readonly code: string }) {
  const pieces = cutCode(code)
  return pieces.map((text, at) => (
    <Piece key={at} isLast={at === pieces.length - 1}>
      {text}
    </Piece>
  ))
}

function Coloured({ lines }: { readonly lines: readonly Line[] }) {
  const pieces = useMemo(() => cutLines(lines), [lines])
  return pieces.map((piece, at) => (
    <Piece key={at} isLast={at === pieces.length - 1}>
      <Lines lines={piece} />
    </Piece>
  ))
}

/** In a box of its own, so that it is laid out once. What is copied or read out is the same as without. */
const Piece = memo(function Piece(props: { readonly isLast: boolean; readonly children: ReactNode }) {
  if (props.isLast) return props.children
  return (
    <>
      <span className="inline-block max-w-full align-top">{props.children}</span>
      {'\n'}
    </>
  )
})

const Lines = memo(function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return lines.map((line, at) => (
    <Fragment key={at}>
      {at > 0 ? '\n' : null}
      {line.map((token, place) =>
        token.look ? (
          <span key={place} className={token.look}>
            {token.text}
          </span>
        ) : (
          token.text
        ),
      )}
    </Fragment>
  ))
})
