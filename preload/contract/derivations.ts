import { z } from 'zod'
import { takes } from './define'
import type { Fault } from './fault'
import { AssetId, DerivationId, ObservationId, SessionId } from './ids'

export const derivationProfiles = ['canonical_text', 'visual_preview'] as const
export type DerivationProfile = (typeof derivationProfiles)[number]

/** What something is derived of (contract 10.5). `offset`: place of an `input_received` entry in the chat's journal. */
export const DerivationSubject = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('asset'), asset_id: AssetId }),
  z.strictObject({ type: z.literal('observation'), observation_id: ObservationId }),
  z.strictObject({ type: z.literal('session_input'), session_id: SessionId, offset: z.int().min(0) }),
])
export type DerivationSubject = z.infer<typeof DerivationSubject>

/** Who made it: contract 10.4 for a transcription; else the text that was there, or the one line that names the file. */
export type DerivationBackend =
  | {
      readonly kind: 'transcription'
      readonly route_id: string
      readonly provider: string
      readonly model: string
      readonly pipeline_version: number
      /** `by_duration`: cut where packets end, and joined without overlap. */
      readonly stitching_strategy: 'single_part' | 'by_duration'
      readonly part_count: number
    }
  | { readonly kind: 'derived_text' | 'mention' | 'preview' }

export interface DerivationView {
  readonly derivation_id: DerivationId
  readonly profile: DerivationProfile
  readonly profile_version: number
  readonly subject: DerivationSubject
  /** Hexadecimal. */
  readonly cache_key: string
  readonly status: 'completed' | 'failed'
  /** The one that counts, of several of the same key. */
  readonly is_preferred: boolean
  readonly created_at_ms: number
  readonly backend?: DerivationBackend
  /** `text/plain`, or the preview. */
  readonly result_asset_id?: AssetId
  readonly fault?: Fault
  readonly cost_usd?: number
}

export const derivationCalls = {
  /**
   * Canonical text or a preview, from the records or anew. Faults: asset_not_found, observation_not_found,
   * observation_source_blocked, derivation_subject_unknown, derivation_options_invalid, derivation_unsupported,
   * transcription_route_missing, provider_error (kind `no_text` for an empty transcript), asset_*,
   * spending_limit_reached.
   */
  'derivations.create': takes(() =>
    z.strictObject({
      profile: z.enum(derivationProfiles).default('canonical_text'),
      subject: DerivationSubject,
      options: z
        .strictObject({
          prompt: z.string().optional(),
          language: z.string().optional(),
          /** Refused, each (contract 10.3). */
          timestamps: z.boolean().optional(),
          diarization: z.boolean().optional(),
        })
        .optional(),
      /** Over the preferences, for this once: a route id and a model. */
      provider: z.string().optional(),
      model: z.string().optional(),
      force_refresh: z.boolean().default(false),
      retry_failed: z.boolean().default(false),
    }),
  ).returns<DerivationView & { readonly cache_status: 'hit' | 'miss'; readonly text?: string }>(),
  'derivations.get': takes(() => z.strictObject({ derivation_id: DerivationId })).returns<DerivationView>(),
  /** Newest first. */
  'derivations.list': takes(() =>
    z.strictObject({
      subject: DerivationSubject.optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
  ).returns<{ readonly derivations: readonly DerivationView[] }>(),
}
