/** Shorter ones would take words apart. */
export const shortestToken = 2

/** The owner's own words that never leave: one a line, blank lines aside. Undefined when one is too short to be meant. */
export function readTokens(text: string): readonly string[] | undefined {
  const tokens = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return tokens.every((token) => token.length >= shortestToken) ? tokens : undefined
}
