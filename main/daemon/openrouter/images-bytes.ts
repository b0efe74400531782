import { Unfetchable } from '../core/net/unfetchable'
import type { ImagesMade } from '../ports/driver'
import type { PublicFetch } from '../ports/public-fetch'
import { interrupted, trouble, type CallFacts } from './faults'
import type { Found } from './images-found'

type Picture = ImagesMade['images'][number]

/** The bytes that base64 stands for; undefined where it is none, or stands for nothing. */
export function bytesOf(base64: string): Uint8Array | undefined {
  const bytes = Buffer.from(base64, 'base64')
  // Characters that are none are passed over by the decoder; megabytes are looked through only where some were.
  const isWhole = bytes.length === Buffer.byteLength(base64, 'base64')
  return bytes.length > 0 && (isWhole || /^[\w+/\s-]+={0,2}\s*$/.test(base64)) ? bytes : undefined
}

/** A data URL of any kind; undefined for one without anything in it. */
function readDataUrl(url: string): Picture | undefined {
  const comma = url.indexOf(',')
  const [type = '', ...more] = url.slice('data:'.length, Math.max(0, comma)).split(';')
  const body = url.slice(comma + 1)
  const isBase64 = more.some((word) => word.trim().toLowerCase() === 'base64')
  const bytes = comma < 0 ? undefined : isBase64 ? bytesOf(body) : unescaped(body)
  const media_type = type.trim().toLowerCase()
  return bytes && { bytes, ...(media_type === '' ? {} : { media_type }) }
}

function unescaped(text: string): Uint8Array | undefined {
  try {
    return text === '' ? undefined : Buffer.from(decodeURIComponent(text))
  } catch {
    return undefined
  }
}

/** Of a picture that an answer only names (contract 9.2): 16 MiB, five redirects, half a minute. */
const download = { most: 16 * 1024 * 1024, redirects: 5, patience_ms: 30_000 }

/** A picture's bytes as they came. Faults: `provider_error` of kind `malformed`, `unreachable` or `timeout`. */
export async function readPicture(
  { source, media_type }: Found,
  pages: PublicFetch | undefined,
  facts: CallFacts,
  signal: AbortSignal,
): Promise<Picture> {
  if (/^https?:/i.test(source)) return downloadPicture(source, pages, facts, signal)
  const read = /^data:/i.test(source) ? readDataUrl(source) : inline(source)
  if (!read) throw trouble('malformed', facts, { said: 'A picture came in an unknown form' })
  return media_type === undefined ? read : { ...read, media_type }
}

function inline(source: string): Picture | undefined {
  const bytes = bytesOf(source)
  return bytes && { bytes }
}

async function downloadPicture(
  url: string,
  pages: PublicFetch | undefined,
  facts: CallFacts,
  signal: AbortSignal,
): Promise<Picture> {
  const lost = (said: string, kind: 'malformed' | 'unreachable' | 'timeout' = 'malformed', cause?: unknown) =>
    trouble(kind, facts, { said: `The picture lies elsewhere. ${said}`, retryable: false }, cause)
  if (!pages) throw lost('Nothing is fetched from elsewhere here.')
  try {
    const accept = (type: string) => type.startsWith('image/')
    const answer = await pages.get(url, { signal, accept, ...download })
    if (answer.status < 200 || answer.status > 299) throw lost(`It answered ${answer.status}.`)
    if (answer.truncated) throw lost('It is larger than 16 MiB.')
    if (answer.body.length === 0) throw lost('There was nothing.')
    return { bytes: answer.body, media_type: answer.media_type }
  } catch (error) {
    if (signal.aborted) throw interrupted()
    if (!(error instanceof Unfetchable)) throw error
    const kind = error.why === 'timeout' || error.why === 'unreachable' ? error.why : 'malformed'
    throw lost(error.message, kind, error)
  }
}
