import { z } from 'zod'
import type { AssetRow } from './assets'
import { takes } from './define'
import { AssetId, type MessageId, type RunId, SessionId } from './ids'
import { ImageOptions, longestPrompt, mostPictures, mostSources } from './image-order'
import type { RegionProof } from './message'
import type { Accepted } from './runs'

/** What a request field may be for a model (API reference 3.8). */
export type ImageDescriptor =
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'range'; readonly min: number; readonly max: number }
  | { readonly type: 'boolean' }

/** A model that makes pictures, on one route. */
export interface ImageModelView {
  readonly route_id: string
  readonly id: string
  readonly name: string
  /** Takes pictures as well as words. */
  readonly can_edit: boolean
  /** Shows pictures while they come to be. */
  readonly can_stream: boolean
  /** By request field; a missing one must not be sent. Empty: nothing is known. */
  readonly parameters: Readonly<Record<string, ImageDescriptor>>
  /** US dollars for one picture, where the catalogue says it so; else absent. */
  readonly usd_per_image?: number
  /** Pictures it takes beside the words, where that is known. */
  readonly most_references?: number
}

/** One picture of a tree of edits. */
export interface ImageVersion {
  readonly asset: AssetRow
  /** What it was made from; null for the picture at the root. */
  readonly parent_id: AssetId | null
  /** Further pictures that were given along. */
  readonly reference_ids: readonly AssetId[]
  readonly mask_asset_id?: AssetId
  readonly proof?: RegionProof
  readonly route_id?: string
  readonly model?: string
  /** The words it was asked for with, while their chat is there. */
  readonly prompt?: string
  readonly run_id?: RunId
  readonly session_id?: SessionId
  readonly message_id?: MessageId
}

/** Bytes of a mask before they are base64. */
export const largestMask = 8 * 1024 * 1024

export const imageCalls = {
  /**
   * Pictures at a person's own wish: a run like any other, with a message in the chat, beside whatever else the chat
   * is doing. With sources it is an edit. Faults: image_order_invalid, image_route_missing, asset_not_found,
   * unsupported_media_type (of a source or the mask), session_not_found, idempotency_*, route_*, selector_*,
   * spending_limit_reached.
   */
  'images.submit': takes(() =>
    z.strictObject({
      session_id: SessionId,
      idempotency_key: z.string(),
      prompt: z.string().max(longestPrompt),
      count: z.int().min(1).max(mostPictures).default(1),
      size: z.string().max(32).optional(),
      options: ImageOptions.optional(),
      /** A route id; absent: in the order of contract 9.1. */
      provider: z.string().optional(),
      model: z.string().optional(),
      source_asset_ids: z.array(AssetId).max(mostSources).default([]),
      /** Only with a source. */
      region: z
        .strictObject({
          /** A PNG of the first source's size, white where it may change; base64. */
          mask_base64: z.string().max(Math.ceil(largestMask / 3) * 4),
          feather_px: z.int().min(0).max(256).default(8),
        })
        .optional(),
    }),
  ).returns<Accepted>(),
  /** From the store, without the network; of one route, or of all that make pictures. */
  'images.models': takes(() => z.strictObject({ provider: z.string().optional() })).returns<{
    readonly models: readonly ImageModelView[]
    /** What an order without a model gets. */
    readonly default_choice: { readonly provider: string; readonly model: string } | null
  }>(),
  /** The tree of edits that a picture belongs to, parents before children. Fault: asset_not_found. */
  'images.versions': takes(() => z.strictObject({ asset_id: AssetId })).returns<{
    readonly versions: readonly ImageVersion[]
  }>(),
}
