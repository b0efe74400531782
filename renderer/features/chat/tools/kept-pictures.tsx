import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { thumbnailUri } from '../../../lib/thumbnail-uri'
import { useWords } from '../../../lib/words'
import { Picture } from '../../../ui/picture'
import { AudioPlayer } from '../../../ui/player/audio-player'
import { toolWords } from './tool-words'

/** What was made and not shown, small: it is in the library. */
export function KeptPictures({
  assets,
  words,
  onOpen,
}: {
  readonly assets: readonly AssetRef[]
  /** What was to be spoken. */
  readonly words?: string | undefined
  readonly onOpen: (id: AssetId, siblings: readonly AssetId[]) => void
}) {
  const say = useWords(toolWords)
  if (assets.length === 0) return null
  const isSound = ({ media_type }: AssetRef): boolean => media_type.startsWith('audio/')
  const pictures = assets.filter((asset) => !isSound(asset))
  const ids = pictures.map(({ asset_id }) => asset_id)
  return (
    <section>
      <p className="text-xs text-faint">{say('kept')}</p>
      {assets.filter(isSound).map((asset) => (
        <AudioPlayer
          key={asset.asset_id}
          recording={words === undefined ? asset : { ...asset, words }}
          className="mt-1.5"
        />
      ))}
      <ul className="mt-1.5 flex flex-wrap gap-2">
        {pictures.map(({ asset_id, file_name }) => (
          <li key={asset_id}>
            <button
              type="button"
              aria-label={say('openKept', { name: file_name })}
              title={file_name}
              onClick={() => onOpen(asset_id, ids)}
              className="block size-16 cursor-zoom-in overflow-hidden rounded-md border border-line bg-surface"
            >
              <Picture
                src={thumbnailUri(asset_id)}
                name={file_name}
                lost={say('lost')}
                className="size-full object-cover"
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
