import { pdfLimits } from './limits'
import { must } from './refuse'

/** Unpacks deflated bytes to at most `limit`; undefined where they are something else or broken, `limit + 1` where more. */
export type UnpackedLength = (packed: Uint8Array, limit: number) => number | undefined

/** A file as characters of one byte each. */
const objectPattern = /\b\d+\s+\d+\s+obj\b/g
const streamPattern = /\bstream\r?\n/g

/**
 * The limits that a PDF's bytes tell (contract 7.3): objects, also those in object streams, streams, and what the
 * streams of text and structure unpack to; pictures and fonts are not counted. `latin1` is the file as one character a
 * byte. Checks: `pdf_start`, `pdf_objects`, `pdf_streams`, `pdf_stream_bytes`.
 */
export function checkPdf(bytes: Uint8Array, latin1: string, unpackedLength: UnpackedLength): void {
  must(latin1.startsWith('%PDF-'), 'pdf_start', 'This is not a PDF: it does not begin like one')
  let objects = countOf(latin1, objectPattern)
  let streams = 0
  let total = 0
  for (const { index, 0: word } of latin1.matchAll(streamPattern)) {
    // Behind it, `endstream` ends the word as well.
    if (latin1.startsWith('end', index - 3)) continue
    must(
      ++streams <= pdfLimits.streams,
      'pdf_streams',
      `This PDF has more than ${pdfLimits.streams.toLocaleString('en')} streams, the most that is taken`,
    )
    const header = latin1.slice(Math.max(latin1.lastIndexOf('obj', index), index - 2_000), index)
    objects += Number(/\/ObjStm\b/.test(header) ? (/\/N\s+(\d+)/.exec(header)?.[1] ?? 0) : 0)
    if (
      !/\/FlateDecode\b/.test(header) ||
      /\/(?:Image|FontFile|Length1|Type1C|CIDFontType0C|OpenType)\b/.test(header)
    )
      continue
    const from = index + word.length
    const end = latin1.indexOf('endstream', from)
    const length = unpackedLength(bytes.subarray(from, end < 0 ? bytes.length : end), pdfLimits.stream_bytes)
    total += length ?? 0
    must(
      total <= pdfLimits.stream_bytes,
      'pdf_stream_bytes',
      'This PDF unpacks to more than 12 MiB of text and drawing, the most that is taken',
    )
  }
  must(
    objects <= pdfLimits.objects,
    'pdf_objects',
    `This PDF has more than ${pdfLimits.objects.toLocaleString('en')} objects, the most that is taken`,
  )
}

/** Check: `pdf_pages`. */
export function checkPdfPages(pages: number): void {
  must(
    pages <= pdfLimits.pages,
    'pdf_pages',
    `This PDF has ${String(pages)} pages; ${String(pdfLimits.pages)} are the most that is taken`,
  )
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0
  for (const _ of text.matchAll(pattern)) count++
  return count
}
