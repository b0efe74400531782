import { z } from 'zod'
import type { AssetRow } from './assets'
import { takes } from './define'
import { AssetId, MessageId, SessionId } from './ids'

/** Letters that are spoken by one order (contract 9.4). */
export const longestSpeech = 4_096
export const longestInstructions = 4_000
export const speechFormats = ['mp3', 'pcm'] as const
export type SpeechFormat = (typeof speechFormats)[number]

/** What a route speaks with where the catalogue names no voices of a model (contract 9.4). */
export const usualVoices = [
  'alloy',
  'ash',
  'ballad',
  'cedar',
  'coral',
  'echo',
  'fable',
  'marin',
  'nova',
  'onyx',
  'sage',
  'shimmer',
  'verse',
] as const

/** A model that speaks or writes down, on one route. */
export interface SoundModelView {
  readonly route_id: string
  readonly id: string
  readonly name: string
  /** Speech only; empty: nothing is known, the usual set is tried. */
  readonly voices: readonly string[]
}

/** How something is to be spoken. What is missing is the preference's, then the contract's default. */
export const SpeechChoice = z.strictObject({
  /** A route id. */
  provider: z.string().optional(),
  model: z.string().optional(),
  voice: z.string().max(96).optional(),
  /** 0.25 to 4. */
  speed: z.number().min(0.25).max(4).optional(),
})
export type SpeechChoice = z.infer<typeof SpeechChoice>

/** Chosen by whoever asks, so that progress and stopping can name it. */
export const SpeechId = z.string().min(1).max(80)

export interface Spoken {
  readonly asset: AssetRow
  readonly route_id: string
  readonly model: string
  readonly voice: string
  /** The same text, model and voice were there already: nothing was asked of a provider. */
  readonly is_reused: boolean
  readonly cost_usd?: number
}

/** Peaks of a recording for drawing it: `count` values of 0 to 255, the loudest moment of each equal stretch. */
export const peakCount = 1_000

export const audioCalls = {
  /**
   * Speech of a text, kept in the library. Faults: speech_invalid (field), speech_route_missing, route_unknown,
   * provider_error (also kind `no_audio`), spending_limit_reached, interrupted, asset_*.
   */
  'audio.speak': takes(() =>
    SpeechChoice.extend({
      speech_id: SpeechId.optional(),
      input: z.string(),
      instructions: z.string().optional(),
      format: z.enum(speechFormats).optional(),
    }),
  ).returns<Spoken>(),
  /**
   * Speech of an answer, kept with it (`Message.spoken`): as many recordings as its length needs, each published by
   * `message.changed` as soon as it is whole. What is there already is not made again. Faults as of `audio.speak`, and
   * `message_not_found`, `speech_empty` when there is nothing to say in it.
   */
  'audio.readAloud': takes(() =>
    SpeechChoice.extend({
      speech_id: SpeechId.optional(),
      session_id: SessionId,
      message_id: MessageId,
    }),
  ).returns<{ readonly spoken: readonly Spoken[] }>(),
  /** Ends a speech that is being made; one that is not changes nothing. */
  'audio.cancelSpeech': takes(() => z.strictObject({ speech_id: SpeechId })).returns<void>(),
  /** From the store, without the network: what speaks and what writes down, and what is used unless told otherwise. */
  'audio.models': takes(() => z.strictObject({ provider: z.string().optional() })).returns<{
    readonly speech: readonly SoundModelView[]
    readonly transcription: readonly SoundModelView[]
    readonly default_speech: { readonly provider: string; readonly model: string } | null
    readonly default_transcription: { readonly provider: string; readonly model: string } | null
  }>(),
  /** As kept before; null when nobody has drawn it yet. Fault: asset_not_found. */
  'audio.peaks': takes(() => z.strictObject({ asset_id: AssetId })).returns<{
    /** Base64 of `peakCount` bytes. */
    readonly peaks: string | null
  }>(),
  'audio.keepPeaks': takes(() =>
    z.strictObject({ asset_id: AssetId, peaks: z.string().length(4 * Math.ceil(peakCount / 3)) }),
  ).returns<void>(),
}
