import { ChevronDown, Sparkles } from 'lucide-react'
import { Button } from '../../ui/button'
import { Tooltip } from '../../ui/tooltip'
import { useWords } from '../../lib/words'
import { modelWords } from './words'

export interface ModelButtonProps {
  /** The selector in force. */
  readonly selector: string
  readonly onPress: () => void
  readonly keys?: string
}

/** Shows the selector in force and opens the picker. */
export function ModelButton({ selector, onPress, keys }: ModelButtonProps) {
  const t = useWords(modelWords)
  const text = selector === '' ? t('none') : selector
  return (
    <Tooltip text={t('title')} {...(keys === undefined ? {} : { keys })}>
      <Button
        variant="ghost"
        size="small"
        aria-description={text}
        aria-haspopup="dialog"
        onClick={onPress}
        className="max-w-full min-w-0 shrink text-sm font-normal"
      >
        {/* The icon carries the name, which is the same whatever is chosen; the selector describes. */}
        <Sparkles size={13} role="img" aria-label={t('button')} className="shrink-0 text-faint" />
        <span aria-hidden="true" className="truncate">
          {text}
        </span>
        <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-faint" />
      </Button>
    </Tooltip>
  )
}
