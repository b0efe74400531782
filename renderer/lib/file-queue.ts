export interface FileQueueWork<File, End> {
  /** Under way at the same time. */
  readonly atOnce: number
  readonly work: (file: File, key: string) => Promise<End>
  readonly ended: (key: string, end: End, file: File) => void
  /** Nothing waits and nothing is under way any more. */
  readonly idle?: () => void
}

export interface FileQueue<File> {
  add(files: readonly { readonly key: string; readonly file: File }[]): void
  /** Takes one out that still waits; of one that is under way it only says so. */
  withdraw(key: string): 'waiting' | 'running' | undefined
}

/** Files that are worked on a few at a time, in the order they came; a person's own next one waits for few. */
export function createFileQueue<File, End>(on: FileQueueWork<File, End>): FileQueue<File> {
  let waiting: readonly { readonly key: string; readonly file: File }[] = []
  const running = new Set<string>()

  function pump(): void {
    while (running.size < on.atOnce) {
      const [next, ...rest] = waiting
      if (!next) break
      waiting = rest
      running.add(next.key)
      void run(next)
    }
    if (running.size === 0) on.idle?.()
  }

  async function run({ key, file }: { readonly key: string; readonly file: File }): Promise<void> {
    const end = await on.work(file, key)
    running.delete(key)
    on.ended(key, end, file)
    pump()
  }

  return {
    add(files) {
      waiting = [...waiting, ...files]
      pump()
    },
    withdraw(key) {
      if (running.has(key)) return 'running'
      const left = waiting.filter((each) => each.key !== key)
      const wasThere = left.length < waiting.length
      waiting = left
      return wasThere ? 'waiting' : undefined
    },
  }
}
