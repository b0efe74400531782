import { lazy, Suspense } from 'react'
import { CodeBlock, type CodeBlockProps } from './code-block'

const Diagram = lazy(() => import('./diagram').then(({ Diagram }) => ({ default: Diagram })))

export interface FencedProps extends CodeBlockProps {
  /** The closing fence is there. A diagram is not tried before. */
  readonly isComplete: boolean
}

/** What stands in a fence: a diagram that is complete as a picture, everything else as code. */
export function Fenced({ isComplete, ...code }: FencedProps) {
  if (!isComplete || code.language.toLowerCase() !== 'mermaid' || code.code.trim() === '')
    return <CodeBlock {...code} />
  return (
    <Suspense fallback={<CodeBlock {...code} />}>
      <Diagram source={code.code} />
    </Suspense>
  )
}
