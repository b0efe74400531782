import type { SoundModelView, usualVoices as Contracted } from '@contract/audio'

export interface Choice {
  readonly value: string
  readonly words: string
}

/** The contract's own, without the schemas beside it: where a model tells of no voices. */
const usualVoices: typeof Contracted = [
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
]

/** A select knows no empty value. */
export const unset = 'automatic'

export const selectorOf = ({ route_id, id }: Pick<SoundModelView, 'route_id' | 'id'>): string =>
  `${route_id}/${id}`

/** As the catalogue calls it, without the vendor before it, or by its id. */
export const nameIn = (
  models: readonly SoundModelView[],
  { provider, model }: { readonly provider: string; readonly model: string },
): string =>
  (models.find(({ route_id, id }) => route_id === provider && id === model)?.name || model).replace(
    /^[^:]{1,40}: /,
    '',
  )

/** Models by selector, after what is done without a choice; one that is chosen and gone stays in the list. */
export function modelChoices(
  models: readonly SoundModelView[],
  chosen: string,
  automatic: string,
): readonly Choice[] {
  const known = models.map((model) => ({ value: selectorOf(model), words: model.name || model.id }))
  const isGone = chosen !== '' && !known.some(({ value }) => value === chosen)
  return [{ value: unset, words: automatic }, ...known, ...(isGone ? [{ value: chosen, words: chosen }] : [])]
}

/** Of the model in force; where it tells of none, the usual ones. */
export function voiceChoices(
  voices: readonly string[] | undefined,
  chosen: string,
  automatic: string,
): readonly Choice[] {
  const all = voices && voices.length > 0 ? voices : usualVoices
  const shown = chosen === '' || all.includes(chosen) ? all : [...all, chosen]
  return [{ value: unset, words: automatic }, ...shown.map((voice) => ({ value: voice, words: voice }))]
}

/** ISO 639-1, by their names in `locale`. */
export function languageChoices(locale: string, chosen: string, automatic: string): readonly Choice[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const all = chosen === '' || spoken.includes(chosen) ? spoken : [...spoken, chosen]
  const named = all.map((value) => ({ value, words: names.of(value) ?? value }))
  return [
    { value: unset, words: automatic },
    ...named.sort((one, other) => one.words.localeCompare(other.words, locale)),
  ]
}

const spoken: readonly string[] = (
  'ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv ta th tr ' +
  'uk ur vi zh'
).split(' ')
