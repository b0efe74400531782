import type { DaemonHandlers } from '@contract/calls'
import type { Fault } from '@contract/fault'
import { Failure } from './core/failure'

/** The same handlers; when there is a reason not to serve, they refuse with it. */
export function refusing(handlers: DaemonHandlers, why: (name: string) => Fault | undefined): DaemonHandlers {
  const guarded = Object.entries(handlers).map(([name, handle]) => [
    name,
    (input: never) => {
      const refused = why(name)
      if (refused) throw new Failure(refused)
      return (handle as (input: never) => unknown)(input)
    },
  ])
  // Same names, same signatures.
  return Object.fromEntries(guarded) as DaemonHandlers
}
