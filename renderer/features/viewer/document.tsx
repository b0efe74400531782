import type { AssetView } from '@contract/assets'
import { useState } from 'react'
import { useWords } from '../../lib/words'
import { DocumentText } from '../../ui/document-text'
import { EmptyState } from '../../ui/empty-state'
import { FileIcon } from '../../ui/file-icon'
import type { ViewedText } from './create-viewer'
import { viewerWords } from './words'

/** A sheet of paper: the first page where there is a picture of it, then the text. */
export function DocumentSheet({
  asset,
  text,
}: {
  readonly asset: AssetView
  readonly text: ViewedText | null
}) {
  const t = useWords(viewerWords)
  const [isBroken, setBroken] = useState(false)
  const page = isBroken ? undefined : asset.preview_image_uri
  if (page === undefined && asset.text_uri === undefined) {
    return (
      <EmptyState
        className="grow"
        icon={<FileIcon mediaType={asset.media_type} size={32} />}
        title={t('noPreview')}
      />
    )
  }
  return (
    <div
      // A region of its own: it scrolls by keys once it has the focus.
      role="group"
      aria-label={t('text')}
      tabIndex={0}
      className="min-h-0 grow overflow-y-auto px-4 pb-6 -outline-offset-2"
    >
      <div className="mx-auto flex w-full max-w-200 flex-col gap-4">
        {page === undefined ? null : (
          <img
            src={page}
            alt={t('page', { name: asset.file_name })}
            draggable={false}
            onError={() => setBroken(true)}
            className="w-full rounded-sm"
          />
        )}
        {text === null || text.text === '' ? null : (
          <div className="overflow-x-auto rounded-sm bg-raised p-6">
            <DocumentText
              mediaType={asset.media_type}
              text={text.text}
              cut={text.is_cut || asset.is_text_cut ? t('cut') : null}
              cutTable={t('cutTable')}
            />
          </div>
        )}
      </div>
    </div>
  )
}
