import { fault } from '@contract/fault'
import { Failure } from '../failure'
import { keptLimit, pictureTarget, type PictureSize } from './limits'
import { nameOf, type AcceptedType } from './media-types'
import { hasJpegNotes } from './picture-header'
import { ascii, viewOf } from './read-bytes'
import { must, unsupported } from './refuse'

const pixelsOnly = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'sRGB', 'sBIT']

/**
 * A picture that is kept byte for byte is what a normalised one is: PNG or JPEG, 2,048 pixels at the longest edge,
 * nothing in it but pixels; only its bytes may be more. Its parts are sound. Checks: `kept_edge`, `kept_notes`; faults
 * `unsupported_media_type`, `asset_too_large`.
 */
export function checkKept(type: AcceptedType, bytes: Uint8Array, { width, height }: PictureSize): void {
  if (type !== 'image/png' && type !== 'image/jpeg')
    throw unsupported(type, `${nameOf(type)} pictures can’t be kept as they are.`)
  const { length: byte_length } = bytes
  if (byte_length > keptLimit)
    throw new Failure(
      fault('asset_too_large', 'This picture has too many bytes to be kept as it is. Nothing was stored.', {
        limit: keptLimit,
        byte_length,
      }),
    )
  must(
    Math.max(width, height) <= pictureTarget.edge,
    'kept_edge',
    'This picture has too many pixels to be kept as it is',
  )
  must(
    !(type === 'image/png' ? hasPngNotes(bytes) : hasJpegNotes(bytes)),
    'kept_notes',
    'This picture says more than its pixels and can’t be kept as it is',
  )
}

function hasPngNotes(bytes: Uint8Array): boolean {
  const view = viewOf(bytes)
  for (let place = 8; place + 12 <= bytes.length; place += 12 + view.getUint32(place)) {
    const name = ascii(bytes, place + 4, 4)
    if (!pixelsOnly.includes(name)) return true
    if (name === 'IEND') return place + 12 !== bytes.length
  }
  return true
}
