import type { ImageAsk } from '../ports/driver'
import { allows, encodeShape, isUnknown } from './images-size'

const furtherOptions = ['quality', 'background', 'output_format', 'seed'] as const
/** Pictures in one answer, by the provider's schema. */
const mostAtOnce = 10

/** How many pictures one request may ask for; a model that does not name `n` refuses more than one. */
export function mostInOne({ path, image_entry }: ImageAsk): number {
  if (path === 'chat') return 1
  const { parameters = {} } = image_entry ?? {}
  if (isUnknown(parameters)) return mostAtOnce
  const n = Object.hasOwn(parameters, 'n') ? parameters['n'] : undefined
  if (!n || n.type === 'boolean') return n ? mostAtOnce : 1
  const most = n.type === 'range' ? n.max : Math.max(...n.values.map(Number).filter(Number.isInteger))
  return Math.max(1, Math.min(mostAtOnce, Math.floor(most) || 1))
}

/** Both at once is not promised anywhere (API reference 10, row 7). */
export const isStreamed = (ask: ImageAsk, count: number): boolean =>
  count === 1 && ask.image_entry?.can_stream === true

/** Everything of a request but words and pictures: what evidence may keep. */
export function imageConfig(ask: ImageAsk, count: number): Readonly<Record<string, string | number>> {
  const parameters = ask.image_entry?.parameters ?? {}
  const further = furtherOptions.flatMap((field) => {
    const value = ask.options?.[field]
    return value !== undefined && allows(parameters, field, value) ? [[field, value] as const] : []
  })
  return { ...(count > 1 ? { n: count } : {}), ...encodeShape(ask), ...Object.fromEntries(further) }
}

/** The body of `POST /images` (API reference 3.2, 3.5). The picture that is edited comes first. */
export function encodeImages(ask: ImageAsk, count: number): object {
  const references = encodeReferences(ask)
  const { only, order, ignore, sort, allow_fallbacks } = ask.provider_preferences ?? {}
  // The schema of this endpoint has no more of them (API reference 3.2).
  const provider = Object.entries({ only, order, ignore, sort, allow_fallbacks }).filter(
    ([, value]) => value !== undefined,
  )
  return {
    model: ask.model,
    prompt: ask.prompt,
    ...imageConfig(ask, count),
    ...(references.length > 0 ? { input_references: references } : {}),
    ...(isStreamed(ask, count) ? { stream: true } : {}),
    ...(provider.length > 0 ? { provider: Object.fromEntries(provider) as object } : {}),
    session_id: ask.session_id.slice(0, 256),
  }
}

export interface ImagePart {
  readonly type: 'image_url'
  readonly image_url: { readonly url: string }
}

/** As part objects: anything else is refused or, worse, ignored (API reference 3.5). */
export const encodeReferences = ({ references }: ImageAsk): readonly ImagePart[] =>
  references.map(({ bytes, media_type }) => ({
    type: 'image_url',
    image_url: {
      url: `data:${media_type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`,
    },
  }))
