import { fault } from '@contract/fault'
import { Failure } from '../failure'

export interface GivenUpload {
  readonly idempotency_key: string
  readonly captured_at_ms?: number | undefined
  readonly stream_id?: string | undefined
  readonly seq_no?: number | undefined
  readonly canonical_text?: string | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}
export interface ReadUpload {
  /** Trimmed. */
  readonly idempotency_key: string
  readonly captured_at_ms?: number
  readonly stream_id?: string
  readonly seq_no?: number
  /** Not blank. */
  readonly canonical_text?: string
  readonly metadata?: Readonly<Record<string, unknown>>
}

const longestKey = 256
/** Characters of JSON. */
const longestMetadata = 65_536

/** The fields beside the bytes (contract 11.2). Fault: `observation_invalid` with the field. */
export function readUpload(given: GivenUpload): ReadUpload {
  const { captured_at_ms, stream_id, seq_no, canonical_text, metadata } = given
  if (captured_at_ms !== undefined && !(Number.isSafeInteger(captured_at_ms) && captured_at_ms >= 0))
    throw invalid('captured_at_ms', 'When something was captured is a whole number of milliseconds.')
  if (seq_no !== undefined && !(Number.isSafeInteger(seq_no) && seq_no >= 0))
    throw invalid('seq_no', 'A sequence number is a whole number from zero.')
  if (metadata !== undefined && JSON.stringify(metadata).length > longestMetadata)
    throw invalid('metadata', `Metadata has at most ${longestMetadata} characters.`)
  return {
    idempotency_key: readKey(given.idempotency_key),
    ...(captured_at_ms === undefined ? {} : { captured_at_ms }),
    ...(stream_id === undefined ? {} : { stream_id: readStreamId(stream_id) }),
    ...(seq_no === undefined ? {} : { seq_no }),
    ...(canonical_text === undefined || canonical_text.trim() === '' ? {} : { canonical_text }),
    ...(metadata === undefined || Object.keys(metadata).length === 0 ? {} : { metadata }),
  }
}

export function readKey(given: string): string {
  const key = given.trim()
  if (key === '') throw invalid('idempotency_key', 'An upload needs an idempotency key.')
  if (/\p{Cc}/u.test(key)) throw invalid('idempotency_key', 'An idempotency key has no control characters.')
  if (byteLength(key) > longestKey)
    throw invalid('idempotency_key', `An idempotency key has at most ${longestKey} bytes.`)
  return key
}

export function readStreamId(id: string): string {
  if (/^[A-Za-z0-9._:-]{1,128}$/u.test(id)) return id
  throw invalid(
    'stream_id',
    'A stream’s id is up to 128 letters, digits, dots, colons, dashes and underscores.',
  )
}

/** A stream is one of its source. */
export function checkStreamFilter(source_id: string | undefined, stream_id: string | undefined): void {
  if (stream_id === undefined) return
  if (source_id === undefined)
    throw invalid('stream_id', 'A stream is looked for in its source; name it, too.')
  readStreamId(stream_id)
}

/** In UTF-8. */
const byteLength = (text: string): number =>
  [...text].reduce((sum, character) => {
    const code = character.codePointAt(0) ?? 0
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)
  }, 0)
export const invalid = (field: string, detail: string) =>
  new Failure(fault('observation_invalid', detail, { field }))
