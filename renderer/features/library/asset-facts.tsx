import type { AssetView } from '@contract/assets'
import { Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { copyText } from '../../lib/copy-text'
import { formatBytes, formatDuration, formatMoment, formatNumber } from '../../lib/format'
import { mediaName } from '../../lib/media-names'
import { formatLocale, useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { toast } from '../../ui/toast'
import { libraryWords } from './words'

/** What is known of the file itself, before and after it was taken in. */
export function AssetFacts({ asset }: { readonly asset: AssetView }) {
  const t = useWords(libraryWords)
  const locale = formatLocale()
  const { width, height, source_width, source_height } = asset
  const was = (now: string, before: string): string =>
    now === before ? now : `${now}, ${t('page.was', { before })}`
  const pixels = (across?: number, down?: number): string | undefined =>
    across === undefined || down === undefined ? undefined : `${across} × ${down}`
  const here = pixels(width, height)
  const sound = [
    asset.sample_rate === undefined
      ? ''
      : t('page.hertz', { number: formatNumber(asset.sample_rate / 1_000, locale) }),
    asset.channels === undefined ? '' : t('page.channels', { count: asset.channels }),
  ].filter(Boolean)
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 text-sm">
      <Fact name={t('page.fact.type')}>
        {was(mediaName(asset.media_type), mediaName(asset.source_media_type))}
      </Fact>
      <Fact name={t('page.fact.size')}>
        {was(formatBytes(asset.byte_length, locale), formatBytes(asset.source_byte_length, locale))}
      </Fact>
      {here === undefined ? null : (
        <Fact name={t('page.fact.dimensions')}>{was(here, pixels(source_width, source_height) ?? here)}</Fact>
      )}
      {asset.pages === undefined ? null : (
        <Fact name={t('page.fact.pages')}>{formatNumber(asset.pages, locale)}</Fact>
      )}
      {asset.duration_ms === undefined ? null : (
        <Fact name={t('page.fact.duration')}>{formatDuration(asset.duration_ms, locale)}</Fact>
      )}
      {sound.length === 0 ? null : <Fact name={t('page.fact.sound')}>{sound.join(', ')}</Fact>}
      <Fact name={t('page.fact.added')}>{formatMoment(asset.created_at_ms, locale)}</Fact>
      <Fact name={t('page.fact.origin')}>{t(`origins.${asset.origin}`)}</Fact>
      <Fact name={t('page.fact.digest')}>
        <Copied shown={`${asset.sha256.slice(0, 12)}…`} text={asset.sha256} name={t('page.copyDigest')} />
      </Fact>
      <Fact name={t('page.fact.id')}>
        <Copied shown={asset.asset_id} text={asset.asset_id} name={t('page.copyId')} />
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-xs text-faint">{name}</dt>
      <dd className="selectable min-w-0 tabular-nums">{children}</dd>
    </>
  )
}

function Copied(props: { readonly shown: string; readonly text: string; readonly name: string }) {
  const t = useWords(libraryWords)
  const copy = async (): Promise<void> => {
    const isDone = await copyText(props.text)
    toast(isDone ? { title: t('copied') } : { title: t('copyFailed'), tone: 'danger' })
  }
  return (
    <span className="flex items-center gap-1">
      <span className="min-w-0 truncate font-mono text-xs">{props.shown}</span>
      <IconButton
        size="small"
        className="-my-1.5"
        name={props.name}
        icon={<Copy size={13} />}
        onClick={() => void copy()}
      />
    </span>
  )
}
