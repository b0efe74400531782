import { z } from 'zod'
import type { ImageDescriptor, ImageModelView } from '@contract/images'
import { Failure } from '../core/failure'
import type { Access } from '../ports/driver'
import { trouble, type CallFacts } from './faults'
import { pricePerImage } from './images-price'
import { askJson, type Line } from './send'

const words = z.array(z.unknown()).nullish().catch(null)
const fields = z.record(z.string(), z.unknown()).nullish().catch(null)
const Entry = z.looseObject({
  id: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  name: z.string().nullish().catch(null),
  architecture: z.looseObject({ input_modalities: words, output_modalities: words }).nullish().catch(null),
  supported_parameters: fields,
  supports_streaming: z.boolean().nullish().catch(null),
})
type Entry = z.infer<typeof Entry>
const List = z.looseObject({ data: z.array(z.unknown()) })

const Descriptor = z.union([
  z
    .looseObject({ type: z.literal('enum'), values: z.array(z.union([z.string(), z.number()])) })
    .transform(({ type, values }): ImageDescriptor => ({ type, values: values.map(String) })),
  z
    .looseObject({ type: z.literal('range'), min: z.number(), max: z.number() })
    .transform(({ type, min, max }): ImageDescriptor => ({ type, min, max })),
  z.looseObject({ type: z.literal('boolean') }).transform(({ type }): ImageDescriptor => ({ type })),
])

/** Pages of prices that are asked for at once. */
const atOnce = 6

/**
 * `GET /images/models`, and for each model who offers it at what price (API reference 3.8). Entries that can't be read
 * are passed over; a model whose offers can't be read has no price. Undefined: there is no such list.
 */
export async function listImageModels(
  line: Line,
  access: Access,
  facts: CallFacts,
  signal: AbortSignal,
): Promise<readonly ImageModelView[] | undefined> {
  const prefix = access.prefix.replace(/\/+$/, '')
  const get = (path: string) => askJson(line, { url: `${prefix}${path}`, key: access.key, facts }, signal)
  const body = await get('/images/models').catch((error: unknown) => {
    if (isNotFound(error)) return undefined
    throw error
  })
  if (body === undefined) return undefined
  const list = List.safeParse(body)
  if (!list.success)
    throw trouble('malformed', facts, { said: 'The list of image models has an unknown form' })
  const entries = new Map(list.data.data.flatMap((item) => readEntry(item)).map((entry) => [entry.id, entry]))
  const waiting = [...entries.values()]
  const views = new Map<string, ImageModelView>()
  const work = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      const path = entry.id.split('/').map(encodeURIComponent).join('/')
      const offers = await get(`/images/models/${path}/endpoints`).catch((error: unknown) => {
        if (signal.aborted) throw error
        return undefined
      })
      views.set(entry.id, viewOf(entry, offers, access.route_id))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return [...entries.keys()].flatMap((id) => views.get(id) ?? [])
}

const isNotFound = (error: unknown): boolean =>
  error instanceof Failure && error.fault.code === 'provider_error' && error.fault.http_status === 404

function readEntry(item: unknown): readonly Entry[] {
  const parsed = Entry.safeParse(item)
  const gives = parsed.data?.architecture?.output_modalities
  return parsed.success && (!gives || gives.includes('image')) ? [parsed.data] : []
}

function viewOf(entry: Entry, offers: unknown, route_id: string): ImageModelView {
  const parameters = Object.fromEntries(
    Object.entries(entry.supported_parameters ?? {}).flatMap(([field, given]) => {
      const descriptor = Descriptor.safeParse(given)
      return descriptor.success ? [[field, descriptor.data] as const] : []
    }),
  )
  const references = parameters['input_references']
  const price = pricePerImage(offers)
  return {
    route_id,
    id: entry.id,
    name: entry.name ?? entry.id,
    can_edit: entry.architecture?.input_modalities?.includes('image') ?? false,
    can_stream: entry.supports_streaming ?? false,
    parameters,
    ...(price === undefined ? {} : { usd_per_image: price }),
    ...(references?.type === 'range' ? { most_references: references.max } : {}),
  }
}
