import type { ImageOrder } from '@contract/image-order'
import type { AssetRef, Part, ToolFacts } from '@contract/message'

export type DirectCall = Extract<Part, { kind: 'tool_call' }>

export const toolOf = ({ operation }: ImageOrder): 'generate_image' | 'edit_image' =>
  operation === 'edit' ? 'edit_image' : 'generate_image'

/** A person's order as the call of the tool that models would use for it. */
export function directCall(call_id: string, order: ImageOrder): DirectCall {
  const { prompt, count, size, options, provider, model, source_asset_ids, mask_asset_id, feather_px } = order
  const isEdit = order.operation === 'edit'
  const given = {
    prompt,
    ...(isEdit ? { image_asset_ids: source_asset_ids } : {}),
    count,
    size,
    provider,
    model,
    ...options,
    mask_asset_id,
    feather_px,
  }
  return {
    kind: 'tool_call',
    call_id,
    name: toolOf(order),
    // Without what nobody said.
    arguments: JSON.stringify(given),
    state: 'running',
    direct: true,
  }
}

/** The call and its run are one to one, and partial pictures are told apart by the call alone. */
export const directCallId = (runId: string): string => `direct_${runId}`

/** What a direct order shows: every picture, in order. */
export const shownBy = (facts: ToolFacts | undefined): readonly AssetRef[] => facts?.assets ?? []

export const emitted = (assets: readonly AssetRef[]): readonly Part[] =>
  assets.map((asset) => ({ kind: 'attachment', asset, emitted: true }))
