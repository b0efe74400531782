const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Whether a text is base64 as it is written and in no other way: padded, without line ends, no stray bits in the last
 * character. So one text stands for one row of bytes, and its digest for theirs.
 */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const body = text.slice(0, text.length - padding)
  if (/[^A-Za-z0-9+/]/.test(body)) return false
  const stray = padding === 2 ? 15 : padding === 1 ? 3 : 0
  return (alphabet.indexOf(body.at(-1) ?? 'A') & stray) === 0
}
