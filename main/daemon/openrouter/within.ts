import { interrupted, trouble, type CallFacts } from './faults'
import type { Line } from './send'

/** One request has one end, however alive it seems. */
export interface Term {
  /** Aborts with the caller's, and when the time is over. */
  readonly signal: AbortSignal
  readonly isLate: () => boolean
  readonly end: () => void
}

/** The time of a request that goes on after it was answered; `end` it. */
export function beginTerm({ clock }: Pick<Line, 'clock'>, ms: number, caller: AbortSignal): Term {
  const own = new AbortController()
  let isLate = false
  const stop = () => own.abort(caller.reason)
  if (caller.aborted) stop()
  else caller.addEventListener('abort', stop, { once: true })
  const cancel = clock.after(ms, () => {
    isLate = true
    own.abort()
  })
  return {
    signal: own.signal,
    isLate: () => isLate,
    end() {
      cancel()
      caller.removeEventListener('abort', stop)
    },
  }
}

/** After `ms` it is a `timeout`. */
export async function within<T>(
  line: Pick<Line, 'clock'>,
  ms: number,
  facts: CallFacts,
  caller: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (caller.aborted) throw interrupted()
  const term = beginTerm(line, ms, caller)
  try {
    return await work(term.signal)
  } catch (error) {
    if (term.isLate() && !caller.aborted) throw trouble('timeout', facts, {}, error)
    throw error
  } finally {
    term.end()
  }
}
