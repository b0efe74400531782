import { fault } from '@contract/fault'
import type { Message } from '@contract/message'
import type { Accepted, RunRequest, RunView } from '@contract/runs'
import { Failure } from '../core/failure'
import { canonicalRequest, checkKey } from '../core/runs/idempotency'
import { readInput } from '../core/runs/input'
import { resolveRoute } from '../core/selectors/resolve-route'
import { checkReady } from './check-ready'
import { checkSpending } from './check-spending'
import { findMessage, findSession } from './find'
import { newRun } from './new-run'
import { ownSettings, pinSettings } from './pin-settings'
import type { World } from './world'

type Ports = Pick<
  World,
  'store' | 'queue' | 'routing' | 'keyring' | 'env' | 'clock' | 'ids' | 'hash' | 'spending'
>

/** `sessions.submitRun`: pins route and model, stores the run, starts or queues it; answers at once (contract 6.3, 6.4). */
export const submitRun = (on: Ports) => {
  const admit = admitRun(on)
  return (request: RunRequest): Accepted => admit(request, 'desktop')
}

/** `sessions.input`: the same, but waits for the end and never queues. Fault: `session_busy`. */
export const inputRun = (on: Ports) => {
  const admit = admitRun(on)
  return async (
    request: RunRequest,
  ): Promise<{ readonly run: RunView; readonly message: Message | null }> => {
    const { run } = admit(request, 'inline')
    const ended = await on.queue.ended(run.run_id)
    const answerId = ended.assistant_message_id
    return { run: on.queue.view(ended), message: answerId ? (on.store.messages.get(answerId) ?? null) : null }
  }
}

const admitRun =
  (on: Ports) =>
  (request: RunRequest, source: 'desktop' | 'inline'): Accepted => {
    const { store, hash, queue } = on
    checkKey(request.idempotency_key)
    const session = findSession(store, request.session_id)
    const key_hash = hash(`run:${request.idempotency_key}`, 'hex')
    const fingerprint = hash(canonicalRequest(request), 'hex')
    const known = findRepeat(on, key_hash, fingerprint)
    if (known) return known

    if (source === 'inline' && isBusy(on, request)) {
      throw new Failure(fault('session_busy', 'This chat is busy. Wait for the answer or stop it first.'))
    }
    checkReplaced(on, request)
    const { route_id, model } = resolveRoute(present(request), session, on.routing.ready())
    checkReady(on, route_id)
    checkSpending(on)
    const run = newRun(on, {
      session_id: request.session_id,
      source_kind: source,
      route_id,
      model,
      ...pinSettings(on, { route_id, model, session_id: request.session_id }, ownSettings(request)),
      input: readInput(request),
      ...(request.replaces ? { replaces: request.replaces } : {}),
      key_hash,
      fingerprint,
    })
    return queue.admit(run)
  }

/** The run that the same key made before. Fault: `idempotency_conflict` when it meant something else. */
export function findRepeat(
  { store, queue }: Pick<World, 'store' | 'queue'>,
  keyHash: string,
  fingerprint: string,
): Accepted | undefined {
  const run = store.runs.findByKey(keyHash)
  if (!run) return undefined
  if (run.fingerprint !== fingerprint) {
    throw new Failure(fault('idempotency_conflict', 'This idempotency key was used for another request.'))
  }
  const made = [run.replaces || run.input.length > 0 ? run.user_message_id : null, run.assistant_message_id]
  return { run: queue.view(run), messages: made.flatMap((id) => (id ? (store.messages.get(id) ?? []) : [])) }
}

const isBusy = ({ store }: Ports, { session_id }: RunRequest): boolean =>
  store.runs.active(session_id) !== undefined || store.runs.queued(session_id).length > 0

function checkReplaced({ store }: Ports, { session_id, replaces }: RunRequest): void {
  if (!replaces || findMessage(store, session_id, replaces).role === 'user') return
  throw new Failure(fault('message_not_found', 'Only a message of your own can be edited.'))
}

/** Blank means absent (contract 3.1); the rest is split already. */
const present = ({ provider, model, fallback_model }: RunRequest) => ({
  ...(provider?.trim() ? { provider } : {}),
  ...(model === undefined ? {} : { model }),
  ...(fallback_model === undefined ? {} : { fallback_model }),
})
