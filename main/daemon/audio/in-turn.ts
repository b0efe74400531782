/** One piece of work for each key at a time; a later one begins when the one before it has ended, however it ended. */
export function createTurns<Key>(): <T>(key: Key, signal: AbortSignal, work: () => Promise<T>) => Promise<T> {
  const last = new Map<Key, Promise<unknown>>()
  return async (key, signal, work) => {
    const before = last.get(key) ?? Promise.resolve()
    const own = before.then(() => {
      signal.throwIfAborted()
      return work()
    })
    const ended = own.catch(() => undefined)
    last.set(key, ended)
    void ended.then(() => {
      if (last.get(key) === ended) last.delete(key)
    })
    return Promise.race([own, whenAborted(signal, ended)])
  }
}

/** Rejects when the signal aborts before that has ended; else never settles. */
function whenAborted(signal: AbortSignal, ended: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    void ended.then(() => signal.removeEventListener('abort', stop))
  })
}

/** All of them, at most so many at once, results in their order. The first failure is thrown when nothing runs any more. */
export async function inParallel<Item, T>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = []
  let failure: { readonly error: unknown } | undefined
  let next = 0
  const runner = async () => {
    while (next < items.length && !failure) {
      const at = next++
      try {
        results[at] = await work(items[at] as Item)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, runner))
  if (failure) throw failure.error
  return results
}
