/** Longest title made from a message, in characters. */
export const longestTitle = 60

/** Names a session after its first message: the first line with something in it, cut at a word. */
export function titleOf(text: string): string {
  const line = text
    .split(/\r\n|\r|\n/u)
    .map((each) =>
      each
        .replace(/^[#>*\-\s`]+/u, '')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .find((each) => each !== '')
  return cut(line ?? text.replace(/\s+/gu, ' ').trim(), longestTitle)
}

/** At most `limit` characters, whole words where there are any, an ellipsis where something was left out. */
export function cut(text: string, limit: number): string {
  const characters = [...text]
  if (characters.length <= limit) return text
  const head = characters.slice(0, limit - 1).join('')
  const lastSpace = head.lastIndexOf(' ')
  return `${(lastSpace > limit / 2 ? head.slice(0, lastSpace) : head).trimEnd()}…`
}
