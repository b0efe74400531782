// oxlint-disable-next-line import/no-unassigned-import -- a style sheet
import './markdown.css'
import { lazy, memo, Suspense, useMemo, useRef, useState } from 'react'
import { formatNumber } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { Button } from '../button'
import { longestShown, shownPart } from './bounds'
import { Fenced } from './fenced'
import { hasMath } from './math-marks'
import { cut, hasDefinitions, segmentsOf, uncut, type Segment } from './segments'
import { useMath } from './use-math'
import { usePacedText } from './use-paced-text'
import { markdownWords } from './words'

export interface MarkdownProps {
  readonly text: string
  /** More is coming: half-written syntax is mended and the end carries a caret. */
  readonly isGrowing?: boolean
}

/** The parser is a third of the window's code and not needed to draw its frame. */
const loadProse = () => import('./prose').then(({ Prose }) => ({ default: Prose }))
const Prose = lazy(loadProse)

/** Fetches the parser before the first answer has to be drawn. */
export const preloadMarkdown = (): void => void loadProse()

/**
 * Markdown as React elements: sanitised, without remote content, links through the `LinkGate` above. A growing
 * text is cut into segments; what is finished is never parsed again.
 */
export const Markdown = memo(function Markdown(props: MarkdownProps) {
  const [limit, setLimit] = useState(longestShown)
  const { text: shown, isGrowing } = usePacedText(shownPart(props.text, limit), props.isGrowing ?? false)
  const cutting = useRef(uncut)
  const segments = useMemo<readonly Segment[]>(() => {
    if (!isGrowing && hasDefinitions(shown)) return [{ kind: 'prose', text: shown }]
    cutting.current = cut(cutting.current, shown)
    return segmentsOf(cutting.current)
  }, [shown, isGrowing])
  const plugins = useMath(hasMath(shown))
  const isWhole = segments.length === 1 && !isGrowing
  return (
    <div data-markdown="" className="md" data-growing={isGrowing || undefined}>
      {segments.map((segment, at) =>
        segment.kind === 'code' ? (
          <Fenced
            key={at}
            code={segment.code}
            language={segment.language}
            isOpen={segment.isOpen && isGrowing}
            isComplete={!segment.isOpen}
          />
        ) : (
          <Suspense key={at} fallback={<div className="whitespace-pre-wrap">{segment.text}</div>}>
            <Prose
              text={segment.text}
              plugins={plugins}
              isGrowing={isGrowing && at === segments.length - 1}
              isWhole={isWhole && hasDefinitions(segment.text)}
            />
          </Suspense>
        ),
      )}
      {props.text.length > limit ? (
        <CutShort limit={limit} length={props.text.length} onMore={() => setLimit(limit + longestShown)} />
      ) : null}
    </div>
  )
})

interface CutShortProps {
  /** Characters shown, and all that there are. */
  readonly limit: number
  readonly length: number
  readonly onMore: () => void
}

/** Stands at the end of a text that is too long to be laid out at once. */
function CutShort({ limit, length, onMore }: CutShortProps) {
  const say = useWords(markdownWords)
  const locale = formatLocale()
  return (
    <p className="mt-3 flex flex-wrap items-center gap-2 text-xs text-faint">
      <Button size="small" variant="ghost" className="-ml-2.5" onClick={onMore}>
        {say('showMore')}
      </Button>
      {say('cutShort', { shown: formatNumber(limit, locale), all: formatNumber(length, locale) })}
    </p>
  )
}
