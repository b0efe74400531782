import type { Behaviour } from './behaviour'
import { givesPictures, findImageModel } from './image-models'
import { carryOut, openAll, orderOf } from './image-order'
import { billFor } from './images'
import { lookThrough } from './look'
import type { DemoModel } from './models'
import { mediaTypeOf } from './pictures/encode'
import { noSuchOutput, noTools } from './refuse'
import { textOf, type AskedMessage } from './respond'
import type { DemoUsage } from './accounts'

export interface PictureWish {
  readonly modalities?: unknown
  readonly image_config?: unknown
  readonly tools?: unknown
}

/** What stands against a wish for pictures, or against their model (API reference 3.6); undefined: nothing. */
export function refusePictures(model: DemoModel, { modalities, tools }: PictureWish): object | undefined {
  const asked = Array.isArray(modalities) ? (modalities as unknown[]) : []
  const gives = model.architecture.output_modalities
  if (!asked.every((kind) => gives.includes(String(kind)))) return noSuchOutput(asked)
  return givesPictures(model) && Array.isArray(tools) && tools.length > 0 ? noTools() : undefined
}

/** Whether the answer has a picture: asked for one, or unable to give anything else. */
export const wantsPicture = (model: DemoModel, { modalities }: PictureWish): boolean =>
  givesPictures(model) &&
  ((Array.isArray(modalities) && modalities.includes('image')) ||
    !model.architecture.output_modalities.includes('text'))

export interface Drawn {
  /** Entries of `message.images`. */
  readonly images: readonly unknown[]
  readonly text: string
  readonly usage: DemoUsage
}

/** Draws for the newest turn; null when a picture of it is broken. */
export async function draw(
  model: DemoModel,
  messages: readonly AskedMessage[],
  { image_config }: PictureWish,
  behaviour: Behaviour,
): Promise<Drawn | null> {
  const newest = messages.filter((message) => message.role === 'user').slice(-1)
  const references = await openAll(lookThrough(newest).pictures)
  if (!references) return null
  const config = (typeof image_config === 'object' && image_config !== null ? image_config : {}) as {
    image_size?: unknown
  }
  const prompt = newest.map(({ content }) => textOf(content)).join('\n') || 'nothing in particular'
  const order = orderOf(prompt, references, { ...config, resolution: config.image_size })
  const made = await carryOut(order, behaviour)
  const images = made.map(({ bytes, format }, index) =>
    entryOf(bytes.toString('base64'), mediaTypeOf(format), index, behaviour),
  )
  const usd = findImageModel(model.id)?.family.usd ?? 0
  const says = model.architecture.output_modalities.includes('text')
  return {
    images,
    text: behaviour.text ?? (says ? `Here is “${prompt.slice(0, 80)}”.` : ''),
    usage: billFor(order, made.length, usd),
  }
}

/** The forms in which pictures were seen on the wire. */
function entryOf(
  base64: string,
  type: string,
  index: number,
  { picture_form, picture_url }: Behaviour,
): unknown {
  const url = picture_url ?? (picture_form === 'base64' ? base64 : `data:${type};base64,${base64}`)
  if (picture_form === 'string') return url
  if (picture_form === 'untyped') return { image_url: { url } }
  return { type: 'image_url', image_url: { url }, index }
}
