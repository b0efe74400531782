import type { Part } from '@contract/message'

/** The plain text of a message, part after part, each on its own line. */
export const textOf = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n')
