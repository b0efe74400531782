import type { AssetRef, Part } from '@contract/message'

/** Ids of what an answer shows, in order and separated by blanks: the same text while it shows the same. */
export const shownIn = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.kind === 'attachment' ? [part.asset.asset_id] : [])).join(' ')

/** What calls made and nobody showed: it is in the library alone (contract 9.5). */
export function hiddenAssets(parts: readonly Part[], shown = shownIn(parts)): readonly AssetRef[] {
  const ids = new Set(shown.split(' '))
  const made = parts.flatMap((part) => (part.kind === 'tool_call' ? (part.facts?.assets ?? []) : []))
  return made.filter(({ asset_id }) => !ids.has(asset_id) && ids.add(asset_id))
}
