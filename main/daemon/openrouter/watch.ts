import type { Clock } from '../ports/clock'

/** Keeps an eye on one call: its signal aborts when the caller stops it or when nothing was heard for too long. */
export interface Watch {
  readonly signal: AbortSignal
  /** Something was heard. */
  alive(): void
  /** From now on, silence may last this long. */
  expect(silenceMs: number): void
  /** Whether silence, and not the caller, ended the call. */
  timedOut(): boolean
  /** Closes the connection if it is still open and lets go of timer and listener. */
  end(): void
}

/** Starts watching. One timer per call: it is set again only when it goes off too early. */
export function watch(clock: Clock, caller: AbortSignal, silenceMs: number): Watch {
  const own = new AbortController()
  let patience = silenceMs
  let heard = clock.now()
  let late = false
  let cancel: () => void

  const stop = () => own.abort(caller.reason)
  const look = () => {
    const left = heard + patience - clock.now()
    if (left > 0) cancel = clock.after(left, look)
    else {
      late = true
      own.abort(new Error('silence'))
    }
  }
  cancel = clock.after(patience, look)
  if (caller.aborted) stop()
  else caller.addEventListener('abort', stop, { once: true })

  return {
    signal: own.signal,
    alive: () => void (heard = clock.now()),
    expect(silence) {
      patience = silence
      heard = clock.now()
      cancel()
      cancel = clock.after(patience, look)
    },
    timedOut: () => late,
    end() {
      cancel()
      caller.removeEventListener('abort', stop)
      own.abort()
    },
  }
}
