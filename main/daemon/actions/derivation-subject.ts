import type { DerivationSubject } from '@contract/derivations'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import type { Part } from '@contract/message'
import { Failure } from '../core/failure'
import { checkAllowed } from '../core/observations/check-allowed'
import type { AssetRecord } from '../ports/asset-store'
import { findAsset } from './read-assets'
import type { World } from './world'

/** What is to be derived of: an asset, or words that are there already. */
export type Found =
  | {
      readonly asset: AssetRecord
      /** The uploader's own text of a capture. */
      readonly given_text_asset_id?: AssetId
    }
  | { readonly text: string }

/**
 * Looks up the subject of a derivation (contract 10.5). Faults: `asset_not_found`, `observation_not_found`,
 * `observation_source_blocked`, `derivation_subject_unknown`.
 */
export function findSubject(on: Pick<World, 'store' | 'observations'>, subject: DerivationSubject): Found {
  const { store, observations } = on
  switch (subject.type) {
    case 'asset':
      return { asset: findAsset(on, subject.asset_id) }
    case 'observation': {
      const known = store.observations.get(subject.observation_id)
      if (known) observations.keepRetention(known.source_id)
      const found = store.observations.get(subject.observation_id)
      if (!found) throw new Failure(fault('observation_not_found', 'There is no such capture.'))
      if (found.retention_state !== 'active')
        throw new Failure(
          fault('observation_source_blocked', 'This capture is over its time and was taken away.', {
            reason: 'purged',
          }),
        )
      const source = store.observations.source(found.source_id)
      if (source) checkAllowed(source)
      const { canonical_text_asset_id: given } = found
      return { asset: findAsset(on, found.asset_id), ...(given ? { given_text_asset_id: given } : {}) }
    }
    case 'session_input': {
      const { session_id, offset } = subject
      const [entry] = store.journal.list(session_id, { after: offset - 1, limit: 1 })
      const parts =
        entry?.offset === offset && entry.kind === 'input_received' ? entry.data['parts'] : undefined
      if (!Array.isArray(parts) || parts.length === 0)
        throw new Failure(
          fault('derivation_subject_unknown', 'There is no input of a person at that place of the chat.'),
        )
      return ofParts(on, parts as readonly Part[])
    }
  }
}

/** One file alone is derived of as itself; words and several things are what they say, files by their names. */
function ofParts(on: Pick<World, 'store'>, parts: readonly Part[]): Found {
  const files = parts.flatMap((part) => (part.kind === 'attachment' ? [part.asset] : []))
  const words = parts.flatMap((part) => (part.kind === 'text' && part.text.trim() !== '' ? [part.text] : []))
  const [only] = files
  if (only && files.length === 1 && words.length === 0) return { asset: findAsset(on, only.asset_id) }
  return {
    text: parts
      .flatMap((part) =>
        part.kind === 'text' ? [part.text] : part.kind === 'attachment' ? [mentionOf(part.asset)] : [],
      )
      .join('\n'),
  }
}

/** A file in one line (contract 8). */
export const mentionOf = ({
  file_name,
  media_type,
}: {
  readonly file_name: string
  readonly media_type: string
}): string => `[File: ${file_name.replace(/\p{Cc}+/gu, ' ')} (${media_type})]`
