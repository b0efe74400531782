import type { InputOf } from '@contract/define'
import type { AssetId, SessionId } from '@contract/ids'
import type { imageCalls, ImageModelView } from '@contract/images'
import { longestPrompt, mostPictures, mostSources, type ImageOptions } from '@contract/image-order'

export interface ModelChoice {
  readonly provider: string
  readonly model: string
}

/** How pictures are to be made; stays the same from picture to picture and from day to day. */
export interface OrderSettings {
  /** Null: as the daemon would choose. */
  readonly choice: ModelChoice | null
  readonly count: number
  /** `auto`: as the source. */
  readonly size: string
  readonly options: ImageOptions
}

export const defaultSettings: OrderSettings = { choice: null, count: 1, size: 'auto', options: {} }

/** The sizes that every image route takes (contract 9.2). */
export const sizes = ['auto', 'square', '1536x1024', '1024x1536', '1792x1024', '1024x1792'] as const

/** Fields a person may set, in the order they are offered, as far as the model's descriptors know them. */
export const optionFields = ['resolution', 'quality', 'background', 'output_format', 'seed'] as const
export type OptionField = (typeof optionFields)[number]

export const optionsOf = (model: ImageModelView | undefined): readonly OptionField[] =>
  model ? optionFields.filter((field) => Object.hasOwn(model.parameters, field)) : []

export const isSame = (model: ImageModelView, choice: ModelChoice | null): boolean =>
  choice !== null && model.route_id === choice.provider && model.id === choice.model

/** What was chosen, else what an order without a model gets, else the first that edits. */
export function modelInForce(
  models: readonly ImageModelView[],
  settings: Pick<OrderSettings, 'choice'>,
  fallback: ModelChoice | null,
): ImageModelView | undefined {
  const editing = models.filter(({ can_edit }) => can_edit)
  return (
    editing.find((model) => isSame(model, settings.choice)) ??
    editing.find((model) => isSame(model, fallback)) ??
    editing[0]
  )
}

export interface ModelGroup {
  readonly route_id: string
  readonly models: readonly ImageModelView[]
}

/** Those that edit, in groups of their routes, as they come. */
export function groupModels(models: readonly ImageModelView[]): readonly ModelGroup[] {
  const groups = new Map<string, ImageModelView[]>()
  for (const model of models) {
    if (!model.can_edit) continue
    const group = groups.get(model.route_id) ?? []
    group.push(model)
    groups.set(model.route_id, group)
  }
  return [...groups].map(([route_id, members]) => ({ route_id, models: members }))
}

/** US dollars of all pictures, where the price of one is known. */
export const estimateUsd = (
  model: Pick<ImageModelView, 'usd_per_image'> | undefined,
  count: number,
): number | undefined => (model?.usd_per_image === undefined ? undefined : model.usd_per_image * count)

/** Pictures that may be given along: the source is one of those the model and the daemon take. */
export const mostReferences = (model: Pick<ImageModelView, 'most_references'> | undefined): number =>
  Math.max(0, Math.min(mostSources, model?.most_references ?? mostSources) - 1)

/** Why nothing can be ordered; null: it can. */
export type Hindrance = 'no_model' | 'no_words' | 'too_long' | 'too_many_references'

export function hindranceOf(
  instruction: string,
  model: ImageModelView | undefined,
  references: number,
): Hindrance | null {
  if (!model) return 'no_model'
  if (instruction.trim() === '') return 'no_words'
  if (instruction.trim().length > longestPrompt) return 'too_long'
  return references > mostReferences(model) ? 'too_many_references' : null
}

/** The order as the daemon takes it; what the model doesn't know is left out. */
export function orderOf(given: {
  readonly session_id: SessionId
  readonly idempotency_key: string
  readonly instruction: string
  readonly settings: OrderSettings
  readonly model: ImageModelView
  readonly sources: readonly AssetId[]
  readonly region: { readonly mask_base64: string; readonly feather_px: number } | null
}): InputOf<(typeof imageCalls)['images.submit']> {
  const { settings, model, region } = given
  const known = optionsOf(model).filter((field) => settings.options[field] !== undefined)
  const options: ImageOptions = Object.fromEntries(known.map((field) => [field, settings.options[field]]))
  return {
    session_id: given.session_id,
    idempotency_key: given.idempotency_key,
    prompt: given.instruction.trim(),
    count: Math.min(Math.max(settings.count, 1), mostPictures),
    provider: model.route_id,
    model: model.id,
    source_asset_ids: [...given.sources],
    // A region is laid back into the source: its size is the source's.
    ...(settings.size === 'auto' || region ? {} : { size: settings.size }),
    ...(known.length > 0 ? { options } : {}),
    ...(region ? { region } : {}),
  }
}
