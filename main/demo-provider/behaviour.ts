import type { PictureFormat } from './pictures/encode'

/** Which door of the provider a behaviour waits behind. */
export type Door =
  | 'chat'
  | 'images'
  | 'image_models'
  | 'models'
  | 'providers'
  | 'key'
  | 'generation'
  | 'exchange'
  | 'transcription'
  | 'speech'

/** The forms a picture takes in a chat answer (API reference 3.6). */
export type PictureForm = 'object' | 'untyped' | 'string' | 'base64'

/** The forms an error takes inside a stream (API reference 1.9). */
export type ErrorForm = 'numeric' | 'string_code' | 'no_code' | 'empty_choices' | 'in_choice' | 'bare'

/**
 * What the provider does with one of the next requests, instead of or on top of its usual answer. Plain JSON, so that
 * a test in another process can post it to `/__script`. Times in milliseconds.
 */
export interface Behaviour {
  /** Default: chat. */
  readonly on?: Door
  /** How many requests it meets; default 1. */
  readonly times?: number

  /** Waits this long before the first byte of the answer. */
  readonly delay_ms?: number
  /** Takes the request and never answers, or closes the socket without a word. */
  readonly instead?: 'hang' | 'reset'
  /** A whole answer as given: an object is sent as JSON, a string as it is. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown

  /** Answers 400 unless some assistant message carries exactly these `reasoning_details` (API reference 2.5). */
  readonly expects_details?: readonly unknown[]

  /** Models whose upstream is down: the next one of `models` is tried. */
  readonly failing_models?: readonly string[]
  /** Says that somebody else answered, whatever was asked for: an upstream's name, a model's id, or null for no word. */
  readonly serve_as?: { readonly provider?: string | null; readonly model?: string }

  /** The answer's text, in place of one made from the conversation. */
  readonly text?: string
  readonly reasoning?: string
  /** Each entry is the `reasoning_details` list of one chunk. */
  readonly reasoning_details?: readonly (readonly Readonly<Record<string, unknown>>[])[]
  /** Keeps the last piece of `reasoning_details` back until the text has begun. */
  readonly late_detail?: boolean
  /** Each entry is the `tool_calls` list of one chunk. */
  readonly tool_calls?: readonly (readonly Readonly<Record<string, unknown>>[])[]
  readonly finish_reason?: string
  /** An answer of exactly so many tokens. */
  readonly tokens?: number
  readonly tokens_per_second?: number
  /** One event whose text is this long. */
  readonly huge_event_bytes?: number
  /** Answers JSON although a stream was asked for. */
  readonly as_json?: boolean
  /** A recorded stream, sent byte for byte in place of everything else; of speech in base64. */
  readonly recording?: string

  /** At most so many pictures; 0 is an answer without one. */
  readonly pictures?: number
  /** In place of the format that was asked for. */
  readonly picture_format?: PictureFormat
  /** What is said of it; null: nothing. */
  readonly media_type?: string | null
  readonly picture_form?: PictureForm
  /** Where the picture of a chat answer is said to lie. */
  readonly picture_url?: string
  /** Previews before a streamed picture; default 3. */
  readonly partials?: number
  /** Of an order of pictures; was seen as 0. */
  readonly created?: number

  /** Speech: letters that are taken at most; default 4,096. */
  readonly longest_input?: number
  /** Hummed instead of spoken, whatever programs there are: quick, and the same each time. */
  readonly plain_voice?: boolean
  /** Between two pieces of sound, which are `split_every` bytes long. */
  readonly drip_ms?: number

  readonly line_end?: '\n' | '\r\n'
  /** Comments before the first chunk, and one more after every so many chunks. */
  readonly comments?: number
  readonly comment_every?: number
  readonly comment_interval_ms?: number
  readonly usage?: 'empty_choices' | 'empty_delta' | 'none'
  readonly repeat_finish?: boolean
  /** False leaves `[DONE]` out. */
  readonly done?: boolean

  /** Writes pieces of at most this many bytes, each in a packet of its own. */
  readonly split_every?: number
  /** Breaks off after so many content chunks (or bytes). */
  readonly after_chunks?: number
  readonly after_bytes?: number
  /** Default: the error chunk when `error` is given, else the end of the body. */
  readonly ending?: 'end' | 'reset' | 'stall' | 'error'
  readonly error?: ErrorForm
  readonly error_message?: string
}

/** Behaviours waiting for their requests, first come first served per door. */
export function createScript(first: readonly Behaviour[] = []) {
  let waiting = [...first]
  return {
    add: (behaviours: readonly Behaviour[]) => void waiting.push(...behaviours),
    clear: () => void (waiting = []),
    /** Takes the next behaviour for a door; an empty one when nothing was asked. */
    take(door: Door): Behaviour {
      const place = waiting.findIndex((one) => (one.on ?? 'chat') === door)
      const found = waiting[place]
      if (!found) return {}
      const left = (found.times ?? 1) - 1
      waiting = waiting.flatMap((one, at) =>
        at !== place ? [one] : left > 0 ? [{ ...one, times: left }] : [],
      )
      return found
    },
  }
}
export type Script = ReturnType<typeof createScript>
