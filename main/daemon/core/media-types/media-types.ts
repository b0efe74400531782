import type { AssetKind } from '@contract/assets'
import { unsupported } from './refuse'

interface MediaType {
  readonly kind: AssetKind
  /** What a person calls it. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** The first is the usual one. */
  readonly extensions: readonly string[]
}

/** What is accepted (contract 7.2); of pictures, all but PNG and JPEG are stored as one of these two. */
export const mediaTypes = {
  'text/plain': { kind: 'document', name: 'text', extensions: ['txt'] },
  'text/csv': {
    kind: 'document',
    name: 'CSV',
    aliases: ['application/csv', 'text/x-csv', 'application/vnd.ms-excel'],
    extensions: ['csv'],
  },
  'text/markdown': { kind: 'document', name: 'Markdown', extensions: ['md', 'markdown'] },
  'application/json': { kind: 'document', name: 'JSON', extensions: ['json'] },
  'application/pdf': { kind: 'document', name: 'PDF', extensions: ['pdf'] },
  'image/png': { kind: 'image', name: 'PNG', extensions: ['png'] },
  'image/jpeg': { kind: 'image', name: 'JPEG', aliases: ['image/jpg'], extensions: ['jpg', 'jpeg'] },
  'image/webp': { kind: 'image', name: 'WebP', extensions: ['webp'] },
  'image/gif': { kind: 'image', name: 'GIF', extensions: ['gif'] },
  'image/avif': { kind: 'image', name: 'AVIF', extensions: ['avif'] },
  'image/heic': { kind: 'image', name: 'HEIC', extensions: ['heic'] },
  'image/heif': { kind: 'image', name: 'HEIF', extensions: ['heif'] },
  'image/bmp': {
    kind: 'image',
    name: 'BMP',
    aliases: ['image/x-bmp', 'image/x-ms-bmp'],
    extensions: ['bmp'],
  },
  'image/tiff': { kind: 'image', name: 'TIFF', extensions: ['tiff', 'tif'] },
  'audio/wav': { kind: 'audio', name: 'WAV', aliases: ['audio/x-wav'], extensions: ['wav'] },
  'audio/webm': { kind: 'audio', name: 'WebM', extensions: ['webm'] },
  'audio/mpeg': { kind: 'audio', name: 'MP3', aliases: ['audio/mp3', 'audio/x-mp3'], extensions: ['mp3'] },
  'audio/mpga': { kind: 'audio', name: 'MP3', aliases: ['audio/x-mpga'], extensions: ['mpga'] },
  'audio/mp4': { kind: 'audio', name: 'MP4', extensions: ['mp4'] },
  'audio/m4a': { kind: 'audio', name: 'M4A', aliases: ['audio/x-m4a'], extensions: ['m4a'] },
  'audio/opus': { kind: 'audio', name: 'Opus', aliases: ['audio/x-opus'], extensions: ['opus'] },
  'audio/aac': { kind: 'audio', name: 'AAC', aliases: ['audio/x-aac'], extensions: ['aac'] },
  'audio/flac': { kind: 'audio', name: 'FLAC', aliases: ['audio/x-flac'], extensions: ['flac'] },
  'audio/l16': { kind: 'audio', name: 'PCM', extensions: ['pcm'] },
  'audio/pcm': { kind: 'audio', name: 'PCM', aliases: ['audio/x-pcm'], extensions: ['pcm'] },
  'audio/l24': { kind: 'audio', name: 'PCM', extensions: ['pcm'] },
} as const satisfies Record<string, MediaType>

export type AcceptedType = keyof typeof mediaTypes

const table: Readonly<Record<AcceptedType, MediaType>> = mediaTypes
const byAlias = new Map<string, AcceptedType>()
const byExtension = new Map<string, AcceptedType>()
for (const type of Object.keys(mediaTypes) as AcceptedType[]) {
  byAlias.set(type, type)
  for (const alias of table[type].aliases ?? []) byAlias.set(alias, type)
  // The first wins: `.pcm` alone says 16 bits.
  for (const each of table[type].extensions) if (!byExtension.has(each)) byExtension.set(each, type)
}

export const kindOf = (type: AcceptedType): AssetKind => table[type].kind
export const nameOf = (type: AcceptedType): string => table[type].name

/** A file name's usual ending for this type, without the dot. */
export const extensionOf = (type: AcceptedType): string => table[type].extensions[0] ?? ''

export function typeOfName(file_name: string): AcceptedType | undefined {
  const dot = file_name.lastIndexOf('.')
  return dot < 0 ? undefined : byExtension.get(file_name.slice(dot + 1).toLowerCase())
}

/**
 * A declared type without its parameters, in lower case, with its alias followed; undefined when nothing was declared.
 * Fault: `unsupported_media_type`.
 */
export function readDeclared(declared: string | undefined): AcceptedType | undefined {
  const said = (declared ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (said === '') return undefined
  const type = byAlias.get(said)
  if (type) return type
  if (said === 'image/svg+xml') throw refusedSvg()
  throw unsupported(said, `Files of the type ${said.slice(0, 100)} are not taken.`)
}

/** SVG may hold scripts and ask the network for more. */
export const refusedSvg = () =>
  unsupported('image/svg+xml', 'SVG drawings are not taken; save it as PNG and add that.')
