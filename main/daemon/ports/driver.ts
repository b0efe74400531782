import type { SpeechFormat } from '@contract/audio'
import type { Fault } from '@contract/fault'
import type { Delta } from '@contract/fold'
import type { AssetId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { ModelView, Upstream } from '@contract/models'
import type { ProviderPreferences } from '@contract/request-settings'
import type { Generation } from '@contract/runs'
import type { KeyInfo } from '@contract/secrets'
import type { ToolView } from '@contract/tools'
import type { ImageOptions } from '@contract/image-order'
import type { ImageModelView } from '@contract/images'
import type { AssetContents } from './assets'
import type { AttemptTap } from './attempt-tap'

/** Where and as whom to ask. `prefix` is the base of every endpoint, for instance `https://openrouter.ai/api/v1`. */
export interface Access {
  readonly route_id: string
  readonly prefix: string
  /** Held for this call only. */
  readonly key: string
}

/** One model turn, in our own dialect; the driver encodes it. */
export interface ChatTurn {
  readonly model: string
  /** Tried in order when the model fails. */
  readonly fallback_models?: readonly string[]
  readonly system: string
  /** Root to newest; the last one is the user's, or the answer that goes on now that its tools have run. */
  readonly history: readonly Message[]
  /** Where the bytes and texts of what is attached are read, at the last moment. */
  readonly contents?: AssetContents
  /** Pictures that travel as pictures: those of the newest turn, and of earlier ones what was chosen. */
  readonly pictures?: ReadonlySet<AssetId>
  /** What the model may call; absent or empty: nothing. */
  readonly tools?: readonly ToolView[]
  readonly generation: Generation
  readonly provider_preferences?: ProviderPreferences
  /** The catalogue's entry, when it is known. */
  readonly entry?: ModelView
  /** Sticky routing key. */
  readonly session_id: string
}

export interface Usage {
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly reasoning_tokens?: number
  readonly cached_tokens?: number
  /** US dollars as reported by the provider. */
  readonly cost_usd?: number
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'other'

/** What the provider did, in order. One `grew` per network read at most. */
export type ChatEvent =
  | { readonly is: 'accepted'; readonly generation_id?: string }
  /** A keep-alive comment: alive, nothing to show. */
  | { readonly is: 'waiting' }
  | {
      readonly is: 'served'
      readonly model?: string
      readonly provider?: string
      readonly generation_id?: string
      /** What came along with it is the next event: the first words, or the whole answer. */
      readonly goes_on?: true
    }
  | { readonly is: 'grew'; readonly deltas: readonly Delta[] }
  | { readonly is: 'usage'; readonly usage: Usage }
  | { readonly is: 'finished'; readonly reason: FinishReason; readonly native?: string }

/** An order of pictures, in our own dialect. */
export interface ImageAsk {
  readonly model: string
  readonly prompt: string
  /** 1 to 4; fewer may come back. */
  readonly count: number
  /** As of contract 9.2. */
  readonly size?: string
  readonly options?: ImageOptions
  /** The picture that is edited first. */
  readonly references: readonly { readonly bytes: Uint8Array; readonly media_type: string }[]
  /** `chat`: through chat completions, for models and addresses without an image endpoint (API reference 3.6). */
  readonly path: 'images' | 'chat'
  /** The image catalogue's entry and the model's own, when they are known. */
  readonly image_entry?: ImageModelView
  readonly entry?: ModelView
  readonly provider_preferences?: ProviderPreferences
  readonly session_id: string
}

/** What was made: bytes as they came, neither decoded nor kept. */
export interface ImagesMade {
  readonly images: readonly { readonly bytes: Uint8Array; readonly media_type?: string }[]
  readonly text?: string
  readonly usage?: Usage
  readonly generation_id?: string
  readonly served_model?: string
  readonly served_provider?: string
  /** Why there are fewer than were asked for, where a request of several failed. */
  readonly failure?: Fault
}

/** A picture on its way; never stored. */
export interface ImagePartial {
  readonly index: number
  readonly bytes: Uint8Array
  readonly media_type: string
}

/** A text to be spoken, short enough for one request. */
export interface SpeechAsk {
  readonly model: string
  readonly input: string
  readonly voice: string
  readonly format: SpeechFormat
  readonly speed?: number
  readonly instructions?: string
  readonly session_id?: string
}

/** Sound as it comes. */
export interface SpeechMade {
  /** `audio/mpeg`, or `audio/l16` for 16-bit little-endian samples without a header. */
  readonly media_type: 'audio/mpeg' | 'audio/l16'
  /** Of samples without a header. */
  readonly sample_rate: number
  readonly channels: number
  readonly generation_id?: string
  /** Fails with `cut_short` on an early close or half a sample, `too_large` beyond the limit (contract 9.4). */
  readonly bytes: AsyncIterable<Uint8Array>
  readonly transcript?: string
}

/** A recording to be written down, checked and short enough for one request. */
export interface TranscriptionAsk {
  readonly model: string
  readonly bytes: Uint8Array
  /** By the bytes (contract 10.3): `wav mp3 m4a webm ogg aac flac pcm16 pcm24`. */
  readonly format: string
  readonly prompt?: string
  readonly language?: string
  readonly session_id?: string
}
export interface Transcript {
  /** Trimmed; never empty. */
  readonly text: string
  readonly usage?: Usage & { readonly seconds?: number }
  readonly generation_id?: string
}

/** What of an order may be kept as evidence, at every level: neither prompt nor bytes (contract 15). */
export type ImageSummary =
  | {
      readonly is: 'request'
      readonly model: string
      readonly path: ImageAsk['path']
      readonly modalities: readonly string[]
      readonly config: Readonly<Record<string, unknown>>
      readonly prompt_length: number
      readonly image_count: number
    }
  | {
      readonly is: 'response'
      readonly model: string
      readonly choice_count: number
      readonly image_count: number
      readonly text_length: number
    }

export interface ImageHearing {
  readonly partial?: (picture: ImagePartial) => void
  readonly summary?: (summary: ImageSummary) => void
}

/** What the generation record says (API reference 6.6). */
export interface GenerationRecord {
  readonly served_model?: string
  readonly served_provider?: string
  readonly cost_usd?: number
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
}

/**
 * One provider. Everything it throws is a `Failure` with `provider_error` (retryable decided here) or `interrupted`
 * when the signal aborted. Nothing is retried inside.
 */
export interface Driver {
  /** Ends normally only after a `finished`; a stream that breaks off throws `cut_short` after what arrived. */
  streamChat(access: Access, turn: ChatTurn, signal: AbortSignal, tap?: AttemptTap): AsyncIterable<ChatEvent>
  /** The key endpoint: the right credential check. A refused key is `key_refused`. */
  checkKey(access: Access, signal: AbortSignal): Promise<KeyInfo>
  /**
   * Makes pictures. Beside the usual faults `provider_error` of kind `no_image` for a success without one, and of kind
   * `no_endpoint` with HTTP status 404 where there is no image endpoint. An explicit 502 is asked once more inside,
   * nothing else is (API reference 3.7).
   */
  makeImages(access: Access, ask: ImageAsk, signal: AbortSignal, hearing?: ImageHearing): Promise<ImagesMade>
  /** The image catalogue with descriptors and prices; undefined where there is none (404). */
  listImageModels(access: Access, signal: AbortSignal): Promise<readonly ImageModelView[] | undefined>
  /** Speaks. A 400 about the format is asked once more inside, as samples. Resolves when the first bytes are there. */
  speak(access: Access, ask: SpeechAsk, signal: AbortSignal): Promise<SpeechMade>
  /** Writes down. Without words the text is empty, and costs what it costs. */
  transcribe(access: Access, ask: TranscriptionAsk, signal: AbortSignal): Promise<Transcript>
  /** Bad entries are skipped, never the list. */
  listModels(access: Access, signal: AbortSignal): Promise<readonly ModelView[]>
  /** Who may serve behind this route. */
  listUpstreams(access: Access, signal: AbortSignal): Promise<readonly Upstream[]>
  /** Undefined while the record is not there yet. */
  findGeneration(
    access: Access,
    generationId: string,
    signal: AbortSignal,
  ): Promise<GenerationRecord | undefined>
  /** Where the browser goes to sign in. */
  signInUrl(prefix: string, callbackUrl: string, challenge: string): string
  /** PKCE exchange: the code for a key. */
  exchangeCode(prefix: string, code: string, verifier: string, signal: AbortSignal): Promise<string>
}
