import { parse } from 'node-html-parser'

export interface Hit {
  readonly title: string
  readonly url: string
  readonly snippet: string
  readonly domain: string
}

/** The hits of a DuckDuckGo HTML page, without its advertisements. Links go through a redirect of theirs, or don't. */
export function readResults(html: string): readonly Hit[] {
  const page = parse(html)
  const seen = new Set<string>()
  return page.querySelectorAll('.result').flatMap((block): Hit[] => {
    if (block.classList.contains('result--ad')) return []
    const link = block.querySelector('.result__a')
    const url = targetOf(link?.getAttribute('href') ?? '')
    const title = tidy(link?.text ?? '')
    if (!url || title === '' || seen.has(url.href)) return []
    seen.add(url.href)
    const snippet = tidy(block.querySelector('.result__snippet')?.text ?? '')
    return [{ title, url: url.href, snippet, domain: url.hostname }]
  })
}

function targetOf(href: string): URL | undefined {
  try {
    const url = new URL(href, 'https://duckduckgo.com')
    const isTheirs = /(?:^|\.)duckduckgo\.com$/.test(url.hostname)
    const inner = isTheirs ? url.searchParams.get('uddg') : undefined
    // An address of their own that leads nowhere else is no hit.
    if (isTheirs && !inner) return undefined
    const target = inner ? new URL(inner) : url
    return /^https?:$/.test(target.protocol) ? target : undefined
  } catch {
    return undefined
  }
}

const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
