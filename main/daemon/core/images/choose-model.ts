/** The model of chats that nobody chose, which makes no pictures (contract 9.2). */
export const defaultChatModel = 'openai/gpt-5.4-mini'
/** What makes pictures where nobody said what does (contract 9.2). */
export const defaultImageModel = 'openai/gpt-5-image-mini'

export type ImageOperation = 'generate' | 'edit'

/** What a catalogue says of a model; absent: nothing. */
export interface KnownAbility {
  readonly makes?: boolean
  /** Takes pictures as well. */
  readonly edits?: boolean
}
export type FindAbility = (route_id: string, model: string) => KnownAbility

const speaking =
  /image|imagen|dall-e|flux|seedream|recraft|riverflow|ideogram|stable-diffusion|sdxl|midjourney/

/** Whether a model makes pictures: as a catalogue knows it, else by its name. */
export function makesPictures(model: string, operation: ImageOperation, known: KnownAbility): boolean {
  const makes = known.makes ?? speaking.test(model.slice(model.indexOf('/') + 1).toLowerCase())
  return makes && (operation === 'generate' || (known.edits ?? true))
}

/**
 * The model that is asked on a route (contract 9.2). One that was named is taken as it is; blank, or the default model
 * of chats, means the default for pictures. Otherwise the first of `own` (the run's, the route's) that makes them.
 */
export function chooseImageModel(
  named: string | undefined,
  own: readonly string[],
  isAble: (model: string) => boolean,
): string {
  if (named !== undefined) {
    const model = named.trim()
    return model === '' || model === defaultChatModel ? defaultImageModel : model
  }
  return own.find(isAble) ?? defaultImageModel
}
