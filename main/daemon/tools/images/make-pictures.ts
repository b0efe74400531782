import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { ImageOrder } from '@contract/image-order'
import { checkOrder } from '../../core/images/check-order'
import { isRetryable, mayGoOn, reasonOf } from '../../core/images/go-on'
import { Failure } from '../../core/failure'
import type { ImageAnswer, ImageChoice, ImageService, PicturesMade } from '../../ports/images'
import type { ToolCall } from '../../ports/tools'
import { stopped } from './ask-route'
import type { ImagePorts } from './image-ports'
import { backend } from './keep-pictures'
import { makeOnRoute, type Job, type MadeOnRoute } from './make-on-route'
import { readSources } from './read-sources'
import { prepareRegion } from './region-order'

/**
 * Carries an order out on the first candidate that can (contract 9.1). A cancel and a request whose outcome nobody knows
 * end it there. The fault of the only candidate is told as it is; of several, `image_routes_failed` lists why.
 */
export const makePictures =
  (on: ImagePorts): ImageService['make'] =>
  async (
    order: ImageOrder,
    candidates: readonly ImageChoice[],
    call: ToolCall,
    answered?: (answer: ImageAnswer) => void,
  ): Promise<PicturesMade> => {
    const refusal = checkOrder(order)
    if (refusal) throw new Failure(refusal)
    let cost_usd: number | undefined
    const sources = await readSources(on, order.source_asset_ids)
    const region = await prepareRegion(on, order, call.signal)
    const job: Job = {
      order,
      sources,
      region,
      call,
      answered: (choice, { images: _images, text: _text, failure: _failure, ...about }) => {
        if (about.usage?.cost_usd !== undefined) cost_usd = (cost_usd ?? 0) + about.usage.cost_usd
        answered?.({ ...choice, ...about })
      },
    }
    const tried: { readonly route_id: string; readonly why: Fault }[] = []
    for (const choice of candidates) {
      if (call.signal.aborted) throw stopped()
      try {
        return madeOf(choice, await makeOnRoute(on, choice, job), cost_usd)
      } catch (error) {
        if (call.signal.aborted) throw stopped()
        if (!(error instanceof Failure)) throw error
        if (candidates.length === 1 || !mayGoOn(error.fault)) throw error
        tried.push({ route_id: choice.route_id, why: error.fault })
      }
    }
    throw new Failure(allFailed(tried))
  }

const allFailed = (tried: readonly { readonly route_id: string; readonly why: Fault }[]): Fault =>
  fault(
    'image_routes_failed',
    `No route made the picture. ${tried.map(({ route_id, why }) => `${route_id}: ${reasonOf(why)}`).join(' ')}`.trim(),
    {
      tried: tried.map(({ route_id, why }) => ({ route_id, reason: reasonOf(why) })),
      retryable: tried.some(({ why }) => isRetryable(why)),
    },
  )

function madeOf(
  { route_id, model }: ImageChoice,
  { assets, proofs, texts, shortfall }: MadeOnRoute,
  cost_usd: number | undefined,
): PicturesMade {
  return {
    route_id,
    provider: backend,
    model,
    assets,
    ...(texts.length === 0 ? {} : { revised_prompt: texts.join('\n\n') }),
    facts: {
      route_id,
      model,
      ...(cost_usd === undefined ? {} : { cost_usd }),
      assets,
      ...(proofs.length === 0 ? {} : { proofs }),
    },
    ...(shortfall ? { shortfall } : {}),
  }
}
