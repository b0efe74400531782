import type { Terminal } from './terminal'

/** Ctrl-C a second time: nothing is waited for any more. */
export class Left extends Error {
  override readonly name = 'Left'
}

/** Ctrl-C cancels; again, or when there is nothing to cancel, it leaves. */
export function createInterrupts(terminal: Terminal, say: (text: string) => void) {
  let cancel: (() => void) | undefined
  let isWanted = false
  let mayCancel = true
  let leave!: (why: Left) => void
  const left = new Promise<never>((_, reject) => (leave = reject))
  left.catch(() => undefined)

  const stop = terminal.onInterrupt(() => {
    if (isWanted || !mayCancel) return leave(new Left())
    isWanted = true
    say('kheish: cancelling; Ctrl-C again leaves at once\n')
    cancel?.()
  })
  return {
    /** From now on there is something to cancel; it is at once when Ctrl-C came before. */
    cancelWith(work: () => void): void {
      cancel = work
      if (isWanted) work()
    },
    /** While nobody could be told to cancel, the first Ctrl-C leaves. */
    async withoutDaemon<T>(work: () => Promise<T>): Promise<T> {
      mayCancel = false
      try {
        return await work()
      } finally {
        mayCancel = true
      }
    },
    /** The work's answer; throws `Left` when the person does not want to wait for it. */
    orLeave: <T>(work: Promise<T>): Promise<T> => Promise.race([work, left]),
    left,
    stop,
  }
}
export type Interrupts = ReturnType<typeof createInterrupts>
