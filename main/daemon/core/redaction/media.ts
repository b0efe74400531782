/** What is told of bytes in place of the bytes. */
export interface MediaNote {
  readonly media_type: string
  /** Characters. */
  readonly encoded_length: number
}

const dataUrl = /data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+=-]+)*,[^\s"'<>)\\]*/
const longBase64 = /(?<![\w+/-])[\w+/-]{256,}={0,2}/
const unknownType = 'application/octet-stream'

/** A text that is nothing but media. */
export function noteMedia(text: string): MediaNote | undefined {
  const url = text.startsWith('data:') ? dataUrl.exec(text) : null
  if (url?.[0] === text) return { media_type: url[1] ?? 'text/plain', encoded_length: text.length }
  const isBase64 = text.length >= 256 && longBase64.exec(text)?.[0] === text
  return isBase64 ? { media_type: unknownType, encoded_length: text.length } : undefined
}

/** Puts a note in place of data URLs and long base64 within a text (contract 15). */
export function scrubMedia(text: string): string {
  const withoutUrls = text.includes('data:')
    ? text.replace(new RegExp(dataUrl, 'g'), (found, type?: string) => inWords(type ?? 'text/plain', found))
    : text
  if (withoutUrls.length < 256) return withoutUrls
  return withoutUrls.replace(new RegExp(longBase64, 'g'), (found) => inWords(unknownType, found))
}

const inWords = (type: string, found: string): string => `[${type}, ${found.length} characters]`
