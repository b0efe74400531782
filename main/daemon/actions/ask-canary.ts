import { fault } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import type { CanaryResult } from '@contract/routes'
import { Failure } from '../core/failure'
import type { CurrentRoute } from '../core/routes/inventory'
import { checkReady } from './check-ready'
import { checkSpending } from './check-spending'
import { newRun } from './new-run'
import type { World } from './world'

type Ports = Pick<
  World,
  'store' | 'queue' | 'routing' | 'keyring' | 'env' | 'clock' | 'ids' | 'hash' | 'spending' | 'hide'
>

interface Bounds {
  readonly max_tokens: number
  readonly timeout_ms: number
}

/** Before every chat that can be asked back: the next sweep takes it, whatever happens to this process. */
const longDeleted = 0

/**
 * Asks a route one short question in a chat of its own that nobody sees, with route and model pinned (contract 13.3).
 * The chat goes away again; what the question cost stays in the ledger. Never throws what a route can do wrong.
 */
export async function askCanary(on: Ports, route: CurrentRoute, bounds: Bounds): Promise<CanaryResult> {
  const { route_id, model } = route
  const began = on.clock.now()
  const answer = (result: CanaryResult['result'], why?: CanaryResult['fault']): CanaryResult => ({
    route_id,
    model,
    result,
    duration_ms: on.clock.now() - began,
    ...(why ? { fault: why } : {}),
  })
  try {
    checkReady(on, route_id)
    checkSpending(on)
    const run = await carryOut(on, route, bounds)
    if (run === 'timeout') return answer('timeout')
    return run.status === 'completed'
      ? answer('passed')
      : answer('failed', run.fault ?? fault('interrupted', 'The question was stopped.'))
  } catch (error) {
    if (error instanceof Failure) return answer('failed', error.fault)
    throw error
  }
}

async function carryOut(on: Ports, { route_id, model }: CurrentRoute, { max_tokens, timeout_ms }: Bounds) {
  const { store, queue, clock, ids, hash } = on
  const session_id = ids.next('session') as SessionId
  const show = on.hide(session_id)
  store.sessions.create({ session_id, title: 'Canary', at_ms: clock.now() })
  store.sessions.markDeleted(session_id, longDeleted)
  const late = new AbortController()
  try {
    const { run } = queue.admit(
      newRun(on, {
        session_id,
        source_kind: 'canary',
        route_id,
        model,
        generation: { max_tokens },
        input: [{ kind: 'text', text: 'Answer with the single word: ok' }],
        key_hash: hash(`canary:${session_id}`, 'hex'),
        fingerprint: 'canary',
      }),
    )
    const ended = await Promise.race([
      queue.ended(run.run_id),
      clock.sleep(timeout_ms, late.signal).then(() => 'timeout' as const),
    ])
    if (ended === 'timeout') queue.cancel(run.run_id)
    return ended
  } finally {
    late.abort()
    store.sessions.purgeDeleted(longDeleted + 1)
    show()
  }
}
