import type { AssetRef } from '@contract/message'
import { fault } from '@contract/fault'
import { Failure } from '../failure'
import { orderInvalid } from './check-order'

/** Bytes of all pictures of an edit together (contract 9.3). */
export const mostSourceBytes = 32 * 1024 * 1024

/** Faults: `unsupported_media_type` naming the type; `image_order_invalid` when they are too large together. */
export function checkSources(sources: readonly Pick<AssetRef, 'media_type' | 'byte_length' | 'file_name'>[]) {
  for (const { media_type, file_name } of sources) {
    if (media_type === 'image/png' || media_type === 'image/jpeg') continue
    const detail = `${file_name} is ${media_type}, no picture that could be edited.`
    throw new Failure(fault('unsupported_media_type', detail, { media_type }))
  }
  const bytes = sources.reduce((sum, { byte_length }) => sum + byte_length, 0)
  if (bytes <= mostSourceBytes) return
  throw new Failure(orderInvalid('image_asset_ids', 'The pictures of one edit may have 32 MiB together.'))
}
