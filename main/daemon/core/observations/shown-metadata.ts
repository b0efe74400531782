type Metadata = Readonly<Record<string, unknown>>

/** What of an uploader's metadata a model is told, in this order. */
const shownKeys = [
  'capture_group_id',
  'device',
  'display',
  'application',
  'window_title',
  'url',
  'place',
  'language',
  'speaker',
  'duration_ms',
  'note',
] as const
/** Characters of one value. */
const longest = 256

/** The fields a model may hear of; undefined where there are none. */
export function selectMetadata(metadata: Metadata | undefined): Metadata | undefined {
  const found = shownKeys.flatMap((key) => {
    const value = metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined
    return value === undefined || value === null ? [] : [[key, value] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** `key=value` for each: what is plain as it is, everything else as JSON, so that no value can pretend to be a field. */
export const metadataWords = (metadata: Metadata | undefined): readonly string[] =>
  Object.entries(selectMetadata(metadata) ?? {}).map(([key, value]) => `${key}=${valueWord(value)}`)

export function valueWord(value: unknown): string {
  const said = cut(typeof value === 'string' ? value : JSON.stringify(value))
  return /^[\p{L}\p{N}_.:/@+-]+$/u.test(said) ? said : escaped(said)
}

const cut = (text: string): string => {
  const characters = [...text]
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`
}

/** JSON leaves line separators and direction marks as they are; they don't belong into one line. */
const escaped = (text: string): string =>
  JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (odd) =>
    [...Array(odd.length).keys()]
      .map((at) => `\\u${odd.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  )
