/** What an artifact about media may say, and nothing else (contract 15). */
const numbers = ['prompt_length', 'image_count', 'choice_count', 'text_length'] as const
const words = ['model', 'path'] as const

/**
 * A summary as it is kept at every level: names, counts and settings. Whatever else is in it, words and bytes above all,
 * has no way in.
 */
export function keptSummary(summary: object): object {
  const given: Readonly<Record<string, unknown>> = { ...summary }
  const { modalities, config } = given
  const settings = Object.entries(typeof config === 'object' && config !== null ? config : {})
  return {
    ...pick(given, words, isWord),
    ...(Array.isArray(modalities) ? { modalities: modalities.filter(isWord) } : {}),
    ...(config === undefined
      ? {}
      : { config: Object.fromEntries(settings.filter(([, value]) => isSetting(value))) }),
    ...pick(given, numbers, (value) => typeof value === 'number'),
  }
}

const pick = (
  from: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  fits: (value: unknown) => boolean,
): object => Object.fromEntries(fields.flatMap((field) => (fits(from[field]) ? [[field, from[field]]] : [])))

const isWord = (value: unknown): boolean => typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value)
/** Such as `16:9`, `1536x1024`, `transparent`, 7. */
const isSetting = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && /^[\w.:-]{1,32}$/.test(value))
