import { readTokens } from '../core/redaction/tokens'
import type { Files } from '../ports/files'

/** Names a file with the owner's own words that never leave the daemon, one a line. */
export const tokensVariable = 'KHEISH_REDACT_TOKENS_FILE'

/** None without such a file. Undefined when it can't be read or holds what is no word: nothing may be kept then. */
export async function readOwnTokens(
  files: Pick<Files, 'readText'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[] | undefined> {
  const file = env[tokensVariable]?.trim()
  if (!file) return []
  try {
    return readTokens(await files.readText(file))
  } catch {
    return undefined
  }
}
