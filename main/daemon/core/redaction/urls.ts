import { marker } from './marker'

/** From the colon on, also within escaped JSON. */
const urls = /(:(?:\/\/|\\\/\\\/))((?:[^\s"'<>`\\]|\\\/)+)/g

/** Takes user info, query and fragment out of every URL in a text (contract 15). */
export function scrubUrls(text: string): string {
  if (!text.includes(':/') && !text.includes(':\\/')) return text
  return text.replace(urls, (_, slashes: string, rest: string) => slashes + withoutExtras(rest))
}

function withoutExtras(rest: string): string {
  const [place = ''] = rest.split(/[?#]/, 1)
  return place.slice(endOfUserInfo(place))
}

/** Where user info and query of the URLs in a text are; a marker takes their place, so that it shows. */
export function findUrlExtras(
  text: string,
): { readonly from: number; readonly to: number; readonly put: string }[] {
  if (!text.includes(':/') && !text.includes(':\\/')) return []
  return [...text.matchAll(urls)].flatMap((found) => {
    const [, slashes = '', rest = ''] = found
    const from = (found.index ?? 0) + slashes.length
    const [place = ''] = rest.split(/[?#]/, 1)
    const host = endOfUserInfo(place)
    const query = rest.slice(place.length)
    const hides = query.startsWith('?') || query.includes('=')
    return [
      ...(host > 0 ? [{ from, to: from + host, put: `${marker}@` }] : []),
      ...(hides
        ? [{ from: from + place.length, to: from + rest.length, put: `${query.slice(0, 1)}${marker}` }]
        : []),
    ]
  })
}

function endOfUserInfo(place: string): number {
  const [authority = ''] = place.split(/[/\\]/, 1)
  return authority.lastIndexOf('@') + 1
}
