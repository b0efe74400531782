import type { Usage } from '../ports/driver'

/** A picture as an answer has it: base64, a data URL or an address. */
export interface Found {
  readonly source: string
  readonly media_type?: string
}

/** What one answer brought. */
export interface Answered {
  readonly found: readonly Found[]
  readonly text: string
  readonly choice_count: number
  readonly usage?: Usage
  readonly generation_id?: string
  readonly served_model?: string
  readonly served_provider?: string
}

type Fields = Readonly<Record<string, unknown>>
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** An entry of `images`, `data` or of a content list, in every form that was seen; undefined: no picture. */
export function findPicture(entry: unknown): Found | undefined {
  if (typeof entry === 'string') return entry.trim() === '' ? undefined : { source: entry.trim() }
  const fields = fieldsOf(entry)
  const inner = fieldsOf(fields['image_url'])
  const source = [fields['image_url'], inner['url'], fields['b64_json'], inner['b64_json'], fields['url']]
    .map(textIn)
    .find((text) => text.trim() !== '')
  const media_type = textIn(fields['media_type'] ?? fields['mime_type'])
    .trim()
    .toLowerCase()
  return source === undefined ? undefined : { source: source.trim(), ...(media_type ? { media_type } : {}) }
}

export const findPictures = (entries: unknown): readonly Found[] =>
  listOf(entries).flatMap((entry) => findPicture(entry) ?? [])
