import { ImageOptions } from '@contract/image-order'
import type { ImageDescriptor } from '@contract/images'
import { Failure } from '../failure'
import { orderInvalid } from './check-order'

type Parameters = Readonly<Record<string, ImageDescriptor>>
type Option = keyof ImageOptions

const said: Readonly<Record<Option, string>> = {
  aspect_ratio: 'Width to height. Not together with a size of another shape.',
  resolution: 'How large, as a tier. Not together with a size.',
  quality: 'How much work is put into it; more costs more.',
  background: 'What is behind the subject.',
  output_format: 'File format.',
  seed: 'The same number and words make a similar picture again.',
}
const options = Object.keys(said) as readonly Option[]

/**
 * What a tool offers beyond size and count: what a model's descriptors allow (contract 9.2, API reference 3.8), as
 * properties of a JSON schema. Nothing for a model that nobody described.
 */
export const optionProperties = (parameters: Parameters): Readonly<Record<string, object>> =>
  Object.fromEntries(
    options.flatMap((field) => {
      const schema = schemaOf(field, Object.hasOwn(parameters, field) ? parameters[field] : undefined)
      return schema ? [[field, { ...schema, description: said[field] }]] : []
    }),
  )

function schemaOf(field: Option, descriptor: ImageDescriptor | undefined): object | undefined {
  if (!descriptor) return undefined
  if (field === 'seed') {
    if (descriptor.type === 'enum') return undefined
    const { min: minimum, max: maximum } = descriptor.type === 'range' ? descriptor : {}
    return { type: 'integer', ...(minimum === undefined ? {} : { minimum, maximum }) }
  }
  if (descriptor.type !== 'enum') return undefined
  // Other formats are not kept.
  const isTaken = (value: string) =>
    field === 'output_format'
      ? value === 'png' || value === 'jpeg'
      : ImageOptions.shape[field].safeParse(value).success
  const values = descriptor.values.filter(isTaken)
  return values.length === 0 ? undefined : { type: 'string', enum: values }
}

/** Those of a call that are offered; others are passed over. Fault: `image_order_invalid` for a mistyped one. */
export function readOptions(input: unknown, parameters: Parameters): ImageOptions | undefined {
  const given = Object(input) as Readonly<Record<string, unknown>>
  const offered = Object.keys(optionProperties(parameters)) as readonly Option[]
  // Models write null for what they leave out.
  const taken = offered.flatMap((field) => {
    const value = given[field] ?? undefined
    if (value === undefined) return []
    if (ImageOptions.shape[field].safeParse(value).success) return [[field, value] as const]
    throw new Failure(
      orderInvalid(field, field === 'seed' ? 'seed is a whole number.' : `${field} is a short string.`),
    )
  })
  return taken.length === 0 ? undefined : Object.fromEntries(taken)
}
