import type { Part } from '@contract/message'

/** What a message says to a reader who doesn't unfold anything. */
export function textOf(parts: readonly Part[]): string {
  return parts
    .filter((part) => part.kind === 'text')
    .map((part) => part.text)
    .join('\n\n')
}

/** Scripts that are written without spaces between words: each of their characters is a word of its own here. */
const unspaced = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`
const each = new RegExp(`[${unspaced}]`, 'gu')

/** The text as the index reads it. 京都タワー becomes single characters, so that 京都 is found as a phrase. */
export function spacedOut(text: string): string {
  return text.replace(each, ' $& ')
}
