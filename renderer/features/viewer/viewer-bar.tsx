import type { AssetView } from '@contract/assets'
import { Copy, Download, ExternalLink, Pencil, X, ZoomIn, ZoomOut } from 'lucide-react'
import type { AssetId } from '@contract/ids'
import type { AssetDeeds } from '../../lib/asset-deeds'
import { formatBytes, formatDuration, formatNumber } from '../../lib/format'
import { mediaName } from '../../lib/media-names'
import { formatLocale, useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { viewerWords } from './words'

/** Above the picture: what it is and what can be done with it. */
export function ViewerBar(props: {
  readonly deeds: AssetDeeds
  readonly asset: AssetView | null
  /** Null where there is nothing to zoom. */
  readonly scale: number | null
  readonly place: { readonly at: number; readonly of: number }
  readonly onZoom: (direction: 1 | -1) => void
  readonly onFit: () => void
  readonly onEdit: (id: AssetId) => void
  readonly onClose: () => void
}) {
  const { deeds, asset, scale, place } = props
  const t = useWords(viewerWords)
  const locale = formatLocale()
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(scale ?? 1)
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <div className="selectable min-w-40 grow basis-0">
        <p className="truncate text-sm font-medium" title={asset?.file_name}>
          {asset?.file_name}
        </p>
        <p className="truncate text-xs text-faint tabular-nums">
          {asset ? factsOf(asset, locale, (count) => t('pages', { count })) : ''}
          {place.of > 1
            ? ` · ${t('nth', { at: formatNumber(place.at, locale), of: formatNumber(place.of, locale) })}`
            : ''}
        </p>
      </div>
      <div className="flex items-center gap-1">
        {scale === null ? null : (
          <>
            <IconButton name={t('zoomOut')} icon={<ZoomOut size={16} />} onClick={() => props.onZoom(-1)} />
            <button
              type="button"
              aria-label={`${t('fit')}: ${percent}`}
              title={t('fit')}
              onClick={props.onFit}
              className="h-8 w-13 rounded-sm text-xs text-muted tabular-nums hover:bg-hover hover:text-ink"
            >
              {percent}
            </button>
            <IconButton name={t('zoomIn')} icon={<ZoomIn size={16} />} onClick={() => props.onZoom(1)} />
            <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
          </>
        )}
        {asset && !asset.is_quarantined ? <Deeds deeds={deeds} asset={asset} onEdit={props.onEdit} /> : null}
        <IconButton name={t('close')} icon={<X size={18} />} onClick={props.onClose} />
      </div>
    </header>
  )
}

function Deeds({
  asset,
  deeds,
  onEdit,
}: {
  readonly asset: AssetView
  readonly deeds: AssetDeeds
  readonly onEdit: (id: AssetId) => void
}) {
  const t = useWords(viewerWords)
  const { asset_id: id } = asset
  const isPicture = asset.kind === 'image'
  return (
    <>
      {isPicture ? (
        <IconButton name={t('edit')} icon={<Pencil size={16} />} onClick={() => onEdit(id)} />
      ) : null}
      <IconButton
        name={isPicture ? t('save') : t('saveFile')}
        icon={<Download size={16} />}
        onClick={() => void deeds.onSave(id)}
      />
      {isPicture ? (
        <IconButton name={t('copy')} icon={<Copy size={16} />} onClick={() => void deeds.onCopy(id)} />
      ) : null}
      <IconButton
        name={t('openWith')}
        icon={<ExternalLink size={16} />}
        onClick={() => void deeds.onOpenWith(id)}
      />
    </>
  )
}

function factsOf(asset: AssetView, locale: string, pages: (count: number) => string): string {
  return [
    asset.width === undefined || asset.height === undefined ? '' : `${asset.width} × ${asset.height}`,
    asset.duration_ms === undefined ? '' : formatDuration(asset.duration_ms, locale),
    asset.pages === undefined ? '' : pages(asset.pages),
    mediaName(asset.media_type),
    formatBytes(asset.byte_length, locale),
  ]
    .filter(Boolean)
    .join(' · ')
}
