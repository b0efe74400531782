import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import type { ImageOrder } from '@contract/image-order'
import { largestMask, type imageCalls } from '@contract/images'
import type { Part } from '@contract/message'
import type { Accepted } from '@contract/runs'
import { orderInvalid } from '../core/images/check-order'
import { checkSources } from '../core/images/check-sources'
import { canonicalImageOrder, checkKey } from '../core/runs/idempotency'
import { attachmentsOf } from '../core/runs/text-of'
import { resolveRoute } from '../core/selectors/resolve-route'
import { Failure } from '../core/failure'
import { checkReady } from './check-ready'
import { checkSpending } from './check-spending'
import { findSession } from './find'
import { newRun } from './new-run'
import { pinSettings } from './pin-settings'
import { findRepeat } from './submit-run'
import { partsOf } from './take-input'
import type { World } from './world'

type Input = InputOf<(typeof imageCalls)['images.submit']>
type Ports = Pick<
  World,
  | 'store'
  | 'queue'
  | 'routing'
  | 'keyring'
  | 'env'
  | 'clock'
  | 'ids'
  | 'hash'
  | 'spending'
  | 'assets'
  | 'images'
>

/**
 * `images.submit`: pins route, model and order and hands the run to the queue; answers at once, or, where a region is
 * marked, as soon as its mask is kept. The mask's size is looked at when the run comes to it.
 */
export const submitImage = (on: Ports) => {
  const { store, hash, queue } = on
  return (input: Input): Accepted | Promise<Accepted> => {
    checkKey(input.idempotency_key)
    findSession(store, input.session_id)
    const { region } = input
    const order = orderOf(input)
    const key_hash = hash(`run:${input.idempotency_key}`, 'hex')
    const mask = region && hash(region.mask_base64, 'hex')
    const fingerprint = hash(canonicalImageOrder(input.session_id, { ...order, mask }), 'hex')
    const repeat = () => findRepeat(on, key_hash, fingerprint)
    const known = repeat()
    if (known) return known

    // What can be refused is refused before the mask is taken in.
    const pinned = pinOrder(on, input, order)
    const admit = (image: ImageOrder): Accepted =>
      repeat() ?? queue.admitImage(newRun(on, { ...pinned, image, key_hash, fingerprint }))
    if (!region) return admit(order)
    return keepMask(on, region.mask_base64).then((mask_asset_id) => admit({ ...order, mask_asset_id }))
  }
}

function orderOf({
  prompt,
  count,
  size,
  options,
  provider,
  model,
  source_asset_ids,
  region,
}: Input): ImageOrder {
  return {
    operation: source_asset_ids.length > 0 ? 'edit' : 'generate',
    prompt: prompt.trim(),
    count,
    ...(size?.trim() ? { size: size.trim() } : {}),
    ...(options ? { options } : {}),
    ...(provider?.trim() ? { provider } : {}),
    ...(model?.trim() ? { model } : {}),
    source_asset_ids,
    ...(region ? { feather_px: region.feather_px } : {}),
  }
}

/** What the run is, for good. Refuses what must not be stored. */
function pinOrder(on: Ports, { session_id, region }: Input, order: ImageOrder) {
  const refusal = on.images.refusal(order)
  if (refusal) throw new Failure(refusal)
  if (region && order.source_asset_ids.length === 0)
    throw new Failure(orderInvalid('region', 'A region belongs to a picture that is edited.'))
  const sources: readonly Part[] = partsOf(
    on,
    order.source_asset_ids.map((asset_id) => ({ kind: 'asset', asset_id })),
  )
  checkSources(attachmentsOf(sources))
  const soft = resolveRoute({}, findSession(on.store, session_id), on.routing.ready())
  const [choice] = on.images.candidates({ ...order, soft })
  if (!choice) throw new Failure(fault('image_route_missing', 'No route makes pictures.'))
  checkReady(on, choice.route_id)
  checkSpending(on)
  const { provider_preferences } = pinSettings(on, { ...choice, session_id }, {})
  return {
    kind: 'image',
    session_id,
    source_kind: 'desktop',
    ...choice,
    generation: {},
    ...(provider_preferences ? { provider_preferences } : {}),
    input: [...sources, { kind: 'text', text: order.prompt }],
  } as const
}

async function keepMask({ assets }: Ports, base64: string): Promise<AssetId> {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length === 0 || bytes.length > largestMask)
    throw new Failure(orderInvalid('region', 'The mask is no PNG picture of up to 8 MiB.'))
  const { asset_id } = await assets.import({
    file_name: 'mask.png',
    media_type: 'image/png',
    bytes,
    keeps_bytes: true,
    is_part: true,
  })
  return asset_id
}
