import { X } from 'lucide-react'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { composerWords } from './words'

/** Says that the next message will be answered in a way of its own, leads to it, and takes it back. */
export function Tuned(props: { readonly onOpen: () => void; readonly onForget: () => void }) {
  const t = useWords(composerWords)
  return (
    <span className="flex h-7 min-w-0 items-center rounded-full border border-line bg-surface pl-2.5 text-xs text-muted">
      <button type="button" className="truncate hover:text-ink" onClick={props.onOpen}>
        {t('tuned')}
      </button>
      <IconButton
        name={t('untune')}
        side="top"
        className="size-6 rounded-full"
        icon={<X size={12} aria-hidden="true" />}
        onClick={props.onForget}
      />
    </span>
  )
}
