import type { DerivationProfile, DerivationSubject } from '@contract/derivations'

export const profileVersion = 1
export const pipelineVersion = 1

/** One word for what something is derived of. */
export const subjectKey = (subject: DerivationSubject): string =>
  subject.type === 'asset'
    ? `asset:${subject.asset_id}`
    : subject.type === 'observation'
      ? `observation:${subject.observation_id}`
      : `session_input:${subject.session_id}:${subject.offset}`

/** What a derivation depends on (contract 10.5). */
export interface Fingerprint {
  readonly profile: DerivationProfile
  readonly subject: DerivationSubject
  readonly media_type: string
  readonly sha256: string
  readonly attached_text_sha256?: string | undefined
  readonly options?: { readonly prompt?: string; readonly language?: string }
  /** Who would make it: for a transcription route, provider and model. */
  readonly planned: Readonly<Record<string, string | number>>
}

/** The text whose SHA-256 is the cache key; the same things always in the same order. */
export const keyText = ({ profile, subject, options = {}, planned, ...source }: Fingerprint): string =>
  JSON.stringify([
    'derivation',
    profile,
    profileVersion,
    subjectKey(subject),
    source.media_type,
    source.sha256,
    source.attached_text_sha256 ?? null,
    options.prompt ?? null,
    options.language ?? null,
    Object.entries(planned).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])
