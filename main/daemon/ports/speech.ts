import type { SoundModelView, SpeechChoice, Spoken } from '@contract/audio'
import type { MessageId, SessionId } from '@contract/ids'
import type { SpokenRef } from '@contract/message'
import type { AssetId } from '@contract/ids'
import type { ToolCall } from './tools'

/** A text to be spoken, as a tool or a person orders it; still unchecked. */
export interface SpeechOrder extends SpeechChoice {
  readonly input: string
  readonly instructions?: string | undefined
  /** Unchecked word: `mp3` or `pcm` here, the other words of contract 9.4 are refused. */
  readonly format?: string | undefined
}

/** Speaks for tools and for people alike (contract 9.4). */
export interface SpeechService {
  /** Whether any route has the backend (S28, S44). */
  isAvailable(): boolean
  models(routeId?: string): readonly SoundModelView[]
  defaultChoice(): { readonly provider: string; readonly model: string } | null
  /**
   * One recording, stored whole or not at all; none for the same text, model, route, voice, speed, format and
   * instructions twice. Of a tool call: its dispatch is journaled, its cost told. Faults as of `audio.speak`.
   */
  speak(
    order: SpeechOrder,
    by: {
      readonly signal: AbortSignal
      readonly call?: ToolCall
      readonly soft?: { readonly route_id: string; readonly model: string }
      readonly session_id?: SessionId
    },
  ): Promise<Spoken & { readonly transcript?: string }>
}

export interface SpeechStore {
  find(key: string):
    | {
        readonly asset_id: AssetId
        readonly route_id: string
        readonly model: string
        readonly voice: string
      }
    | undefined
  put(
    key: string,
    speech: {
      readonly asset_id: AssetId
      readonly route_id: string
      readonly model: string
      readonly voice: string
    },
    at_ms: number,
  ): void
  /** In place of what the message had of the same model and voice at that part. */
  keep(
    session: SessionId,
    message: MessageId,
    spoken: Omit<SpokenRef, 'asset'> & { readonly asset_id: AssetId },
  ): void
  of(message: MessageId): readonly SpokenRef[]
  peaks(id: AssetId): Uint8Array | undefined
  keepPeaks(id: AssetId, peaks: Uint8Array): void
}
