import { inflateSync } from 'node:zlib'
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { createIsomorphicCanvasFactory, getDocumentProxy } from 'unpdf'
import { checkPdf, checkPdfPages, type UnpackedLength } from '../../core/media-types/check-pdf'
import { previewEdge, textLimit } from '../../core/media-types/limits'
import { invalid } from '../../core/media-types/refuse'
import { writeThumbnail } from './normalise-picture'
import { supplyOlderNode } from './older-node'
import type { Given, Taken } from './taken'
import { writeMade } from './write-made'
import { writeText } from './write-text'

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>

/** A PDF with its text and its first page as a picture. Checks: `pdf_…`. */
export async function takePdf(given: Given): Promise<Taken> {
  const { bytes, out, progress } = given
  checkPdf(bytes, bytes.toString('latin1'), unpackedLength)
  const pdf = await opened(bytes)
  try {
    const pages = pdf.numPages
    checkPdfPages(pages)
    const text = await readText(pdf, (share) => progress?.(bytes.length * share))
    const canvas = await drawFirstPage(pdf)
    const [raw, made, pictures] = await Promise.all([
      given.keep(),
      writeText(out, Buffer.from(text)),
      canvas && writePictures(canvas, out),
    ])
    return { raw, pages, ...made, ...pictures }
  } finally {
    await pdf.loadingTask.destroy()
  }
}

async function opened(bytes: Buffer): Promise<Pdf> {
  try {
    supplyOlderNode()
    // The parser keeps and changes what it is given.
    const CanvasFactory = await createIsomorphicCanvasFactory(() => import('@napi-rs/canvas'))
    return await getDocumentProxy(Uint8Array.from(bytes), { CanvasFactory, verbosity: 0 })
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PasswordException')
      throw invalid('pdf_password', 'This PDF is locked with a password; save it without one and add that', {
        cause,
      })
    throw invalid('pdf_structure', 'This PDF is damaged and can’t be opened', { cause })
  }
}

async function readText(pdf: Pdf, progress: (share: number) => void): Promise<string> {
  const pages: string[] = []
  let length = 0
  for (let number = 1; number <= pdf.numPages && length <= textLimit; number++) {
    const text = await textOfPage(pdf, number)
    if (text !== '') pages.push(text)
    length += text.length
    progress(number / pdf.numPages)
  }
  return pages.join('\n\n')
}

async function textOfPage(pdf: Pdf, number: number): Promise<string> {
  try {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    page.cleanup()
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    return text.replaceAll('\0', '').trim()
  } catch (cause) {
    throw invalid('pdf_text', `Page ${String(number)} of this PDF is damaged and can’t be read`, { cause })
  }
}

/** On white; undefined where the page can't be drawn, which its text does not depend on. */
async function drawFirstPage(pdf: Pdf): Promise<Canvas | undefined> {
  try {
    const page = await pdf.getPage(1)
    const { width, height } = page.getViewport({ scale: 1 })
    const viewport = page.getViewport({ scale: previewEdge / Math.max(width, height) })
    const canvas = createCanvas(
      Math.max(1, Math.floor(viewport.width)),
      Math.max(1, Math.floor(viewport.height)),
    )
    // The two draw with the same calls; their types are of different houses.
    const drawing = { canvas, canvasContext: canvas.getContext('2d'), viewport } as unknown
    await page.render(drawing as Parameters<typeof page.render>[0]).promise
    return canvas
  } catch {
    return undefined
  }
}

async function writePictures(canvas: Canvas, out: string): Promise<Pick<Taken, 'preview' | 'thumbnail'>> {
  const [preview, thumbnail] = await Promise.all([
    canvas.encode('png').then((bytes) => writeMade(out, 'preview.png', 'image/png', bytes)),
    writeThumbnail(canvas, 'image/png', out),
  ])
  return { preview, thumbnail }
}

const unpackedLength: UnpackedLength = (packed, limit) => {
  try {
    return inflateSync(packed, { maxOutputLength: limit }).length
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? limit + 1 : undefined
  }
}
