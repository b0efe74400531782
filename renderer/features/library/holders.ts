import type { AssetReference } from '@contract/assets'
import type { AssetId, MessageId, SessionId } from '@contract/ids'

/** Somebody who needs an asset, as a person can go there. */
export type Holder =
  | {
      readonly kind: 'chat'
      readonly session_id: SessionId
      /** The message to go to, where one is known. */
      readonly message_id: MessageId | null
      readonly title: string
      readonly isDraft: boolean
    }
  | { readonly kind: 'asset'; readonly asset_id: AssetId; readonly title: string }

/** Those that are in the way of deleting it, each chat once and by a message where there is one. */
export function holdersOf(references: readonly AssetReference[]): readonly Holder[] {
  const found = new Map<string, Holder>()
  for (const reference of references) {
    if (!reference.hard) continue
    const holder = holderOf(reference)
    const key = holder.kind === 'chat' ? holder.session_id : holder.asset_id
    const before = found.get(key)
    const isBetter = before?.kind === 'chat' && holder.kind === 'chat' && before.message_id === null
    if (!before || isBetter) found.set(key, holder)
  }
  return [...found.values()]
}

// Ids of the contract's own answer: they are checked where they are used.
function holderOf({ domain, owner_id, parent_id, title = '' }: AssetReference): Holder {
  if (domain === 'asset_provenance') return { kind: 'asset', asset_id: owner_id as AssetId, title }
  return {
    kind: 'chat',
    session_id: (domain === 'session_draft' ? owner_id : (parent_id ?? '')) as SessionId,
    message_id: domain === 'session_message' ? (owner_id as MessageId) : null,
    title,
    isDraft: domain === 'session_draft',
  }
}
