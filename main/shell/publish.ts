import type { AnyEvent } from '@contract/events'
import { squeezeEvents } from './squeeze-events'

/** Milliseconds between two batches: one frame, or four a second when nobody can see them. */
export const pace = { shown: 16, hidden: 250 } as const

/** Where batches go. */
export interface Outlet {
  /** False until the page listens, and again from the start of a reload: a page that loads asks for everything. */
  isListening(): boolean
  isHidden(): boolean
  send(events: readonly AnyEvent[]): void
}

export interface Publisher {
  publish(event: AnyEvent): void
  /** Sends what waits, now: the window was shown. */
  flush(): void
  stop(): void
}

/** Carries events to the window in order, at most one batch per frame. */
export function createPublisher(outlet: Outlet, now: () => number = () => performance.now()): Publisher {
  let waiting: AnyEvent[] = []
  let timer: NodeJS.Timeout | undefined
  let sentAt = -Infinity

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const events = waiting
    waiting = []
    if (events.length === 0 || !outlet.isListening()) return
    sentAt = now()
    outlet.send(squeezeEvents(events))
  }

  return {
    publish(event) {
      if (!outlet.isListening()) return
      waiting.push(event)
      const gap = outlet.isHidden() ? pace.hidden : pace.shown
      timer ??= setTimeout(flush, Math.max(0, sentAt + gap - now()))
    },
    flush,
    stop() {
      clearTimeout(timer)
      waiting = []
    },
  }
}
