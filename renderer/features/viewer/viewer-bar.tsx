import type { AssetView } from '@contract/assets'
import { Copy, Download, ExternalLink, X, ZoomIn, ZoomOut } from 'lucide-react'
import type { RendererClient } from '../../client/client'
import { formatBytes, formatDuration, formatNumber } from '../../lib/format'
import { mediaName } from '../../lib/media-names'
import { formatLocale, useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { tellFault } from '../../ui/tell-fault'
import { toast } from '../../ui/toast'
import { viewerWords } from './words'

/** Above the picture: what it is and what can be done with it. */
export function ViewerBar(props: {
  readonly client: RendererClient
  readonly asset: AssetView | null
  /** Null where there is nothing to zoom. */
  readonly scale: number | null
  readonly place: { readonly at: number; readonly of: number }
  readonly onZoom: (direction: 1 | -1) => void
  readonly onFit: () => void
  readonly onClose: () => void
}) {
  const { client, asset, scale, place } = props
  const t = useWords(viewerWords)
  const locale = formatLocale()
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
              aria-label={t('fit')}
              title={t('fit')}
              onClick={props.onFit}
              className="h-8 w-13 rounded-sm text-xs text-muted tabular-nums hover:bg-hover hover:text-ink"
            >
              {new Intl.NumberFormat(locale, { style: 'percent' }).format(scale)}
            </button>
            <IconButton name={t('zoomIn')} icon={<ZoomIn size={16} />} onClick={() => props.onZoom(1)} />
            <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
          </>
        )}
        {asset && !asset.is_quarantined ? <Deeds client={client} asset={asset} /> : null}
        <IconButton name={t('close')} icon={<X size={18} />} onClick={props.onClose} />
      </div>
    </header>
  )
}

function Deeds({ client, asset }: { readonly client: RendererClient; readonly asset: AssetView }) {
  const t = useWords(viewerWords)
  const { asset_id } = asset
  const isPicture = asset.kind === 'image'
  const save = async (): Promise<void> => {
    const answer = await client.ask['app.saveAsset']({ asset_id })
    if (!answer.ok) tellFault(answer.fault)
    else if (answer.value) toast({ title: t('saved'), body: answer.value.path })
  }
  const copy = async (): Promise<void> => {
    const answer = await client.ask['app.copyAsset']({ asset_id })
    if (answer.ok) toast({ title: t('copied') })
    else tellFault(answer.fault)
  }
  const open = async (): Promise<void> => {
    const answer = await client.ask['app.openAsset']({ asset_id })
    if (!answer.ok) tellFault(answer.fault)
  }
  return (
    <>
      <IconButton
        name={isPicture ? t('save') : t('saveFile')}
        icon={<Download size={16} />}
        onClick={() => void save()}
      />
      {isPicture ? (
        <IconButton name={t('copy')} icon={<Copy size={16} />} onClick={() => void copy()} />
      ) : null}
      <IconButton name={t('openWith')} icon={<ExternalLink size={16} />} onClick={() => void open()} />
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
