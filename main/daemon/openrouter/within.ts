import { interrupted, trouble, type CallFacts } from './faults'
import type { Line } from './send'

/** One request has one end, however alive it seems: after `ms` it is a `timeout`. */
export async function within<T>(
  { clock }: Pick<Line, 'clock'>,
  ms: number,
  facts: CallFacts,
  caller: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (caller.aborted) throw interrupted()
  const own = new AbortController()
  let isLate = false
  const stop = () => own.abort(caller.reason)
  caller.addEventListener('abort', stop, { once: true })
  const cancel = clock.after(ms, () => {
    isLate = true
    own.abort()
  })
  try {
    return await work(own.signal)
  } catch (error) {
    if (isLate && !caller.aborted) throw trouble('timeout', facts, {}, error)
    throw error
  } finally {
    cancel()
    caller.removeEventListener('abort', stop)
  }
}
