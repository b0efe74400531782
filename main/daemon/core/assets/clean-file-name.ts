const longest = 200
const longestEnding = 20

/**
 * A name as it is kept and shown: what stands behind the last slash, without control characters and signs that turn
 * the direction of text, at most 200 UTF-16 units with its ending; `file` when nothing is left.
 */
export function cleanFileName(given: string): string {
  const name = given
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
  if (/^\.*$/u.test(name)) return 'file'
  if (name.length <= longest) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= longestEnding ? name.slice(dot) : ''
  return `${cutWhole(name, longest - ending.length).trimEnd()}${ending}`
}

/** Never within a character. */
function cutWhole(text: string, length: number): string {
  const cut = text.slice(0, length)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}
