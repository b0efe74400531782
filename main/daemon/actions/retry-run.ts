import { fault } from '@contract/fault'
import type { InputOf } from '@contract/define'
import type { Accepted, runCalls } from '@contract/runs'
import { Failure } from '../core/failure'
import { picturesOf } from '../core/runs/context-pictures'
import { canonicalRetry, checkKey } from '../core/runs/idempotency'
import { isTerminal } from '../core/runs/transitions'
import { resolveRoute } from '../core/selectors/resolve-route'
import { checkReady } from './check-ready'
import { checkSpending } from './check-spending'
import { blindness } from './check-vision'
import { findRun, findSession } from './find'
import { newRun } from './new-run'
import { retryImage } from './retry-image'
import { repinSettings } from './pin-settings'
import { findRepeat } from './submit-run'
import type { World } from './world'

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
  | 'images'
  | 'observations'
>

/**
 * `runs.retry`: another answer to the same message, on the same route and model unless told otherwise, with the same
 * earlier pictures.
 * Faults: `run_not_found`, `run_state_conflict` (still live, or never started), `route_*`, `idempotency_*`,
 * `capability_unsupported`.
 */
export const retryRun =
  (on: Ports) =>
  (input: InputOf<(typeof runCalls)['runs.retry']>): Accepted => {
    const { store, hash, queue } = on
    checkKey(input.idempotency_key)
    const old = findRun(store, input.run_id)
    const key_hash = hash(`run:${input.idempotency_key}`, 'hex')
    const fingerprint = hash(canonicalRetry(input), 'hex')
    const known = findRepeat(on, key_hash, fingerprint)
    if (known) return known

    const session = findSession(store, old.session_id)
    if (!isTerminal(old.status))
      throw new Failure(fault('run_state_conflict', 'This answer is still being written.'))
    if (!old.user_message_id) throw new Failure(fault('run_state_conflict', 'This message was never sent.'))
    const asked = {
      ...(input.provider?.trim() ? { provider: input.provider } : {}),
      ...(input.model === undefined ? {} : { model: input.model }),
    }
    const isPinned = asked.provider === undefined && asked.model === undefined
    const pinned = { provider: old.route_id, model: old.model }
    if (old.image) return retryImage(on, { ...old, image: old.image }, { ...asked, key_hash, fingerprint })
    const { route_id, model } = resolveRoute(isPinned ? pinned : asked, session, on.routing.ready())
    checkReady(on, route_id)
    checkSpending(on)
    const parts = store.messages.get(old.user_message_id)?.parts ?? []
    // It ended before it was given anything: what is there now is looked up again.
    const observed = parts.some((part) => part.kind === 'observed') ? undefined : old.observed
    const asks = picturesOf([...parts, ...(observed ? on.observations.partsFor(observed) : [])]).length > 0
    const why = asks ? blindness(on)({ route_id, model }) : undefined
    if (why) throw new Failure(why)
    const run = newRun(on, {
      session_id: old.session_id,
      source_kind: 'retry',
      route_id,
      model,
      ...repinSettings(on, old, { route_id, keepsFallbacks: isPinned, generation: input.generation ?? {} }),
      ...(observed
        ? { input: parts, observed, replaces: old.user_message_id }
        : { input: [], user_message_id: old.user_message_id }),
      ...(old.context_assets ? { context_assets: old.context_assets } : {}),
      key_hash,
      fingerprint,
    })
    return queue.admit(run)
  }
