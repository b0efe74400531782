import { isUtf8 } from 'node:buffer'
import { textLimit } from '../../core/media-types/limits'
import { checkJson, checkText, type ReadUtf8 } from '../../core/media-types/check-text'
import type { Given, Taken } from './taken'
import { writeText } from './write-text'

/** A document stays as it is; beside it comes its text (contract 7.4). */
export async function takeDocument(given: Given): Promise<Taken> {
  if (given.type === 'application/pdf') return (await import('./take-pdf')).takePdf(given)
  const { type, bytes, out } = given
  const text = type === 'application/json' ? prettyJson(bytes) : plainText(bytes)
  if (text.length <= textLimit && text.equals(bytes)) {
    const raw = await given.keep()
    return { raw, text: { ...raw, is_cut: false } }
  }
  const [raw, made] = await Promise.all([given.keep(), writeText(out, text)])
  return { raw, ...made }
}

const prettyJson = (bytes: Buffer) => Buffer.from(JSON.stringify(checkJson(bytes, readUtf8), null, 2))

const decoder = new TextDecoder('utf-8', { fatal: true })
const readUtf8: ReadUtf8 = (bytes) => decoder.decode(bytes)

/** Twelve megabytes are checked without making a string of them. */
const mustBeUtf8: ReadUtf8 = (bytes) => {
  if (!isUtf8(bytes)) throw new TypeError('not UTF-8')
  return ''
}

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** UTF-8 with CRLF as LF and without the white space around it. */
function plainText(bytes: Buffer): Buffer {
  checkText(bytes, mustBeUtf8)
  if (!bytes.includes('\r\n')) return trimmed(bytes)
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  let from = 0
  for (let place = bytes.indexOf('\r\n'); place >= 0; place = bytes.indexOf('\r\n', from)) {
    length += bytes.copy(out, length, from, place)
    from = place + 1
  }
  length += bytes.copy(out, length, from)
  return trimmed(out.subarray(0, length))
}

const isSpace = (byte: number | undefined) =>
  byte === lineFeed || byte === carriageReturn || byte === 9 || byte === 32

function trimmed(bytes: Buffer): Buffer {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  let from = isMarked ? 3 : 0
  let to = bytes.length
  while (from < to && isSpace(bytes[from])) from++
  while (to > from && isSpace(bytes[to - 1])) to--
  return bytes.subarray(from, to)
}
