import type { Part } from '@contract/message'
import { Check, ChevronRight, TriangleAlert, Wrench } from 'lucide-react'
import { memo, useId, useState } from 'react'
import { useWords } from '../../lib/words'
import { CodeBlock } from '../../ui/markdown/code-block'
import { Spinner } from '../../ui/spinner'
import { chatWords } from './words'

type ToolCall = Extract<Part, { kind: 'tool_call' }>

/** A tool call as a compact card that opens to what went in and what came out. */
export const ToolCard = memo(function ToolCard({ call }: { readonly call: ToolCall }) {
  const say = useWords(chatWords)
  const [isOpen, setOpen] = useState(false)
  const body = useId()
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? body : undefined}
        onClick={() => setOpen(!isOpen)}
        className="flex h-9 w-full items-center gap-2 px-3 text-sm hover:bg-hover"
      >
        <Wrench size={14} aria-hidden="true" className="text-faint" />
        <span className="truncate font-mono text-xs">{call.name}</span>
        <span className="ml-auto flex items-center gap-1.5 text-xs text-muted">
          <StateIcon state={call.state} />
          {say(`tool.${call.state}`)}
        </span>
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={isOpen ? 'rotate-90 text-faint' : 'text-faint'}
        />
      </button>
      {isOpen ? (
        <div id={body} className="flex flex-col gap-2 border-t border-line p-3">
          <p className="text-xs text-faint">{say('tool.input')}</p>
          <CodeBlock code={tidyJson(call.arguments)} language="json" isOpen={call.state === 'building'} />
          {call.output === undefined ? null : (
            <>
              <p className="text-xs text-faint">{say('tool.output')}</p>
              <CodeBlock code={tidyJson(call.output)} language="json" isOpen={false} />
            </>
          )}
        </div>
      ) : null}
    </div>
  )
})

function StateIcon({ state }: { readonly state: ToolCall['state'] }) {
  if (state === 'done') return <Check size={13} aria-hidden="true" className="text-good" />
  if (state === 'failed') return <TriangleAlert size={13} aria-hidden="true" className="text-danger" />
  return <Spinner />
}

function tidyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
