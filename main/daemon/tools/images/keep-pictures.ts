import type { AssetView, Provenance } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import type { ImageOrder } from '@contract/image-order'
import type { AssetRef, RegionProof } from '@contract/message'
import { resultName } from '../../core/images/result-name'
import type { Box } from '../../ports/media'
import type { ImageChoice } from '../../ports/images'
import type { PictureBytes } from '../../ports/regions'
import type { ToolCall } from '../../ports/tools'
import type { ImagePorts } from './image-ports'
import type { Source } from './read-sources'
import type { PreparedRegion } from './region-order'

export interface Keeping {
  readonly order: ImageOrder
  readonly choice: ImageChoice
  readonly sources: readonly Source[]
  readonly region: PreparedRegion | undefined
  readonly box: Box | undefined
  readonly call: ToolCall
}
export interface KeptPicture {
  readonly asset: AssetRef
  readonly proof?: RegionProof
}

/** The backend family of every route there is (contract 1). */
export const backend = 'openrouter'

/**
 * Stores one picture with its provenance (contract 7.1). Where a region is marked: source → mask → what the model
 * made, kept as a part → composite. What was paid for is stored even when the call is stopped meanwhile. Faults as of
 * `assets.import` and `Regions.compose`.
 */
export async function keepPicture(
  on: ImagePorts,
  keeping: Keeping,
  picture: PictureBytes,
  index: number,
): Promise<KeptPicture> {
  const { order, sources, region, box } = keeping
  const { source_assets, ...about } = provenanceOf(on, keeping, index)
  const file_name = resultName(order.prompt, index, order.count, picture.media_type)
  const mask = order.mask_asset_id
  if (!region || mask === undefined) {
    const asset = await on.assets.import({ file_name, ...picture, provenance: { ...about, source_assets } })
    return { asset: refOf(on, asset) }
  }
  const [source, ...others] = source_assets
  const marked = [...(source ? [source] : []), maskSource(on, keeping, about), ...others]
  const raw = await on.assets.import({
    file_name,
    ...picture,
    is_part: true,
    provenance: { ...about, source_assets: marked },
  })
  keeping.call.progress({ stage: 'composing', done: index - 1, all: order.count })
  const { composite, proof } = await on.regions.compose(
    {
      source: sources[0]?.asset_id as AssetId,
      mask: region.mask.bytes,
      edit: picture.bytes,
      ...(box ? { box } : {}),
      feather_px: region.feather_px,
    },
    keeping.call.signal,
  )
  const composed = await on.assets.import({
    file_name: resultName(order.prompt, index, order.count, composite.media_type),
    ...composite,
    keeps_bytes: true,
    provenance: {
      ...about,
      source_assets: [...(source ? [source] : []), sourceOf(raw), ...marked.slice(1)],
      region: { ...proof, mask_asset_id: mask },
    },
  })
  return { asset: refOf(on, composed), proof: { asset_id: composed.asset_id, ...proof } }
}

function provenanceOf(on: ImagePorts, keeping: Keeping, output_index: number): Provenance {
  const { order, choice, sources, call } = keeping
  const isEdit = order.operation === 'edit'
  return {
    kind: isEdit ? 'image_edit' : 'image_generation',
    tool_name: isEdit ? 'edit_image' : 'generate_image',
    session_id: call.run.session_id,
    run_id: call.run.run_id,
    tool_call_id: call.call_id,
    route_id: choice.route_id,
    provider: backend,
    model: choice.model,
    prompt_sha256: on.hash(order.prompt, 'hex'),
    source_assets: sources.map(sourceOf),
    output_index,
    output_count: order.count,
  }
}

/** The mask as a source; from now on it says itself which picture it was drawn on. */
function maskSource(
  { store }: ImagePorts,
  { order, sources, call }: Keeping,
  about: Omit<Provenance, 'source_assets'>,
): Provenance['source_assets'][number] {
  const id = order.mask_asset_id as AssetId
  const { view } = store.assets.get(id) ?? {}
  const isKnown = view?.provenance.some(
    (each) => each.run_id === call.run.run_id && each.tool_call_id === call.call_id,
  )
  if (view && !isKnown) {
    const drawnOn = sources.slice(0, 1).map(sourceOf)
    store.assets.addProvenance(id, {
      ...about,
      kind: 'image_mask',
      source_assets: drawnOn,
      output_index: 1,
      output_count: 1,
    })
  }
  return { asset_id: id, media_type: view?.media_type ?? 'image/png', sha256: view?.sha256 ?? '' }
}

const sourceOf = ({
  asset_id,
  media_type,
  sha256,
}: Pick<AssetView, 'asset_id' | 'media_type' | 'sha256'>) => ({
  asset_id,
  media_type,
  sha256,
})

/** The store's own projection, where it has one. */
function refOf({ store }: ImagePorts, view: AssetView): AssetRef {
  const { asset_id, media_type, file_name, byte_length, sha256, width, height } = view
  return (
    store.assets.ref(asset_id) ?? {
      asset_id,
      media_type,
      file_name,
      byte_length,
      sha256,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
    }
  )
}
