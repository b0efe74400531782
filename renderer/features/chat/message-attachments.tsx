import { isPicture } from '@contract/attached'
import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { Copy, Download, SquarePen } from 'lucide-react'
import { memo, type DragEvent } from 'react'
import { factsLine, fileWords } from '../../lib/file-facts'
import type { Recording } from '../../lib/sound/recording'
import { thumbnailUri } from '../../lib/thumbnail-uri'
import { useWords } from '../../lib/words'
import { classNames } from '../../ui/class-names'
import { FileTile } from '../../ui/file-tile'
import { IconButton } from '../../ui/icon-button'
import { Later } from '../../ui/later'
import { Picture } from '../../ui/picture'
import { AudioPlayer } from '../../ui/player/audio-player'
import { useChat } from './chat-context'
import { answerSide, gridOf } from './picture-box'
import { chatWords } from './words'

/** With what it was made from, where that is speech. */
export type ShownAsset = AssetRef & Pick<Recording, 'words'>

export interface MessageAttachmentsProps {
  readonly assets: readonly ShownAsset[]
  /** What a person sent stands at the end of the line and is not offered to be kept once more. */
  readonly isOwn: boolean
}

/** Pictures as themselves, recordings as players, everything else as cards. Boxes have their size before anything is loaded. */
export const MessageAttachments = memo(function MessageAttachments({
  assets,
  isOwn,
}: MessageAttachmentsProps) {
  if (assets.length === 0) return null
  const pictures = assets.filter(isPicture)
  const recordings = assets.filter(isRecording)
  const others = assets.filter((asset) => !isPicture(asset) && !isRecording(asset))
  const ids = assets.map(({ asset_id }) => asset_id)
  const side = isOwn && 'justify-end'
  const isTiled = !isOwn && pictures.length > 1
  return (
    // As far from the words below as from each other.
    <div className={classNames('flex w-full flex-col gap-2', isOwn && 'mb-1')}>
      {pictures.length > 0 ? (
        <div
          className={isTiled ? 'grid max-w-full gap-2' : classNames('flex flex-wrap gap-2', side)}
          style={isTiled ? gridOf(pictures.length) : undefined}
        >
          {pictures.map((asset) => (
            <ShownPicture
              key={asset.asset_id}
              asset={asset}
              siblings={ids}
              isAlone={pictures.length === 1}
              isOwn={isOwn}
            />
          ))}
        </div>
      ) : null}
      {recordings.map((asset) => (
        <AudioPlayer key={asset.asset_id} recording={asset} className={isOwn ? 'self-end' : 'self-start'} />
      ))}
      {others.length > 0 ? (
        <div className={classNames('flex flex-wrap gap-2', side)}>
          {others.map((asset) => (
            <FileCard key={asset.asset_id} asset={asset} siblings={ids} />
          ))}
        </div>
      ) : null}
    </div>
  )
})

interface Shown {
  readonly asset: AssetRef
  readonly siblings: readonly AssetId[]
}

const isRecording = ({ media_type }: AssetRef): boolean => media_type.startsWith('audio/')

/** Largest box of a picture that stands alone, and the side of one among several of a person's own (CSS pixels). */
const alone = { own: 300, answer: answerSide }
const amongSeveral = 150

function ShownPicture({
  asset,
  siblings,
  isAlone,
  isOwn,
}: Shown & { readonly isAlone: boolean; readonly isOwn: boolean }) {
  const say = useWords(chatWords)
  const { onOpenAsset, onEditAsset, onSaveAsset, onCopyAsset } = useChat()
  const { asset_id: id, file_name: name } = asset
  return (
    <div
      {...useDragOut(id)}
      style={
        isAlone || isOwn
          ? boxOf(asset, isAlone ? alone[isOwn ? 'own' : 'answer'] : amongSeveral, isAlone)
          : { aspectRatio: '1' }
      }
      className="group/picture relative max-w-full overflow-hidden rounded-lg border border-line bg-surface"
    >
      <Picture
        src={isAlone ? `asset://raw/${id}` : thumbnailUri(id)}
        name={name}
        lost={say('lostAsset')}
        className="size-full object-cover"
      />
      <button
        type="button"
        aria-label={say('openAsset', { name })}
        onClick={() => onOpenAsset(id, siblings)}
        className="absolute inset-0 cursor-zoom-in rounded-lg -outline-offset-2"
      />
      {isOwn ? null : (
        <Later>
          <div className="absolute top-1.5 right-1.5 flex gap-0.5 rounded-md border border-line bg-raised p-0.5 opacity-0 shadow-sm transition-opacity group-focus-within/picture:opacity-100 group-hover/picture:opacity-100">
            {onEditAsset ? (
              <IconButton
                name={say('editImage')}
                size="small"
                icon={<SquarePen size={14} aria-hidden="true" />}
                onClick={() => onEditAsset(id)}
              />
            ) : null}
            <IconButton
              name={say('saveImage')}
              size="small"
              icon={<Download size={14} aria-hidden="true" />}
              onClick={() => onSaveAsset(id)}
            />
            <IconButton
              name={say('copyImage')}
              size="small"
              icon={<Copy size={14} aria-hidden="true" />}
              onClick={() => onCopyAsset(id)}
            />
          </div>
        </Later>
      )}
    </div>
  )
}

/** As large as it is, up to `most` on its longer side; a square among several. Without a known size a square too. */
function boxOf({ width, height }: AssetRef, most: number, isAlone: boolean) {
  if (!isAlone || !width || !height) return { width: most, aspectRatio: '1' }
  const scale = Math.min(1, most / Math.max(width, height))
  // Something this small or this narrow could not be pressed.
  const shown = Math.max(72, Math.round(width * scale))
  return { width: shown, aspectRatio: `${shown} / ${Math.max(48, Math.round((shown * height) / width))}` }
}

function FileCard({ asset, siblings }: Shown) {
  const words = useWords(fileWords)
  const { onOpenAsset } = useChat()
  return (
    <div {...useDragOut(asset.asset_id)} className="max-w-full">
      <FileTile
        name={asset.file_name}
        mediaType={asset.media_type}
        facts={factsLine(asset, words)}
        onOpen={() => onOpenAsset(asset.asset_id, siblings)}
      />
    </div>
  )
}

/** The system carries the file from here on: the page's own drag never begins. */
function useDragOut(id: AssetId) {
  const { onDragAsset } = useChat()
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.preventDefault()
      onDragAsset(id)
    },
  }
}
