import type { AssetKind } from '@contract/assets'
import { fault } from '@contract/fault'
import { Failure } from '../failure'
import { must } from './refuse'

const mebi = 1024 * 1024

/** Bytes of a file as it is given (contract 7.3). */
export const sizeLimits: Readonly<Record<AssetKind, number>> = {
  document: 12 * mebi,
  audio: 25 * mebi,
  image: 64 * mebi,
}
const largestSize = Math.max(...Object.values(sizeLimits))

/** What is stored of a picture (contract 7.4). Pixels, bytes. */
export const pictureTarget = { edge: 2_048, byte_length: 4 * mebi, quality: 85 } as const
/** What is kept byte for byte: as many pixels without loss, none of which packs to less (see the page of 2026-11-29). */
export const keptLimit = 17 * mebi
export const previewEdge = 1_024
export const thumbnailEdge = 320
/** UTF-8 bytes of the text that is derived from a document; what is beyond is cut. */
export const textLimit = 4 * mebi
export const pdfLimits = { pages: 128, objects: 10_000, streams: 2_048, stream_bytes: 12 * mebi } as const

const pictureLimits = { edge: 16_384, area: 50_000_000, allocation: 256 * mebi } as const

/** Faults: `asset_empty`, `asset_too_large`. Without a kind, what no file may exceed. */
export function checkSize(byte_length: number, kind?: AssetKind): void {
  if (byte_length === 0) throw new Failure(fault('asset_empty', 'This file is empty. Nothing was stored.'))
  const limit = kind ? sizeLimits[kind] : largestSize
  if (byte_length <= limit) return
  const what = { document: 'Documents', audio: 'Recordings', image: 'Pictures' } as const
  throw new Failure(
    fault(
      'asset_too_large',
      `${kind ? what[kind] : 'Files'} may have ${String(limit / mebi)} MiB at most; this one has ${(byte_length / mebi).toFixed(1)} MiB. Nothing was stored.`,
      { limit, byte_length },
    ),
  )
}

export interface PictureSize {
  readonly width: number
  readonly height: number
  /** Of one decoded pixel; 4 unless a channel has more than 8 bits. */
  readonly bytes_per_pixel?: number
}

/** From the header, before anything is decoded. Checks: `picture_size`, `picture_edge`, `picture_area`, `picture_allocation`. */
export function checkPictureSize({ width, height, bytes_per_pixel = 4 }: PictureSize): void {
  const size = `${String(width)} × ${String(height)}`
  must(width > 0 && height > 0, 'picture_size', 'This picture has no pixels')
  must(
    Math.max(width, height) <= pictureLimits.edge,
    'picture_edge',
    `This picture is ${size} pixels large; an edge may have 16,384 at most`,
  )
  must(
    width * height <= pictureLimits.area,
    'picture_area',
    `This picture is ${size} pixels large; 50 million in all are the most that is taken`,
  )
  must(
    width * height * bytes_per_pixel <= pictureLimits.allocation,
    'picture_allocation',
    `This picture of ${size} pixels would need more than 256 MiB to be read`,
  )
}
