import { FileText, X } from 'lucide-react'
import { useMemo } from 'react'
import { formatNumber } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { countLines } from './long-draft'
import { composerWords } from './words'

/** A text too long for the box: named, not shown; it is sent as it is. */
export function LongText({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  const say = useWords(composerWords)
  const locale = formatLocale()
  const size = useMemo(() => {
    const body = text.trim()
    return {
      characters: formatNumber(body.length, locale),
      lines: formatNumber(countLines(body), locale),
      start: body.slice(0, 160),
    }
  }, [text, locale])
  return (
    <div className="mx-2 mt-2 flex items-center gap-3 rounded-md border border-line bg-surface py-1.5 pr-1.5 pl-3">
      <FileText size={18} aria-hidden="true" className="shrink-0 text-faint" />
      <div className="min-w-0 grow">
        <p className="text-xs font-medium">
          {say('longText')} <span className="font-normal text-faint">· {say('longTextSize', size)}</span>
        </p>
        <p className="truncate text-xs text-muted">{size.start}</p>
      </div>
      <IconButton name={say('removeLongText')} size="small" icon={<X size={14} />} onClick={onRemove} />
    </div>
  )
}
