import { Copy, Download, X, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import type { AssetView } from '@contract/assets'
import type { AssetDeeds } from '../../lib/asset-deeds'
import { formatLocale, useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import type { StageHandle } from './stage/stage'
import { editorWords } from './words'

/** What is open, how near it is, and the way out. */
export function EditorBar(props: {
  readonly lead: ReactNode
  readonly asset: AssetView | null
  /** Null where there is nothing to zoom. */
  readonly scale: number | null
  readonly stage: RefObject<StageHandle | null>
  readonly deeds: AssetDeeds
  readonly onClose: () => void
}) {
  const { asset, scale, stage, deeds } = props
  const t = useWords(editorWords)
  const percent = new Intl.NumberFormat(formatLocale(), { style: 'percent' }).format(scale ?? 1)
  return (
    <header className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line py-1 pr-2 pl-4">
      {props.lead}
      <h2 className="shrink-0 text-base font-medium @max-md:sr-only">{t('name')}</h2>
      <p className="selectable min-w-0 grow truncate text-xs text-faint" title={asset?.file_name}>
        {asset
          ? [asset.file_name, asset.width && `${asset.width} × ${asset.height}`].filter(Boolean).join(' · ')
          : ''}
      </p>
      {asset && scale !== null ? (
        <div className="flex shrink-0 items-center">
          <IconButton
            name={t('zoomOut')}
            keys="-"
            icon={<ZoomOut size={16} aria-hidden="true" />}
            onClick={() => stage.current?.step(-1)}
          />
          <button
            type="button"
            aria-label={`${t('fit')}: ${percent}`}
            title={t('fit')}
            onClick={() => stage.current?.fit()}
            className="h-8 min-w-13 rounded-sm px-1 text-xs text-muted tabular-nums hover:bg-hover hover:text-ink"
          >
            {percent}
          </button>
          <IconButton
            name={t('zoomIn')}
            keys="+"
            icon={<ZoomIn size={16} aria-hidden="true" />}
            onClick={() => stage.current?.step(1)}
          />
          <span aria-hidden="true" className="mx-1.5 h-5 w-px bg-line @max-lg:hidden" />
          <div className="flex @max-lg:hidden">
            <IconButton
              name={t('save')}
              icon={<Download size={16} aria-hidden="true" />}
              onClick={() => void deeds.onSave(asset.asset_id)}
            />
            <IconButton
              name={t('copy')}
              icon={<Copy size={16} aria-hidden="true" />}
              onClick={() => void deeds.onCopy(asset.asset_id)}
            />
          </div>
        </div>
      ) : null}
      <IconButton name={t('close')} icon={<X size={18} aria-hidden="true" />} onClick={props.onClose} />
    </header>
  )
}
