import type { SourceView } from '@contract/observations'

type Told = Omit<SourceView, 'active_observations' | 'active_bytes'>
interface Secret {
  readonly token_sha256: string
  readonly previous_token_sha256?: string
}

/** What everybody may see of a source: no token, and no digest of one. */
export function withoutTokens(
  { token_sha256: _, previous_token_sha256: __, ...view }: Told & Secret,
  { count, bytes }: { readonly count: number; readonly bytes: number },
): SourceView {
  return { ...view, active_observations: count, active_bytes: bytes }
}
