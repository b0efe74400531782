import type { FaultOf } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import type { ImageOrder } from '@contract/image-order'
import type { ImageModelView, ImageVersion } from '@contract/images'
import type { AssetRef, ToolFacts } from '@contract/message'
import type { ImagesMade } from './driver'
import type { ToolCall } from './tools'

/** Where pictures are made: chosen in the order of contract 9.1. */
export interface ImageChoice {
  readonly route_id: string
  readonly model: string
}

export interface PicturesMade {
  readonly route_id: string
  /** Backend family, `openrouter`. */
  readonly provider: string
  readonly model: string
  readonly assets: readonly AssetRef[]
  /** A text that came along with the pictures. */
  readonly revised_prompt?: string
  readonly facts: ToolFacts
  /** Pictures that were asked for and never came, and why; the others are kept. */
  readonly shortfall?: { readonly missing: number; readonly reason: string }
}

/** What a provider said of one request that it answered, before anything is done with the pictures. */
export type ImageAnswer = ImageChoice & Omit<ImagesMade, 'images' | 'text' | 'failure'>

/** Makes and edits pictures for tools and for people alike (contract 9.1 to 9.3). */
export interface ImageService {
  /**
   * Routes in the order they would be tried. `provider` is hard. `soft` is the run's own route and model. Fault:
   * `image_route_missing`, also for a provider without the backend.
   */
  candidates(order: {
    readonly operation: ImageOrder['operation']
    readonly provider?: string | undefined
    readonly model?: string | undefined
    readonly soft?: ImageChoice | undefined
  }): readonly ImageChoice[]
  /** The first fault that makes an order senseless (`image_order_invalid`); undefined for a sound one. */
  refusal(order: ImageOrder): FaultOf<'image_order_invalid'> | undefined
  /**
   * Carries an order out: asks, stores what came with its provenance, composes where a region is marked. `answered`
   * hears of each answer at once: what it cost is known even when nothing comes of it. Faults: `image_routes_failed`
   * where several routes were tried, `provider_error`, `asset_*`, `unsupported_media_type`, `interrupted`.
   */
  make(
    order: ImageOrder,
    candidates: readonly ImageChoice[],
    call: ToolCall,
    answered?: (answer: ImageAnswer) => void,
  ): Promise<PicturesMade>
  models(routeId?: string): readonly ImageModelView[]
  /** Fault: `asset_not_found`. */
  versions(id: AssetId): readonly ImageVersion[]
}
