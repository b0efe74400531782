import { fault, type Fault } from '@contract/fault'
import type { ImageOrder } from '@contract/image-order'
import type { AssetRef, RegionProof } from '@contract/message'
import { checkResult } from '../../core/images/check-result'
import { mayGoOn } from '../../core/images/go-on'
import { Failure } from '../../core/failure'
import type { ImagesMade } from '../../ports/driver'
import type { ImageChoice } from '../../ports/images'
import type { PictureBytes } from '../../ports/regions'
import type { ToolCall } from '../../ports/tools'
import { askRoute } from './ask-route'
import type { ImagePorts } from './image-ports'
import { keepPicture, type KeptPicture } from './keep-pictures'
import type { Source } from './read-sources'
import { wantedOf, type PreparedRegion } from './region-order'

export interface Job {
  readonly order: ImageOrder
  readonly sources: readonly Source[]
  readonly region: PreparedRegion | undefined
  readonly call: ToolCall
  /** Each answer of a provider, before anything is done with it. */
  readonly answered: (choice: ImageChoice, made: ImagesMade) => void
}
export interface MadeOnRoute {
  readonly assets: readonly AssetRef[]
  readonly proofs: readonly RegionProof[]
  readonly texts: readonly string[]
  readonly shortfall?: { readonly missing: number; readonly reason: string }
}

/**
 * Asks one route until there are as many pictures as were ordered; what is beyond is dropped. When it stops on the way,
 * what is there counts, and the rest is a shortfall. A route that gives nothing that can be kept has failed.
 */
export async function makeOnRoute(on: ImagePorts, choice: ImageChoice, job: Job): Promise<MadeOnRoute> {
  const { order, call } = job
  const { box, ...wanted } = wantedFor(on, choice, job)
  const kept: KeptPicture[] = []
  const texts: string[] = []
  const sofar = () => ({ done: kept.length, all: order.count })
  const result = () => ({
    assets: kept.map(({ asset }) => asset),
    proofs: kept.flatMap(({ proof }) => proof ?? []),
    texts,
  })
  const shortfall = (why: Fault) => ({ missing: order.count - kept.length, reason: why.detail })
  while (kept.length < order.count) {
    const missing = order.count - kept.length
    try {
      const made = await askRoute(on, choice, { ...wanted, count: missing }, call, sofar())
      job.answered(choice, made)
      if (made.text?.trim()) texts.push(made.text.trim())
      for (const picture of keepable(made, choice).slice(0, missing)) {
        call.progress({ stage: 'storing', ...sofar() })
        const keeping = { order, choice, sources: job.sources, region: job.region, box, call }
        kept.push(await orRefused(choice, keepPicture(on, keeping, picture, kept.length + 1)))
      }
      // Others may be on their way and paid for: none is asked for again.
      if (made.failure && !mayGoOn(made.failure) && kept.length < order.count)
        return { ...result(), shortfall: shortfall(made.failure) }
    } catch (error) {
      // With pictures in hand, the provider's trouble is no reason to lose them.
      if (kept.length === 0 || call.signal.aborted || !isProvider(error)) throw error
      return { ...result(), shortfall: shortfall(error.fault) }
    }
  }
  return result()
}

const wantedFor = (
  { store }: ImagePorts,
  { route_id, model }: ImageChoice,
  { order, sources, region }: Job,
) => {
  const entry = store.imageModels.list(route_id).find((each) => each.id === model)
  return wantedOf(order, sources, region, entry)
}

/** Fault: `provider_error` of kind `no_image` when nothing of it is a picture that is kept. */
function keepable({ images }: ImagesMade, { route_id, model }: ImageChoice): readonly PictureBytes[] {
  const refusals = new Set<string>()
  const pictures = images.flatMap(({ bytes }): PictureBytes[] => {
    const found = checkResult(bytes)
    if ('media_type' in found) return [{ bytes, media_type: found.media_type }]
    refusals.add(found.refused)
    return []
  })
  if (pictures.length > 0) return pictures
  const what = refusals.size === 0 ? 'no picture' : [...refusals].join(', ')
  throw noImage(
    `The provider answered with ${what}; only PNG and JPEG with edges up to 4,096 pixels are kept.`,
    {
      route_id,
      model,
    },
  )
}

const noImage = (detail: string, at: Pick<ImageChoice, 'route_id' | 'model'>) =>
  new Failure(fault('provider_error', detail, { kind: 'no_image', retryable: false, ...at }))

const isProvider = (error: unknown): error is Failure =>
  error instanceof Failure && error.fault.code === 'provider_error'

/** What looks like a picture and can't be decoded is the route's failure, not the store's. */
async function orRefused({ route_id, model }: ImageChoice, kept: Promise<KeptPicture>): Promise<KeptPicture> {
  try {
    return await kept
  } catch (error) {
    const code = error instanceof Failure ? error.fault.code : undefined
    if (code !== 'asset_invalid' && code !== 'media_type_mismatch' && code !== 'asset_too_large') throw error
    throw noImage('The provider answered with a picture that can’t be read.', { route_id, model })
  }
}
