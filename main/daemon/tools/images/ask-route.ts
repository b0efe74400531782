import { fault } from '@contract/fault'
import { choosePath } from '../../core/images/choose-path'
import { Failure } from '../../core/failure'
import type { Access, ImageAsk, ImagesMade } from '../../ports/driver'
import type { ImageChoice } from '../../ports/images'
import type { CallProgress, ToolCall } from '../../ports/tools'
import type { ImagePorts } from './image-ports'

/** What is asked, whoever is asked. */
export type Wanted = Pick<ImageAsk, 'prompt' | 'count' | 'size' | 'options' | 'references'>

/**
 * One request to one route, through the endpoint that its model has; a 404 says once that it is the other one, which
 * is remembered. `dispatch` comes right before the first request that may be paid for. Faults as of
 * `Driver.makeImages` and `LeaseKey`.
 */
export async function askRoute(
  on: ImagePorts,
  { route_id, model }: ImageChoice,
  wanted: Wanted,
  call: ToolCall,
  so: Pick<CallProgress, 'done' | 'all'>,
): Promise<ImagesMade> {
  const { store, driver } = on
  const { provider_preferences: preferences, session_id } = call.run
  call.progress({ stage: 'asking', ...so })
  const access = await openAccess(on, route_id, session_id)
  await learnModels(on, access, call.signal)
  const capture = await on.evidence.open(call.run)
  if (call.signal.aborted) throw stopped()
  const listed =
    store.imageModels.refreshedAt(route_id) === null ? undefined : store.imageModels.list(route_id)
  const image_entry = listed?.find((each) => each.id === model)
  const entry = store.models.find(route_id, model)
  const path = choosePath(model, {
    usesChat: store.imageModels.usesChat(route_id, model),
    listed: listed?.map((each) => each.id),
    entry,
    preferences,
  })
  const ask = (by: ImageAsk['path']) =>
    driver.makeImages(
      access,
      {
        ...wanted,
        model,
        path: by,
        ...(image_entry ? { image_entry } : {}),
        ...(entry ? { entry } : {}),
        ...(preferences ? { provider_preferences: preferences } : {}),
        session_id,
      },
      call.signal,
      {
        partial: (picture) => call.progress({ stage: 'generating', ...so, partial: picture }),
        summary: (summary) => capture?.media(`openrouter-image-provider-${summary.is}`, summary),
      },
    )
  call.dispatch()
  call.progress({ stage: 'generating', ...so })
  try {
    return await ask(path)
  } catch (error) {
    if (path === 'chat' || call.signal.aborted || !hasNoEndpoint(error)) throw error
    store.imageModels.noteChat(route_id, model, on.clock.now())
    return ask('chat')
  }
}

/** How long a picture waits for the list of what its model knows. Milliseconds. */
const patience = 5_000

/** What a model does not know must not be sent (API reference 3.8), so a route that was never asked is asked first. */
async function learnModels(
  { store, driver, clock }: ImagePorts,
  access: Access,
  signal: AbortSignal,
): Promise<void> {
  const { route_id } = access
  if (store.imageModels.refreshedAt(route_id) !== null) return
  try {
    const models = await driver.listImageModels(
      access,
      AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    )
    store.imageModels.replace(route_id, models ?? [], clock.now())
  } catch {
    // Then nothing is known, and the provider says what it does not take.
  }
}

export const stopped = () => new Failure(fault('interrupted', 'Stopped.'))

const hasNoEndpoint = (error: unknown): boolean =>
  error instanceof Failure &&
  error.fault.code === 'provider_error' &&
  error.fault.kind === 'no_endpoint' &&
  error.fault.http_status === 404

/** A key that was changed while the keychain answered is read once more. */
async function openAccess({ lease }: ImagePorts, routeId: string, sessionId: string): Promise<Access> {
  const subject = `session:${sessionId}`
  const leased = await lease(routeId, subject)
  const isGood = leased.view()?.active ?? true
  return isGood ? leased.open() : (await lease(routeId, subject)).open()
}
