import type { SoundModelView } from '@contract/audio'
import type { DerivationBackend } from '@contract/derivations'
import type { AssetId, DerivationId, MessageId, SessionId } from '@contract/ids'
import type { RunRecord } from './store'

export interface TranscriptionOptions {
  /** ≤ 2,000 and ≤ 32 letters (contract 10.3); with either, the text is not attached to the asset. */
  readonly prompt?: string | undefined
  readonly language?: string | undefined
}

export interface Transcribed {
  readonly text: string
  /** The `text/plain` asset it is kept as. */
  readonly text_asset_id: AssetId
  readonly backend: DerivationBackend
  /** The text was there already: nothing was asked of a provider. */
  readonly is_reused: boolean
  readonly cost_usd?: number
  /** The record of it, subject the asset; absent for a text that came otherwise. */
  readonly derivation_id?: DerivationId
}

/** Writes recordings down (contract 10.1 to 10.4). */
export interface TranscriptionService {
  isAvailable(): boolean
  models(routeId?: string): readonly SoundModelView[]
  defaultChoice(): { readonly provider: string; readonly model: string } | null
  /** Who would write down (contract 10.2). Faults: `route_unknown`, `transcription_route_missing`, `selector_…`. */
  choose(wish: {
    readonly provider?: string | undefined
    readonly model?: string | undefined
  }): { readonly route_id: string; readonly model: string } | undefined
  /**
   * The text of an audio asset, by reuse where contract 10.4 says so. Undefined where there is none: all samples are
   * zero and nothing is forced, or no route writes down. One at a time for each asset. Faults: `provider_error`,
   * `asset_*`, `unsupported_media_type`, `route_unknown`, `transcription_route_missing` for a named route without the
   * backend, `spending_limit_reached`, `interrupted`.
   */
  transcribe(
    id: AssetId,
    how: {
      readonly signal: AbortSignal
      readonly options?: TranscriptionOptions
      readonly provider?: string | undefined
      readonly model?: string | undefined
      /** The run's own route and model. */
      readonly soft?: { readonly route_id: string; readonly model: string }
      readonly force?: boolean
      /** Told as soon as it is known, whatever becomes of the rest; absent: it has a line of its own in the ledger. */
      readonly paid?: (usd: number) => void
      /** The chat it is for. */
      readonly session_id?: SessionId | undefined
    },
  ): Promise<Transcribed | undefined>
  /**
   * What a run's own message has of recordings gets its text before the model is asked: audio of its input, and
   * observations of a microphone without a text (contract 10.1). What fails, fails the run.
   */
  prepare(
    run: Pick<RunRecord, 'run_id' | 'session_id' | 'route_id' | 'model'>,
    message: MessageId,
    signal: AbortSignal,
    paid: (usd: number) => void,
  ): Promise<void>
  /** Whether `prepare` would have something to do. */
  needsPreparing(message: MessageId): boolean
}

/** Where the text of an asset comes from. */
export interface AssetText {
  readonly text_asset_id: AssetId
  readonly maker: 'uploader' | 'generator' | 'transcription'
  readonly route_id?: string
  readonly provider?: string
  readonly model?: string
}

export interface AssetTextStore {
  get(id: AssetId): AssetText | undefined
  /** In place of what it had; its file becomes the asset's derived text, and `words` are what it is found by. */
  put(id: AssetId, text: AssetText, at_ms: number, words?: string): void
}
