/** How long and how much the driver is patient. Times in milliseconds, sizes in bytes of text. */
export interface Limits {
  /** Until the answer's headers. */
  readonly first_byte_ms: number
  /** Between any two bytes after that; comments count (API reference 10, row 12). */
  readonly idle_ms: number
  /** After the content is complete, for the usage and the end of the body. */
  readonly linger_ms: number
  /** For the end of the body, after `[DONE]`. */
  readonly end_ms: number
  /** Of one event, and of one JSON body. */
  readonly event_size: number
  /** Of the body of a chat request (API reference 10, row 2). */
  readonly chat_size: number
  /** Of the body of a request for pictures. */
  readonly images_size: number
  /** Of an answer of chat completions with pictures in it (contract 9.2). */
  readonly image_chat_size: number
  /** For one request for pictures, from beginning to end (API reference 3.7). */
  readonly images_ms: number
  /** For one request for speech, from beginning to end (contract 9.4). */
  readonly speech_ms: number
  /** Of the sound of one request. */
  readonly speech_size: number
  /** For one transcription, and of its answer (contract 10.3). */
  readonly transcription_ms: number
  readonly transcript_size: number
  /** Of the body of a transcription: 25 MiB of sound in base64. */
  readonly transcription_size: number
}

export const defaultLimits: Limits = {
  first_byte_ms: 60_000,
  idle_ms: 120_000,
  linger_ms: 5_000,
  end_ms: 250,
  event_size: 64 * 1024 * 1024,
  chat_size: 20_000_000,
  images_size: 64_000_000,
  image_chat_size: 24 * 1024 * 1024,
  images_ms: 300_000,
  speech_ms: 120_000,
  speech_size: 12 * 1024 * 1024,
  transcription_ms: 120_000,
  transcript_size: 1024 * 1024,
  transcription_size: 40_000_000,
}
