import type { AnyEvent } from '@contract/events'

/** So long after a key the next one is not expected yet: what is drawn then is in nobody's way. */
const afterKeyMs = 40
/** A typist's next key comes sooner than that. */
const typingMs = 400
/** Longer than that nothing waits for a key. */
const longestMs = 100

interface Options {
  readonly now?: () => number
  /** Runs once a key has been taken in and shown. Returns the undo. */
  readonly afterKey?: (run: () => void) => () => void
  readonly setTimer?: (run: () => void, ms: number) => () => void
}

export interface BetweenKeys {
  hear(event: AnyEvent): void
  /** Somebody has typed a letter. */
  key(): void
  stop(): void
}

/**
 * While somebody types, word of runs, messages and assets is handed on right after a key: what it draws is done before
 * the next one comes. Without a key it waits 100 ms. The order stays as it is; the text of an answer that is being
 * written waits for nothing but what came before it.
 */
export function createBetweenKeys(give: (event: AnyEvent) => void, options: Options = {}): BetweenKeys {
  const now = options.now ?? (() => performance.now())
  const afterKey = options.afterKey ?? onceShown
  const setTimer = options.setTimer ?? browserTimer
  let keyAt = Number.NEGATIVE_INFINITY
  let waiting: AnyEvent[] = []
  let undo: (() => void)[] = []

  function flush(): void {
    for (const each of undo) each()
    undo = []
    const events = waiting
    waiting = []
    for (const event of events) give(event)
  }

  function isInTheWay(): boolean {
    const since = now() - keyAt
    return since > afterKeyMs && since < typingMs
  }

  return {
    hear(event) {
      if (!mayWait(event)) {
        flush()
        return give(event)
      }
      if (waiting.length === 0 && (event.type === 'run.grew' || !isInTheWay())) return give(event)
      if (waiting.push(event) === 1) undo.push(setTimer(flush, longestMs))
    },
    key() {
      keyAt = now()
      // A second key before that is shown waits no longer for it.
      if (waiting.length > 0 && undo.length === 1) undo.push(afterKey(flush))
    },
    stop: flush,
  }
}

/** Returns the undo. */
export function followKeys(events: Pick<BetweenKeys, 'key' | 'stop'>): () => void {
  document.addEventListener('input', events.key, { capture: true })
  return () => {
    document.removeEventListener('input', events.key, { capture: true })
    events.stop()
  }
}

const mayWait = ({ type }: AnyEvent): boolean => /^(?:run|message|session|call|asset)\./.test(type)

const browserTimer = (run: () => void, ms: number): (() => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** After the frame that shows what has just been done. */
const onceShown = (run: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => (timer = setTimeout(run)))
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
