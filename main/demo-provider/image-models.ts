import { demoModels, findDemoModel, type DemoModel } from './models'
import { endpointsOf } from './upstreams'

/** What a request field may be (API reference 3.8). */
export type Descriptor =
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'range'; readonly min: number; readonly max: number }
  | { readonly type: 'boolean' }

interface Price {
  readonly billable: 'output_image' | 'input_image' | 'input_text'
  readonly unit: 'image' | 'megapixel' | 'token'
  readonly cost_usd: number
  readonly variant?: string
}

/** How the image models of one house behave. */
interface Family {
  readonly is: RegExp
  readonly parameters: Readonly<Record<string, Descriptor>>
  readonly streams: boolean
  readonly pricing: readonly Price[]
  /** Dollars for one picture, however it is counted. */
  readonly usd: number
}

const oneOf = (values: string): Descriptor => ({ type: 'enum', values: values.split(' ') })
const range = (min: number, max: number): Descriptor => ({ type: 'range', min, max })
const ratios = oneOf('1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9')
const seed = range(0, 2_147_483_647)
const perImage = (cost_usd: number, variant?: string): Price => ({
  billable: 'output_image',
  unit: 'image',
  cost_usd,
  ...(variant === undefined ? {} : { variant }),
})
const perToken: readonly Price[] = [
  { billable: 'output_image', unit: 'token', cost_usd: 0.00001 },
  { billable: 'input_text', unit: 'token', cost_usd: 0.0000025 },
]

const openai = {
  size: oneOf('1024x1024 1536x1024 1024x1536 auto'),
  quality: oneOf('auto low medium high'),
  background: oneOf('auto transparent opaque'),
  output_format: oneOf('png jpeg webp'),
  output_compression: range(0, 100),
}

const families: readonly Family[] = [
  {
    is: /^openai\/gpt-image/,
    parameters: { n: range(1, 10), ...openai, input_references: range(0, 16) },
    streams: true,
    pricing: [perImage(0.011, 'low'), perImage(0.042, 'medium'), perImage(0.167, 'high')],
    usd: 0.042,
  },
  {
    is: /^openai\/gpt-5/,
    parameters: { ...openai, input_references: range(0, 8) },
    streams: true,
    pricing: perToken,
    usd: 0.04175,
  },
  {
    is: /^google\/.*pro/,
    parameters: { aspect_ratio: ratios, resolution: oneOf('1K 2K 4K'), input_references: range(0, 14) },
    streams: false,
    pricing: [perImage(0.134)],
    usd: 0.134,
  },
  {
    is: /^google\//,
    parameters: { aspect_ratio: ratios, resolution: oneOf('512 1K 2K'), input_references: range(0, 3) },
    streams: false,
    pricing: [perImage(0.039)],
    usd: 0.039,
  },
  {
    is: /^black-forest-labs\//,
    parameters: {
      aspect_ratio: ratios,
      seed,
      output_format: oneOf('png jpeg'),
      input_references: range(0, 8),
    },
    streams: false,
    pricing: [{ billable: 'output_image', unit: 'megapixel', cost_usd: 0.03 }],
    usd: 0.03,
  },
  {
    is: /^bytedance-seed\//,
    parameters: {
      n: range(1, 4),
      size: oneOf('1K 2K 4K'),
      aspect_ratio: ratios,
      seed,
      input_references: range(0, 10),
    },
    streams: false,
    pricing: [perImage(0.04)],
    usd: 0.04,
  },
  {
    is: /^recraft\//,
    parameters: {
      n: range(1, 6),
      size: oneOf('1024x1024 1536x1024 1024x1536 1792x1024 1024x1792'),
      output_format: oneOf('png webp svg'),
      background: oneOf('transparent opaque'),
      input_references: range(0, 1),
    },
    streams: false,
    pricing: [perImage(0.04)],
    usd: 0.04,
  },
  {
    is: /./,
    parameters: { aspect_ratio: ratios, resolution: oneOf('1K 2K'), input_references: range(0, 8) },
    streams: false,
    pricing: [perImage(0.05)],
    usd: 0.05,
  },
]

/** A model that gives pictures, with what it takes and costs; undefined for any other. */
export function findImageModel(
  id: string,
): { readonly model: DemoModel; readonly family: Family } | undefined {
  const model = findDemoModel(id)
  const family = families.find(({ is }) => is.test(id))
  return model && family && givesPictures(model) ? { model, family } : undefined
}

export const givesPictures = (model: DemoModel): boolean =>
  model.architecture.output_modalities.includes('image')

/** `GET /images/models`; one entry is broken, as lists are. */
export const listImageModels = (): object => ({
  data: [
    { id: 42, name: 'Broken entry' },
    ...demoModels.flatMap(({ id, name, description, created, architecture }) => {
      const found = findImageModel(id)
      if (!found) return []
      const { input_modalities, output_modalities } = architecture
      return [
        {
          id,
          name,
          description,
          created,
          architecture: { input_modalities, output_modalities },
          supported_parameters: found.family.parameters,
          supports_streaming: found.family.streams,
          endpoints: `/api/v1/images/models/${id}/endpoints`,
        },
      ]
    }),
  ],
})

/** `GET /images/models/{author}/{slug}/endpoints`; undefined for a model that gives no pictures. */
export function imageEndpoints(id: string): object | undefined {
  const found = findImageModel(id)
  return (
    found && {
      id,
      endpoints: endpointsOf(found.model).map(({ upstream, tag }) => ({
        provider_name: upstream.name,
        provider_slug: upstream.slug,
        provider_tag: tag === upstream.slug ? null : tag,
        supported_parameters: found.family.parameters,
        allowed_passthrough_parameters: [],
        supports_streaming: found.family.streams,
        pricing: found.family.pricing,
      })),
    }
  )
}
