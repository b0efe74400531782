import type { AssetRow } from '@contract/assets'
import { MessageSquarePlus, Trash2, X } from 'lucide-react'
import { formatBytes } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { countWords } from './asset-cell'
import { libraryWords } from './words'

/** What can be done with several at once. */
export function SelectionBar(props: {
  readonly assets: readonly AssetRow[]
  readonly onUse: (assets: readonly AssetRow[]) => void
  readonly onDelete: (assets: readonly AssetRow[]) => void
  readonly onClear: () => void
}) {
  const { assets } = props
  const t = useWords(libraryWords)
  const bytes = assets.reduce((sum, { byte_length }) => sum + byte_length, 0)
  return (
    <div className="popup absolute inset-x-0 bottom-4 z-10 mx-auto flex w-fit max-w-[calc(100%-2rem)] items-center gap-2 py-2 pr-2 pl-4 shadow-lg">
      <p role="status" className="mr-2 text-sm whitespace-nowrap">
        <span className="font-medium">{t('selected', countWords(assets.length))}</span>
        <span className="text-faint max-sm:hidden"> · {formatBytes(bytes, formatLocale())}</span>
      </p>
      <Button
        size="small"
        icon={<MessageSquarePlus size={14} aria-hidden="true" />}
        onClick={() => props.onUse(assets)}
      >
        {t('use')}
      </Button>
      <Button
        size="small"
        icon={<Trash2 size={14} aria-hidden="true" />}
        onClick={() => props.onDelete(assets)}
      >
        {t('deleteMany')}
      </Button>
      <IconButton size="small" name={t('unselect')} icon={<X size={14} />} onClick={props.onClear} />
    </div>
  )
}
