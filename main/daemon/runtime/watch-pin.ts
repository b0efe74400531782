import type { Fault } from '@contract/fault'
import { checkPin, pinFault, pinnedProviders } from '../core/runs/check-pin'
import type { Known } from '../core/runs/check-pin'
import type { Gathered } from '../core/runs/receipt'
import type { Access } from '../ports/driver'
import type { RunRecord } from '../ports/store'
import { atMost } from './at-most'
import type { RunPorts } from './run-ports'

/** How long an answer waits for the list that its sender is looked up in. Milliseconds. */
const patience = 3_000

export interface PinWatch {
  /** What the receipt says of a pin from the beginning. */
  readonly asked: Pick<Gathered, 'asked_providers' | 'asked_fallback_models'>
  /** The names of upstreams are fetched meanwhile, where a pin needs them and nobody has them. */
  prepare(access: Access, signal: AbortSignal): void
  /** Looks at who answers, as far as that is said. The fault: `pin_not_honoured`. */
  look(gathered: Gathered): Promise<Pick<Gathered, 'pin'> & { readonly fault?: Fault }>
}

/** Watches that an answer comes from where its run was pinned to. */
export function watchPin(on: Pick<RunPorts, 'store' | 'driver' | 'clock'>, run: RunRecord): PinWatch {
  const { store, driver, clock } = on
  const providers = pinnedProviders(run.provider_preferences)
  let fetching: Promise<void> | undefined

  async function fetchNames(access: Access, signal: AbortSignal): Promise<void> {
    const all = await driver.listUpstreams(access, signal)
    if (!signal.aborted) store.upstreams.replace(run.route_id, all)
  }

  return {
    asked: {
      ...(providers.length > 0 ? { asked_providers: providers } : {}),
      ...(run.fallback_models ? { asked_fallback_models: run.fallback_models } : {}),
    },
    prepare(access, signal) {
      if (providers.length === 0 || store.upstreams.list(run.route_id).length > 0) return
      // Without the list the verdict is what can be told without it.
      fetching ??= fetchNames(access, signal).catch(() => undefined)
    },
    async look(gathered) {
      if (fetching) await atMost(clock, patience, [fetching])
      const known: Known = {
        upstreams: store.upstreams.list(run.route_id),
        find: (id) => store.models.find(run.route_id, id),
      }
      const pin = checkPin(run, gathered, known)
      if (pin === 'not_honoured') return { pin, fault: pinFault(run, gathered, known) }
      // An ordinary answer of the model that was asked is not worth a word.
      return pin === undefined || (pin === 'honoured' && providers.length === 0) ? {} : { pin }
    },
  }
}
