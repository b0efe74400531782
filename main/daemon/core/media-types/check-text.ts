import { invalid } from './refuse'

/** Strict: throws when the bytes are not UTF-8. Drops a byte order mark. */
export type ReadUtf8 = (bytes: Uint8Array) => string

/** Check: `text_utf8`. */
export function checkText(bytes: Uint8Array, read: ReadUtf8): string {
  try {
    return read(bytes)
  } catch (cause) {
    throw invalid('text_utf8', 'This text is not UTF-8; save it in that encoding and add it again', { cause })
  }
}

/** Checks: `text_utf8`, `json_syntax`. */
export function checkJson(bytes: Uint8Array, read: ReadUtf8): unknown {
  const text = checkText(bytes, read)
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw invalid('json_syntax', 'This file is not valid JSON', { cause })
  }
}
