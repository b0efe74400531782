/**
 * What a page of ours begins with, as the value of a `link` header: its scripts, style sheets and what it asks for
 * ahead. Chromium then fetches it the moment the page arrives, while the preload still runs, and not when the page is
 * read. `page` is the HTML that the build makes, one element a line or not; addresses are as the page spells them.
 */
export function linksOf(page: string): string {
  return [...page.matchAll(/<(?:script|link)\b[^>]*>/g)]
    .map(([element]) => linkOf(element))
    .filter((link) => link !== undefined)
    .join(', ')
}

function linkOf(element: string): string | undefined {
  const address = valueOf(element, 'src') ?? valueOf(element, 'href')
  const kind = element.startsWith('<script') ? 'script' : kindOf(element)
  if (address === undefined || kind === undefined) return undefined
  const type = valueOf(element, 'type')
  // Fetched another way than the page does, it would be fetched twice.
  const mode = /\scrossorigin\b/.test(element) ? ['crossorigin'] : []
  const about = kind === 'font' && type !== undefined ? [`type="${type}"`] : []
  return [`<${address}>`, 'rel=preload', `as=${kind}`, ...about, ...mode].join('; ')
}

const kindOf = (link: string): string | undefined =>
  valueOf(link, 'rel') === 'stylesheet' ? 'style' : valueOf(link, 'as')

const valueOf = (element: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1]
