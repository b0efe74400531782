import { fault } from '@contract/fault'
import type { Message } from '@contract/message'
import type { ObservedInput } from '@contract/observations'
import type { Accepted, RunRequest, RunView } from '@contract/runs'
import { Failure } from '../core/failure'
import { picturesOf, pinPictures } from '../core/runs/context-pictures'
import { canonicalRequest, checkKey } from '../core/runs/idempotency'
import type { GivenPart } from '../core/runs/input'
import { readInput } from '../core/runs/input'
import { resolveRoute } from '../core/selectors/resolve-route'
import type { RunRecord } from '../ports/store'
import { checkReady } from './check-ready'
import { checkSpending } from './check-spending'
import { blindness } from './check-vision'
import { picturesBefore } from './earlier-pictures'
import { findMessage, findSession } from './find'
import { newRun } from './new-run'
import { ownSettings, pinSettings } from './pin-settings'
import { hasInline, importInline, partsOf } from './take-input'
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
  | 'assets'
  | 'observations'
>

/**
 * `sessions.submitRun`: pins route, model and the earlier pictures that travel along, stores the run, starts or queues
 * it; answers at once (contract 6.3, 6.4), or, where files come with it, as soon as they are assets.
 */
export const submitRun = (on: Ports) => {
  const admit = admitRun(on)
  return (request: RunRequest): Accepted | Promise<Accepted> => admit(request, 'desktop')
}

/** `sessions.input`: the same, but waits for the end and never queues. Fault: `session_busy`. */
export const inputRun = (on: Ports) => {
  const admit = admitRun(on)
  return async (
    request: RunRequest,
  ): Promise<{ readonly run: RunView; readonly message: Message | null }> => {
    const { run } = await admit(request, 'inline')
    const ended = await on.queue.ended(run.run_id)
    const answerId = ended.assistant_message_id
    return { run: on.queue.view(ended), message: answerId ? (on.store.messages.get(answerId) ?? null) : null }
  }
}

type Source = 'desktop' | 'inline' | 'observations'

/**
 * `observations.materialize`: the same, given what was observed. It is looked up now, so that what can't be is refused,
 * and again when the run starts (contract 11.4).
 */
export const materializeRun = (on: Ports) => {
  const admit = admitRun(on)
  return (request: RunRequest, observed: ObservedInput): Accepted | Promise<Accepted> =>
    admit(request, 'observations', observed)
}

function admitRun(on: Ports) {
  const { store, hash, queue } = on
  /** Requests whose files are being imported, by key: a repeat meanwhile imports nothing. */
  const importing = new Map<string, Promise<readonly GivenPart[]>>()

  return (request: RunRequest, source: Source, observed?: ObservedInput): Accepted | Promise<Accepted> => {
    checkKey(request.idempotency_key)
    findSession(store, request.session_id)
    const given = readInput(request)
    const key_hash = hash(`run:${request.idempotency_key}`, 'hex')
    const fingerprint = hash(
      canonicalRequest(request, given, (content) => hash(content, 'hex'), observed),
      'hex',
    )
    const admit = (parts: readonly GivenPart[]): Accepted =>
      findRepeat(on, key_hash, fingerprint) ??
      queue.admit(newRun(on, { ...pinRun(on, request, source, parts, observed), key_hash, fingerprint }))
    if (!hasInline(given) || store.runs.findByKey(key_hash)) return admit(given)

    // What can be refused without the files is refused before they are taken in.
    pinRun(on, request, source, given, observed)
    const id = `${key_hash} ${fingerprint}`
    const imported = importing.get(id) ?? importInline(on, given)
    importing.set(id, imported)
    return imported.finally(() => importing.delete(id)).then(admit)
  }
}

/** What a new run is, for good. Refuses what must not be stored. */
function pinRun(
  on: Ports,
  request: RunRequest,
  source: Source,
  given: readonly GivenPart[],
  observed: ObservedInput | undefined,
) {
  const { store, routing } = on
  const { session_id, replaces, context_assets } = request
  if (source === 'inline' && isBusy(on, request)) {
    throw new Failure(fault('session_busy', 'This chat is busy. Wait for the answer or stop it first.'))
  }
  checkReplaced(on, request)
  const { route_id, model } = resolveRoute(present(request), findSession(store, session_id), routing.ready())
  checkReady(on, route_id)
  checkSpending(on)
  const seen = observed ? on.observations.partsFor(observed) : []
  // An edited message keeps what it was given.
  const input = [...(observed ? [] : givenTo(on, replaces)), ...partsOf(on, given)]
  const settings = pinSettings(on, { route_id, model, session_id }, ownSettings(request))
  return {
    session_id,
    source_kind: source,
    route_id,
    model,
    ...settings,
    input,
    ...pinContext(on, { session_id, route_id, model, input: [...seen, ...input], replaces }, context_assets),
    ...(observed ? { observed } : {}),
    ...(replaces ? { replaces } : {}),
  }
}

/** Fault: `capability_unsupported` when the model sees none of what it is to be shown. */
function pinContext(
  on: Ports,
  run: Pick<RunRecord, 'session_id' | 'route_id' | 'model' | 'input'> & Pick<RunRequest, 'replaces'>,
  chosen: RunRequest['context_assets'],
): Pick<RunRecord, 'context_assets'> {
  const context_assets = pinPictures(
    picturesBefore(on.store, run.session_id, run.replaces),
    run.input,
    chosen,
  )
  const isShown = picturesOf(run.input).length > 0 || (chosen !== undefined && context_assets.length > 0)
  const why = isShown || context_assets.length > 0 ? blindness(on)(run) : undefined
  if (why && isShown) throw new Failure(why)
  // What was merely named stays behind where nobody could see it.
  return why || context_assets.length === 0 ? {} : { context_assets }
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

const givenTo = ({ store }: Ports, replaced: RunRequest['replaces']) =>
  (replaced && store.messages.get(replaced)?.parts.filter((part) => part.kind === 'observed')) || []

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
