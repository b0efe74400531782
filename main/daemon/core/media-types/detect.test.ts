import { describe, expect, test } from 'vitest'
import { Failure } from '../failure'
import { decideType, detect } from './detect'
import { checkSize } from './limits'
import { join, mp4, ogg, pngHeader, wav, webm } from './samples.fake'

const png = pngHeader(1, 1)
const jpeg = join([0xff, 0xd8, 0xff, 0xe0])
const pdf = join('%PDF-1.7\n')
const words = join('BM is how this text begins, and it is no picture')
const avif = join([0, 0, 0, 24], 'ftypavif', [0, 0, 0, 0], 'mif1miaf')
const heic = join([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic')

test.each([
  [png, 'image/png'],
  [jpeg, 'image/jpeg'],
  [wav(), 'audio/wav'],
  [webm(), 'audio/webm'],
  [pdf, 'application/pdf'],
  [join('RIFF', [4, 0, 0, 0], 'WEBP'), 'image/webp'],
  [join('GIF89a'), 'image/gif'],
  [avif, 'image/avif'],
  [heic, 'image/heic'],
  [join([0, 0, 0, 16], 'ftypmif1', [0, 0, 0, 0]), 'image/heif'],
  [join('II*', [0]), 'image/tiff'],
  [join('MM', [0], '*'), 'image/tiff'],
  [join('BM', [1, 1, 1, 1, 0, 0, 0, 0, 54, 0, 0, 0, 40]), 'image/bmp'],
  [words, undefined],
  [mp4(), undefined],
  [ogg(), undefined],
  [join(), undefined],
])('content %#', (bytes, type) => expect(detect(bytes)).toBe(type))

test.each([
  ['a.txt', undefined, words, 'text/plain'],
  ['A.MARKDOWN', undefined, words, 'text/markdown'],
  ['a.pcm', undefined, words, 'audio/l16'],
  ['a.txt', undefined, png, 'image/png'],
  ['no-ending', undefined, jpeg, 'image/jpeg'],
  ['a', ' Image/JPG ; charset=x', jpeg, 'image/jpeg'],
  ['a', 'application/vnd.ms-excel', words, 'text/csv'],
  ['a', 'text/x-csv', words, 'text/csv'],
  ['a', 'audio/mp3', words, 'audio/mpeg'],
  ['a', 'audio/x-m4a', mp4(), 'audio/m4a'],
  ['a', 'audio/x-mpga', words, 'audio/mpga'],
  ['a', 'audio/x-pcm', words, 'audio/pcm'],
  ['a', 'text/plain', png, 'text/plain'],
  ['a.wav', '', wav(), 'audio/wav'],
  ['a', 'image/heif', heic, 'image/heic'],
])('%s declared %s', (name, declared, bytes, type) => expect(decideType(bytes, name, declared)).toBe(type))

describe('what is refused', () => {
  test.each([
    ['a.png', 'image/png', jpeg, 'media_type_mismatch'],
    ['a.jpg', 'image/jpeg', pdf, 'media_type_mismatch'],
    ['a.pdf', 'application/pdf', png, 'media_type_mismatch'],
    ['a.webp', 'image/webp', png, 'media_type_mismatch'],
    ['a.svg', undefined, join('<svg xmlns="…">'), 'unsupported_media_type'],
    ['a', undefined, join('<?xml version="1.0"?>\n<!-- a -->\n<svg>'), 'unsupported_media_type'],
    ['a', 'image/svg+xml', words, 'unsupported_media_type'],
    ['a.exe', undefined, words, 'unsupported_media_type'],
    ['a.png', 'video/mp4', png, 'unsupported_media_type'],
    ['nothing', undefined, words, 'unsupported_media_type'],
  ])('%s declared %s', (name, declared, bytes, code) => {
    expect(() => decideType(bytes, name, declared)).toThrow(Failure)
    try {
      decideType(bytes, name, declared)
    } catch (error) {
      expect((error as Failure).fault.code).toBe(code)
      expect((error as Failure).fault.detail).toMatch(/Nothing was stored\.$/)
    }
  })

  test.each([
    ['document', 12],
    ['audio', 25],
    ['image', 64],
  ] as const)('%s of more than %d MiB', (kind, mebi) => {
    expect(() => checkSize(mebi * 1024 * 1024, kind)).not.toThrow()
    expect(() => checkSize(mebi * 1024 * 1024 + 1, kind)).toThrow(`${String(mebi)} MiB`)
  })
})
