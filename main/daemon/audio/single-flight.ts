/** Work of a name that is done once at a time, for everybody who asks for it meanwhile. */
export interface SingleFlight<T> {
  /**
   * Joins the work that is under way, or begins it. Rejects with the signal's reason as soon as it aborts; the work's
   * own signal aborts when nobody waits for it any more.
   */
  share(
    name: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ readonly value: T; readonly isJoined: boolean }>
}

interface Flight<T> {
  readonly stop: AbortController
  readonly end: Promise<T>
  waiting: number
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>()

  function begin(name: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController()
    const flight: Flight<T> = { stop, end: work(stop.signal), waiting: 0 }
    flights.set(name, flight)
    const over = () => {
      if (flights.get(name) === flight) flights.delete(name)
    }
    flight.end.then(over, over)
    return flight
  }

  return {
    async share(name, signal, work) {
      signal.throwIfAborted()
      const known = flights.get(name)
      const flight = known ?? begin(name, work)
      flight.waiting += 1
      try {
        return { value: await orAborted(flight.end, signal), isJoined: known !== undefined }
      } finally {
        flight.waiting -= 1
        if (flight.waiting === 0) {
          // Whoever asks from now on begins anew.
          if (flights.get(name) === flight) flights.delete(name)
          flight.stop.abort()
        }
      }
    },
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop))
}
