import { memo, useMemo } from 'react'
import { Streamdown, type PluginConfig } from 'streamdown'
import { boundIndent } from './bounds'
import { elements } from './elements'
import { unifyMath } from './math-marks'
import { ProseBlock } from './prose-block'

export interface ProseProps {
  readonly text: string
  readonly plugins: PluginConfig
  readonly isGrowing: boolean
  /** Rendered in one piece, so that footnotes find their notes. */
  readonly isWhole: boolean
}

/** One stretch of Markdown. While it grows, blocks that are finished are not parsed again. */
export const Prose = memo(function Prose({ text, plugins, isGrowing, isWhole }: ProseProps) {
  const marked = useMemo(() => unifyMath(boundIndent(text)), [text])
  return (
    <Streamdown
      className="md-prose"
      mode={isWhole ? 'static' : 'streaming'}
      parseIncompleteMarkdown={isGrowing}
      isAnimating={isGrowing}
      components={elements}
      BlockComponent={ProseBlock}
      plugins={plugins}
      controls={false}
      linkSafety={noModal}
    >
      {marked}
    </Streamdown>
  )
})

const noModal = { enabled: false }
