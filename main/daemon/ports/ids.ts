/** Ids and chance from outside. */
export interface Ids {
  /** A time-ordered unique id, `<prefix>_<uuid v7>`. */
  next(
    prefix:
      | 'session'
      | 'run'
      | 'message'
      | 'asset'
      | 'approval'
      | 'rule'
      | 'output'
      | 'root'
      | 'sign_in'
      | 'lease'
      | 'ref'
      | 'derivation'
      | 'source'
      | 'observation',
  ): string
  /** URL-safe random text of `bytes` bytes of chance. */
  token(bytes: number): string
  /** In [0, 1). */
  chance(): number
}
