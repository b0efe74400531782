import { attachmentsOf } from '@contract/attached'
import type { Part } from '@contract/message'

export { attachmentsOf }

/** The plain text of a message, part after part, each on its own line. */
export const textOf = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n')

/** What of a message is found by searching: its text, and the names of its files. */
export const findableText = (parts: readonly Part[]): string =>
  [textOf(parts), ...attachmentsOf(parts).map((asset) => asset.file_name)]
    .filter((line) => line !== '')
    .join('\n')

/** Its text; the names of its files when there is none. */
export const gist = (parts: readonly Part[]): string => {
  const text = textOf(parts)
  return text.trim() === ''
    ? attachmentsOf(parts)
        .map((asset) => asset.file_name)
        .join(', ')
    : text
}
