import { fault } from '@contract/fault'
import { Failure } from '../failure'
import { at, ascii } from './read-bytes'
import { readDeclared, refusedSvg, typeOfName, kindOf, nameOf, type AcceptedType } from './media-types'
import { unsupported } from './refuse'

const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']
const heifBrands = ['mif1', 'msf1']
const bmpHeaders = [12, 40, 52, 56, 64, 108, 124]

/** What a file's beginning says it is; undefined when it says nothing. The first 4,096 bytes are enough. */
export function detect(head: Uint8Array): AcceptedType | undefined {
  if (ascii(head, 1, 3) === 'PNG' && at(head, 0) === 0x89 && ascii(head, 4, 4) === '\r\n\x1a\n')
    return 'image/png'
  if (at(head, 0) === 0xff && at(head, 1) === 0xd8 && at(head, 2) === 0xff) return 'image/jpeg'
  if (ascii(head, 0, 5) === '%PDF-') return 'application/pdf'
  const riff = ascii(head, 0, 4) === 'RIFF' ? ascii(head, 8, 4) : ''
  if (riff === 'WAVE') return 'audio/wav'
  if (riff === 'WEBP') return 'image/webp'
  if (ascii(head, 0, 4) === '\x1a\x45\xdf\xa3' && ascii(head, 4, 60).includes('webm')) return 'audio/webm'
  if (/^GIF8[79]a$/.test(ascii(head, 0, 6))) return 'image/gif'
  if (ascii(head, 4, 4) === 'ftyp') return detectBrand(head)
  const start = ascii(head, 0, 4)
  if (start === 'II*\0' || start === 'MM\0*') return 'image/tiff'
  if (start.startsWith('BM') && ascii(head, 6, 4) === '\0\0\0\0' && bmpHeaders.includes(at(head, 14)))
    return 'image/bmp'
  return undefined
}

/** Pictures only: which audio a container holds is for its own check to say. */
function detectBrand(head: Uint8Array): AcceptedType | undefined {
  const size = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), head.length, 256)
  const brands = [ascii(head, 8, 4)]
  for (let place = 16; place + 4 <= size; place += 4) brands.push(ascii(head, place, 4))
  if (brands.some((each) => each === 'avif' || each === 'avis')) return 'image/avif'
  if (brands.some((each) => heicBrands.includes(each))) return 'image/heic'
  return brands.some((each) => heifBrands.includes(each)) ? 'image/heif' : undefined
}

/** Declared ones that are held against what is found; others are judged by their own check (contract 7.2). */
const isHeldAgainst = (type: AcceptedType) => kindOf(type) === 'image' || type === 'application/pdf'
const family = (type: AcceptedType) => (type === 'image/heif' ? 'image/heic' : type)

/**
 * The type a file is taken as: what was declared, else what its content says, else its name.
 * Faults: `unsupported_media_type`, `media_type_mismatch`.
 */
export function decideType(head: Uint8Array, file_name: string, declared: string | undefined): AcceptedType {
  const said = readDeclared(declared)
  const found = detect(head)
  if (said && found && isHeldAgainst(said) && family(said) !== family(found)) {
    throw new Failure(
      fault(
        'media_type_mismatch',
        `This was given as ${nameOf(said)}, but it is ${nameOf(found)}. Nothing was stored.`,
        { declared: said, found },
      ),
    )
  }
  if (said) return said === 'image/heif' && found ? found : said
  const type = found ?? typeOfName(file_name)
  if (type) return type
  if (
    /\.svgz?$/i.test(file_name) ||
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]/s.test(ascii(head, 0, 2_000))
  )
    throw refusedSvg()
  const ending = /\.([a-z0-9]{1,12})$/i.exec(file_name)?.[1]
  throw unsupported(
    undefined,
    ending
      ? `Files that end in .${ending} are not taken.`
      : 'What this file is can’t be told: its name has no ending.',
  )
}
