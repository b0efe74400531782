/** Speeches under way, by the names that whoever asked gave them. */
export interface Speeches {
  during<T>(id: string | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** One that is not under way changes nothing. */
  cancel(id: string): void
}

export function createSpeeches(): Speeches {
  const underWay = new Map<string, Set<AbortController>>()
  return {
    async during(id, work) {
      const own = new AbortController()
      if (id === undefined) return work(own.signal)
      const all = underWay.get(id) ?? new Set()
      underWay.set(id, all.add(own))
      try {
        return await work(own.signal)
      } finally {
        all.delete(own)
        if (all.size === 0) underWay.delete(id)
      }
    },
    cancel: (id) => underWay.get(id)?.forEach((one) => one.abort()),
  }
}
