import './markdown.css'
import { memo, useMemo, useRef } from 'react'
import { Streamdown, type PluginConfig } from 'streamdown'
import { CodeBlock } from './code-block'
import { elements } from './elements'
import { hasMath, unifyMath } from './math-marks'
import { cut, hasDefinitions, segmentsOf, uncut, type Segment } from './segments'
import { useMath } from './use-math'
import { usePacedText } from './use-paced-text'

export interface MarkdownProps {
  readonly text: string
  /** More is coming: half-written syntax is mended and the end carries a caret. */
  readonly isGrowing?: boolean
}

/**
 * Markdown as React elements: sanitised, without remote content, links through the `LinkGate` above. A growing
 * text is cut into segments; what is finished is never parsed again.
 */
export const Markdown = memo(function Markdown({ text, isGrowing = false }: MarkdownProps) {
  const shown = usePacedText(text, isGrowing)
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
          <CodeBlock
            key={at}
            code={segment.code}
            language={segment.language}
            isOpen={segment.isOpen && isGrowing}
          />
        ) : (
          <Prose
            key={at}
            text={segment.text}
            plugins={plugins}
            isGrowing={isGrowing && at === segments.length - 1}
            isWhole={isWhole && hasDefinitions(segment.text)}
          />
        ),
      )}
    </div>
  )
})

interface ProseProps {
  readonly text: string
  readonly plugins: PluginConfig
  readonly isGrowing: boolean
  /** Rendered in one piece, so that footnotes find their notes. */
  readonly isWhole: boolean
}

const Prose = memo(function Prose({ text, plugins, isGrowing, isWhole }: ProseProps) {
  const marked = useMemo(() => unifyMath(text), [text])
  return (
    <Streamdown
      className="md-prose"
      mode={isWhole ? 'static' : 'streaming'}
      parseIncompleteMarkdown={isGrowing}
      isAnimating={isGrowing}
      components={elements}
      plugins={plugins}
      controls={false}
      linkSafety={noModal}
    >
      {marked}
    </Streamdown>
  )
})

const noModal = { enabled: false }
