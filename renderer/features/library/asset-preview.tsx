import type { AssetView } from '@contract/assets'
import { Maximize2 } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../lib/words'
import { FileIcon } from '../../ui/file-icon'
import { AudioPlayer } from '../../ui/player/audio-player'
import { libraryWords } from './words'

/** A picture, a first page, or a player; pressed, it opens large. */
export function AssetPreview({ asset, onView }: { readonly asset: AssetView; readonly onView: () => void }) {
  const t = useWords(libraryWords)
  const [failed, setFailed] = useState('')
  const source =
    asset.kind === 'image' ? asset.uri : asset.kind === 'document' ? asset.preview_image_uri : undefined
  if (asset.kind === 'audio') {
    return <AudioPlayer recording={asset} className="w-full" />
  }
  if (source === undefined && asset.text_uri !== undefined) return null
  return (
    <button
      type="button"
      aria-label={t('page.view', { name: asset.file_name })}
      onClick={onView}
      className="group relative flex h-72 w-full items-center justify-center overflow-hidden rounded-md bg-hover"
    >
      {source === undefined || failed === source ? (
        <span className="flex flex-col items-center gap-2 text-xs text-faint">
          <FileIcon mediaType={asset.media_type} size={40} />
          {t('page.noPreview')}
        </span>
      ) : (
        <img
          src={source}
          alt={asset.file_name}
          decoding="async"
          draggable={false}
          onError={() => setFailed(source)}
          className="max-h-full max-w-full object-contain"
        />
      )}
      <span className="absolute right-2 bottom-2 flex size-7 items-center justify-center rounded-sm bg-raised text-muted opacity-0 shadow-sm group-hover:opacity-100 group-focus-visible:opacity-100">
        <Maximize2 size={14} aria-hidden="true" />
      </span>
    </button>
  )
}
