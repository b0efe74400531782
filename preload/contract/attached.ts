import type { AssetRef, Part } from './message'

/** What is attached to a message, in its order. */
export const attachmentsOf = (parts: readonly Part[]): readonly AssetRef[] =>
  parts.flatMap((part) => (part.kind === 'attachment' ? [part.asset] : []))

export const isPicture = ({ media_type }: Pick<AssetRef, 'media_type'>): boolean =>
  media_type.startsWith('image/')
