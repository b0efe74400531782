import { calendar } from '../core/pricing/calendar'
import { refusalOf, spendingOf, spendingSpan } from '../core/pricing/spending'
import type { Clock } from '../ports/clock'
import type { Log } from '../ports/log'
import type { Publish } from '../ports/events'
import type { SpendingWatch } from '../ports/spending'
import type { Store } from '../ports/store'

export interface SpendingPorts {
  readonly store: Pick<Store, 'costs'>
  readonly clock: Pick<Clock, 'now'>
  /** IANA name of this computer's zone, as it is now. */
  readonly timeZone: () => string
  readonly publish: Publish
  readonly log: Pick<Log, 'surprise'>
}

/** Watches the ledger against the limit. Days and months begin where this computer is. */
export function createSpending({ store, clock, timeZone, publish, log }: SpendingPorts): SpendingWatch {
  // Of a limit that was there before, everything is news; of none, nothing.
  let told = store.costs.limit() === null ? '' : 'unknown'

  function view() {
    const limit = store.costs.limit()
    const span = spendingSpan(limit, clock.now(), calendar(timeZone()))
    return spendingOf(limit, store.costs.spent(span), span)
  }

  function tell(): void {
    const spending = view()
    const now = spending.limit === null ? '' : JSON.stringify(spending)
    if (now === told) return
    told = now
    publish({ type: 'spending.changed', spending })
  }

  return {
    view,
    // Adding a month up takes milliseconds; where nothing is limited, nobody waits for it.
    refusal: () => (store.costs.limit() === null ? undefined : refusalOf(view())),
    changed() {
      try {
        if (store.costs.limit() !== null || told !== '') tell()
      } catch (error) {
        // Whoever ends a run has more to do than this.
        log.surprise(error)
      }
    },
  }
}
