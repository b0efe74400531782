/** `revoked`: replaced without a grace. `expired`: its grace is over. */
export type TokenVerdict = 'current' | 'previous' | 'expired' | 'revoked' | 'wrong'

/** What becomes of an upload, from which digest its token has (contract 11.2). */
export function judgeToken(
  matches: { readonly current: boolean; readonly previous: boolean },
  previousUntil: number | undefined,
  now: number,
): TokenVerdict {
  if (matches.current) return 'current'
  if (!matches.previous) return 'wrong'
  if (previousUntil === undefined) return 'revoked'
  return now < previousUntil ? 'previous' : 'expired'
}

export const opens = (verdict: TokenVerdict): boolean => verdict === 'current' || verdict === 'previous'
