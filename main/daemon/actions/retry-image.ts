import type { ImageOrder } from '@contract/image-order'
import type { Accepted } from '@contract/runs'
import type { RunRecord } from '../ports/store'
import { checkReady } from './check-ready'
import { checkSpending } from './check-spending'
import { newRun } from './new-run'
import { repinSettings } from './pin-settings'
import type { World } from './world'

type Ports = Pick<
  World,
  'store' | 'queue' | 'routing' | 'keyring' | 'env' | 'clock' | 'ids' | 'spending' | 'images'
>
type Again = Pick<RunRecord, 'key_hash' | 'fingerprint'> & {
  readonly provider?: string
  readonly model?: string
}

/** The same order again, as another version; on another route or model where one is named. Faults as of `images.submit`. */
export function retryImage(
  on: Ports,
  old: RunRecord & { readonly image: ImageOrder },
  { provider, model, key_hash, fingerprint }: Again,
): Accepted {
  const isPinned = provider === undefined && model === undefined
  const named = { ...(provider === undefined ? {} : { provider }), ...(model === undefined ? {} : { model }) }
  const { provider: _provider, model: _model, ...rest } = old.image
  const image: ImageOrder = isPinned ? old.image : { ...rest, ...named }
  const soft = { route_id: old.route_id, model: old.model }
  const [first] = isPinned ? [soft] : on.images.candidates({ ...image, soft })
  const choice = first ?? soft
  checkReady(on, choice.route_id)
  checkSpending(on)
  return on.queue.admitImage(
    newRun(on, {
      kind: 'image',
      session_id: old.session_id,
      source_kind: 'retry',
      ...choice,
      ...repinSettings(on, old, { route_id: choice.route_id, keepsFallbacks: false, generation: {} }),
      input: [],
      image,
      user_message_id: old.user_message_id,
      key_hash,
      fingerprint,
    }),
  )
}
