/** Takes user info, query and fragment out of every URL in a text (contract 15). */
export function scrubUrls(text: string): string {
  if (!text.includes(':/') && !text.includes(':\\/')) return text
  return text.replace(
    /(:(?:\/\/|\\\/\\\/))((?:[^\s"'<>`\\]|\\\/)+)/g,
    (_, slashes: string, rest: string) => slashes + withoutExtras(rest),
  )
}

function withoutExtras(rest: string): string {
  const [place = ''] = rest.split(/[?#]/, 1)
  const [authority = ''] = place.split(/[/\\]/, 1)
  return place.slice(authority.lastIndexOf('@') + 1)
}
