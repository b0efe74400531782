import { parse } from 'node-html-parser'

/** What a page shows as text: no script, no style, one blank line between blocks. Other text stays as it is. */
export function readPage(bytes: Uint8Array, contentType: string): string {
  const text = decode(bytes, contentType)
  if (!/^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType.trim())) return text
  const page = parse(text, { blockTextElements: { script: false, style: false, noscript: false, pre: true } })
  for (const gone of page.querySelectorAll('script, style, noscript, template, svg, iframe, head > *'))
    if (gone.rawTagName.toLowerCase() !== 'title') gone.remove()
  return page.structuredText.replace(/\n{3,}/g, '\n\n').trim()
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
