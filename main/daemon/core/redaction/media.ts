/** What is told of bytes in place of the bytes. */
export interface MediaNote {
  readonly media_type: string
  /** Characters. */
  readonly encoded_length: number
  /** Bytes. */
  readonly decoded_length: number
  /** Of the decoded bytes, in hex, where somebody can compute it. */
  readonly sha256?: string
}

/** SHA-256 in hex of what a text stands for: its UTF-8 bytes, or the bytes that it encodes. */
export type Digest = (text: string, as: 'utf8' | 'base64') => string

const dataUrl = /data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+=-]+)*,[^\s"'<>)\\]*/
const longBase64 = /(?<![\w+/-])[\w+/-]{256,}={0,2}/
const unknownType = 'application/octet-stream'

/** A text that is nothing but media. */
export function noteMedia(text: string, digest?: Digest): MediaNote | undefined {
  const url = text.startsWith('data:') ? dataUrl.exec(text) : null
  if (url?.[0] === text) return noteUrl(url[1], text, digest)
  return text.length >= 256 && longBase64.exec(text)?.[0] === text
    ? note(unknownType, text, text, digest)
    : undefined
}

interface Found {
  readonly from: number
  readonly to: number
  readonly put: string
}

/** Where data URLs and long base64 are within a text, and the note that takes their place (contract 15). */
export function findMedia(text: string, digest?: Digest): Found[] {
  const urls = text.includes('data:')
    ? [...text.matchAll(new RegExp(dataUrl, 'g'))].map((found) =>
        at(found, noteUrl(found[1], found[0], digest)),
      )
    : []
  if (text.length < 256) return urls
  const runs = [...text.matchAll(new RegExp(longBase64, 'g'))].map((found) =>
    at(found, note(unknownType, found[0], found[0], digest)),
  )
  return [...urls, ...runs.filter((run) => !urls.some((url) => run.from < url.to && url.from < run.to))]
}

/** Puts a note in place of data URLs and long base64 within a text. */
export function scrubMedia(text: string, digest?: Digest): string {
  let out = text
  for (const { from, to, put } of findMedia(text, digest).toSorted((a, b) => b.from - a.from)) {
    out = out.slice(0, from) + put + out.slice(to)
  }
  return out
}

const at = (
  found: RegExpMatchArray,
  { media_type, encoded_length, decoded_length, sha256 }: MediaNote,
): Found => {
  const from = found.index ?? 0
  const known = [media_type, `${encoded_length} characters`, `${decoded_length} bytes`]
  return {
    from,
    to: from + found[0].length,
    put: `[${[...known, ...(sha256 === undefined ? [] : [`sha256 ${sha256}`])].join(', ')}]`,
  }
}

function noteUrl(type: string | undefined, url: string, digest: Digest | undefined): MediaNote {
  const comma = url.indexOf(',')
  const body = url.slice(comma + 1)
  const isBase64 = /;base64$/i.test(url.slice(0, comma))
  return note(type ?? 'text/plain', url, body, digest, isBase64)
}

function note(
  media_type: string,
  whole: string,
  body: string,
  digest: Digest | undefined,
  isBase64 = true,
): MediaNote {
  const characters = body.replace(/=+$/, '').length
  return {
    media_type,
    encoded_length: whole.length,
    decoded_length: isBase64 ? Math.floor((characters * 3) / 4) : body.length,
    ...(digest ? { sha256: digest(body, isBase64 ? 'base64' : 'utf8') } : {}),
  }
}
