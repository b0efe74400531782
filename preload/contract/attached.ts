import type { AssetId } from './ids'
import type { AssetRef, Part } from './message'

/** What is attached to a message, in its order. */
export const attachmentsOf = (parts: readonly Part[]): readonly AssetRef[] =>
  parts.flatMap((part) => (part.kind === 'attachment' ? [part.asset] : []))

export const isPicture = ({ media_type }: Pick<AssetRef, 'media_type'>): boolean =>
  media_type.startsWith('image/')

/** A capture that a run was given. */
export type Observed = Extract<Part, { readonly kind: 'observed' }>

export const observedIn = (parts: readonly Part[]): readonly Observed[] =>
  parts.flatMap((part) => (part.kind === 'observed' ? [part] : []))

/** What a message holds of files: attached by a person, or observed; the latter may have a text beside it. */
export const givenIn = (
  parts: readonly Part[],
): readonly { readonly asset: AssetRef; readonly text_asset_id?: AssetId }[] =>
  parts.flatMap((part) => (part.kind === 'attachment' || part.kind === 'observed' ? [part] : []))
