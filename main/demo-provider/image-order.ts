import type { Image } from '@napi-rs/canvas'
import type { Behaviour } from './behaviour'
import { refuse } from './refuse'
import type { findImageModel } from './image-models'
import { encodePicture, pictureFormats, type PictureFormat } from './pictures/encode'
import { openPicture } from './pictures/open-picture'
import { paint } from './pictures/paint'
import { retouch } from './pictures/retouch'
import { sizeLike, sizeOf, type Size } from './pictures/size'
import { numberOf } from './pictures/words'

type ImageModel = NonNullable<ReturnType<typeof findImageModel>>

/** An order of pictures that can be carried out. */
export interface Order {
  readonly prompt: string
  readonly references: readonly Image[]
  readonly count: number
  readonly size: Size
  readonly seed: number
  readonly format: PictureFormat
  readonly isTransparent: boolean
}

/** Why it can't: the answer's status and body. */
export interface Refusal {
  readonly status: number
  readonly body: object
}

export interface OrderBody {
  readonly model?: unknown
  readonly prompt?: unknown
  readonly input_references?: unknown
  readonly n?: unknown
  readonly size?: unknown
  readonly aspect_ratio?: unknown
  readonly resolution?: unknown
  readonly output_format?: unknown
  readonly background?: unknown
  readonly seed?: unknown
  readonly stream?: unknown
  readonly [field: string]: unknown
}

const bad = (message: string, type = 'invalid_request'): Refusal => ({
  status: 400,
  body: refuse(400, message, type),
})

const free = new Set([
  'model',
  'prompt',
  'input_references',
  'stream',
  'provider',
  'session_id',
  'user',
  'trace',
])

/** Reads the body of `POST /images` as strictly as the provider does (API reference 3.2, 3.5). */
export async function readOrder(body: OrderBody, { model, family }: ImageModel): Promise<Order | Refusal> {
  const { prompt, input_references = [] } = body
  if (typeof prompt !== 'string' || prompt === '') return bad('prompt: at least one character is required')
  for (const [field, value] of Object.entries(body)) {
    if (free.has(field) || value === undefined) continue
    const known = family.parameters[field]
    const fits =
      known?.type === 'enum'
        ? known.values.some((one) => one === value)
        : known?.type === 'range'
          ? Number.isInteger(value) && Number(value) >= known.min && Number(value) <= known.max
          : known !== undefined
    if (!fits) return bad(`${field}: ${JSON.stringify(value)} is not supported by ${model.id}`)
  }
  if (body.background === 'transparent' && body.output_format === 'jpeg') {
    return bad('background: transparent needs png or webp')
  }
  const urls = referenceUrls(input_references)
  if (!urls) return bad('input_references: expected objects of type image_url')
  const references = await openAll(urls)
  const most = family.parameters['input_references']
  if (most?.type === 'range' && urls.length > most.max) {
    return bad(`input_references: at most ${most.max} are supported by ${model.id}`)
  }
  if (!references) return bad('Could not process image', 'invalid_image')
  return orderOf(prompt, references, body)
}

/** The order that a request of either endpoint amounts to. */
export function orderOf(prompt: string, references: readonly Image[], wish: OrderBody): Order {
  const [first] = references
  const format = pictureFormats.find((known) => known === wish.output_format) ?? 'png'
  return {
    prompt,
    references,
    count: typeof wish.n === 'number' ? wish.n : 1,
    size: sizeOf(wish) ?? (first ? sizeLike(first) : { width: 1024, height: 1024 }),
    seed: typeof wish.seed === 'number' ? wish.seed : numberOf(prompt),
    format,
    isTransparent: wish.background === 'transparent',
  }
}

function referenceUrls(given: unknown): readonly string[] | undefined {
  if (!Array.isArray(given)) return undefined
  const urls = given.map((entry: { type?: unknown; image_url?: { url?: unknown } } | null) =>
    entry?.type === 'image_url' ? entry.image_url?.url : undefined,
  )
  return urls.every((url): url is string => typeof url === 'string') ? urls : undefined
}

/** Undefined when one of them is broken. */
export async function openAll(urls: readonly string[]): Promise<readonly Image[] | undefined> {
  const opened = await Promise.all(urls.map(openPicture))
  return opened.every((one) => one !== undefined) ? opened.map(({ image }) => image) : undefined
}

/** Paints what was ordered, or changes the first of the pictures that came along. */
export async function carryOut(order: Order, { pictures, picture_format }: Behaviour) {
  const { prompt, references, size, seed, isTransparent } = order
  const [source] = references
  const format = picture_format ?? order.format
  const count = Math.min(order.count, pictures ?? Infinity)
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const canvas = source
        ? await retouch(source, { instruction: prompt, ...size })
        : await paint({ prompt, ...size, seed: seed + at, isTransparent })
      return { canvas, bytes: await encodePicture(canvas, format), format }
    }),
  )
}
