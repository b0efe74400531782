import { Check, Copy, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from '../../lib/copy-text'
import { useWords } from '../../lib/words'
import { IconButton } from '../icon-button'
import { markdownWords } from './words'

const saidMs = 1600

/** Copies, and says for a moment how it went. */
export function CopyButton(props: {
  readonly name: string
  /** Asked only when it is pressed. */
  readonly text: () => string
  readonly className?: string
}) {
  const say = useWords(markdownWords)
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null)
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(null), saidMs)
    return () => clearTimeout(timer)
  }, [outcome])
  const Icon = outcome === 'copied' ? Check : outcome === 'notCopied' ? TriangleAlert : Copy
  return (
    <>
      <IconButton
        name={props.name}
        icon={
          <Icon size={14} aria-hidden="true" className={outcome === 'copied' ? 'text-good' : undefined} />
        }
        size="small"
        {...(props.className === undefined ? {} : { className: props.className })}
        onClick={() => void copyText(props.text()).then((ok) => setOutcome(ok ? 'copied' : 'notCopied'))}
      />
      <span role="status" className="sr-only">
        {outcome ? say(outcome) : ''}
      </span>
    </>
  )
}
