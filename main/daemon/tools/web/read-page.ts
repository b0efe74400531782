import { pageText } from './page-text'

/** What a page shows as text: no script, no style, a block a line. Other text stays as it is. */
export function readPage(bytes: Uint8Array, contentType: string): string {
  const text = decode(bytes, contentType)
  if (!/^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType.trim())) return text
  return pageText(text)
}

/** As the answer declares it; UTF-8 where that is unknown or nonsense. */
function decode(bytes: Uint8Array, contentType: string): string {
  const [, label = 'utf-8'] = /charset=["']?([\w:.-]+)/i.exec(contentType) ?? []
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
