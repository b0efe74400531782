import type { AssetRef } from '@contract/message'
import { formatBytes, formatDuration, formatNumber } from './format'
import { mediaName } from './media-names'
import { addWords, formatLocale, type Say } from './words'

const english = {
  file: 'File',
  pages_one: '{{count}} page',
  pages_other: '{{count}} pages',
  cut: 'only the beginning is read',
  became: '{{before}} → {{after}}',
  pixels: '{{width}} × {{height}}',
} as const

export const fileWords = addWords('file', {
  en: english,
  de: {
    file: 'Datei',
    pages_one: '{{count}} Seite',
    pages_other: '{{count}} Seiten',
    cut: 'nur der Anfang wird gelesen',
    became: '{{before}} → {{after}}',
    pixels: '{{width}} × {{height}}',
  },
})

type SayFile = Say<typeof english>

/** What is known of a file, whoever tells it; sizes in bytes, pictures in pixels. */
export interface FileFacts extends Pick<
  AssetRef,
  'media_type' | 'file_name' | 'byte_length' | 'width' | 'height' | 'duration_ms'
> {
  readonly pages?: number
  readonly is_text_cut?: true
  readonly source_byte_length?: number
  readonly source_width?: number
  readonly source_height?: number
}

/** One line below the name: `PDF · 12 pages · 1.2 MB`. */
export function factsLine(file: FileFacts, t: SayFile): string {
  const locale = formatLocale()
  return [
    mediaName(file.media_type) || t('file'),
    file.pages === undefined ? '' : t('pages', { count: file.pages }),
    file.duration_ms === undefined ? '' : formatDuration(file.duration_ms, locale),
    // A number is not parted from its unit.
    formatBytes(file.byte_length, locale).replaceAll(' ', '\u00a0'),
    file.is_text_cut ? t('cut') : '',
  ]
    .filter((fact) => fact !== '')
    .join(' · ')
}

/** What became of it: `4.2 MB → 812 KB · 6,000 × 4,000 → 2,048 × 1,365`. Empty where it stayed as it was. */
export function changeLine(file: FileFacts, t: SayFile): string {
  const locale = formatLocale()
  const pixels = (width?: number, height?: number): string =>
    width === undefined || height === undefined
      ? ''
      : t('pixels', { width: formatNumber(width, locale), height: formatNumber(height, locale) })
  const before = pixels(file.source_width, file.source_height)
  const after = pixels(file.width, file.height)
  const isResized = before !== '' && after !== '' && before !== after
  const isOther = file.source_byte_length !== undefined && file.source_byte_length !== file.byte_length
  return [
    isOther
      ? t('became', {
          before: formatBytes(file.source_byte_length ?? 0, locale),
          after: formatBytes(file.byte_length, locale),
        })
      : '',
    isResized ? t('became', { before, after }) : '',
  ]
    .filter((fact) => fact !== '')
    .join(' · ')
}
