import type { AssetRow } from '@contract/assets'
import { FileWarning } from 'lucide-react'
import { useState } from 'react'
import { thumbnailUri } from '../../lib/thumbnail-uri'
import { mediaName } from '../../lib/media-names'
import { classNames } from '../../ui/class-names'
import { FileIcon } from '../../ui/file-icon'

/** A small picture of an asset, or a card for its type. Decoration: its name stands beside it. */
export function Thumbnail(props: {
  readonly asset: Pick<AssetRow, 'asset_id' | 'media_type' | 'has_thumbnail' | 'is_quarantined' | 'sha256'>
  /** Too small for the name of the type. */
  readonly isSmall?: boolean
  readonly className?: string
}) {
  const { asset, isSmall } = props
  const [failed, setFailed] = useState('')
  const hasPicture = asset.has_thumbnail && !asset.is_quarantined && failed !== asset.sha256
  return (
    <span
      className={classNames(
        'relative flex shrink-0 items-center justify-center overflow-hidden bg-hover text-faint',
        props.className,
      )}
    >
      {hasPicture ? (
        <img
          src={thumbnailUri(asset.asset_id)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailed(asset.sha256)}
          className={classNames(
            // The edge keeps white paper apart from a white page.
            'absolute inset-0 size-full rounded-[inherit] object-cover outline -outline-offset-1 outline-line',
            asset.media_type.startsWith('image/') ? 'object-center' : 'object-top',
          )}
        />
      ) : asset.is_quarantined ? (
        <FileWarning size={isSmall ? 16 : 28} strokeWidth={1.5} aria-hidden="true" className="text-warn" />
      ) : (
        <span className="flex flex-col items-center gap-2" aria-hidden="true">
          <FileIcon mediaType={asset.media_type} size={isSmall ? 16 : 28} />
          {isSmall ? null : (
            <span className="text-2xs font-medium tracking-wide">{mediaName(asset.media_type)}</span>
          )}
        </span>
      )}
    </span>
  )
}
