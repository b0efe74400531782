import { ImagePlus } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'
import type { AssetRow } from '@contract/assets'
import { thumbnailUri } from '../../../lib/thumbnail-uri'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { FileTile } from '../../../ui/file-tile'
import { editorWords } from '../words'

/** Pictures that the edit is to follow: dropped here, picked, or pasted into the instruction. */
export function ReferenceList(props: {
  readonly references: readonly AssetRow[]
  readonly most: number
  readonly onAdd: (files: readonly File[]) => void
  readonly onRemove: (asset: AssetRow) => void
}) {
  const { references, most } = props
  const t = useWords(editorWords)
  const picker = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const isFull = references.length >= most
  const onDrag = (event: DragEvent): void => {
    if (isFull || !event.dataTransfer.types.includes('Files')) return
    // Taken here: what is dropped elsewhere in the window is another picture to edit.
    event.preventDefault()
    setOver(true)
  }
  return (
    <section
      aria-label={t('references.title')}
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const files = picturesIn(event.dataTransfer.files)
        if (isFull || files.length === 0) return
        event.preventDefault()
        props.onAdd(files)
      }}
      className={classNames(
        'flex flex-col gap-2 rounded-md border border-dashed p-2.5',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-control',
      )}
    >
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-xs text-muted">{t('references.title')}</h3>
        <Button
          size="small"
          variant="ghost"
          className="-my-1 -mr-1"
          disabled={isFull}
          icon={<ImagePlus size={14} aria-hidden="true" />}
          onClick={() => picker.current?.click()}
        >
          {t('references.add')}
        </Button>
      </div>
      {references.length > 0 ? (
        <ul aria-label={t('references.list')} className="flex flex-wrap gap-2.5 pt-1.5">
          {references.map((asset) => (
            <li key={asset.asset_id}>
              <FileTile
                name={asset.file_name}
                mediaType={asset.media_type}
                facts=""
                picture={thumbnailUri(asset.asset_id)}
                remove={{
                  name: t('references.remove', { name: asset.file_name }),
                  run: () => props.onRemove(asset),
                }}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-xs text-faint">{t(most === 0 ? 'references.none' : 'references.lead')}</p>
      )}
      {isFull && most > 0 ? (
        <p className="text-xs text-faint">{t('references.full', { count: most })}</p>
      ) : null}
      <input
        ref={picker}
        type="file"
        accept="image/*"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
        onChange={({ currentTarget }) => {
          props.onAdd(picturesIn(currentTarget.files))
          currentTarget.value = ''
        }}
      />
    </section>
  )
}

export const picturesIn = (files: FileList | null): readonly File[] =>
  [...(files ?? [])].filter(({ type }) => type.startsWith('image/'))
