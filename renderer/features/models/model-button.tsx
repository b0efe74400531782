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
  const slash = text.lastIndexOf('/') + 1
  return (
    <Tooltip text={selector === '' ? t('title') : selector} {...(keys === undefined ? {} : { keys })}>
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
        {/* Where it does not fit, the maker gives way before the model does. */}
        <span aria-hidden="true" className="flex min-w-0">
          <span className="shrink-[999] truncate max-[560px]:hidden">{text.slice(0, slash)}</span>
          <span className="truncate">{text.slice(slash)}</span>
        </span>
        <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-faint" />
      </Button>
    </Tooltip>
  )
}
