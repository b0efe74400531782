import type { ReadUpload } from './read-upload'

/**
 * Everything that makes an upload what it is, as canonical text; its digest is the request fingerprint (contract 11.2).
 * A capture time that was not given is no part of it: a repeat would have another.
 */
export const canonicalUpload = (
  source_id: string,
  file: {
    readonly file_name: string
    readonly media_type?: string | undefined
    /** Of the bytes as they came. */
    readonly sha256: string
  },
  { captured_at_ms, stream_id, seq_no, canonical_text, metadata }: ReadUpload,
): string =>
  JSON.stringify([
    'v1',
    'observation',
    source_id,
    file.file_name,
    file.media_type?.trim() || null,
    file.sha256,
    captured_at_ms ?? null,
    stream_id ?? null,
    seq_no ?? null,
    canonical_text ?? null,
    sorted(metadata ?? null),
  ])

/** Objects by their keys, all the way down. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, each]) => [key, sorted(each)])
}
