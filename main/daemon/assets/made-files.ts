import type { AssetRecord, NewAsset, StoredFile } from '../ports/asset-store'
import type { MadeFile, MediaResult } from '../ports/media'

/** Everything that has to be on disk for this record, the stored bytes first. */
export const filesOf = ({ raw, text, preview, thumbnail }: AssetRecord): readonly StoredFile[] =>
  [raw, text, preview, thumbnail].flatMap((file) => file ?? [])

export const madeFilesOf = ({ raw, text, preview, thumbnail }: MediaResult): readonly MadeFile[] =>
  [raw, text, preview, thumbnail].flatMap((file) => file ?? [])

/** What was made of the stored bytes, as it is written down. */
export const derivedOf = ({
  text,
  preview,
  thumbnail,
}: {
  readonly [K in 'text' | 'preview' | 'thumbnail']?: MediaResult[K] | undefined
}): Pick<NewAsset, 'text' | 'preview' | 'thumbnail'> => ({
  ...(text ? { text: { ...stored(text), is_cut: text.is_cut } } : {}),
  ...(preview ? { preview: stored(preview) } : {}),
  ...(thumbnail ? { thumbnail: stored(thumbnail) } : {}),
})

const stored = ({ sha256, byte_length, media_type }: MadeFile): StoredFile => ({
  sha256,
  byte_length,
  media_type,
})
