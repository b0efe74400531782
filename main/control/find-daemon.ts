import type { Daemon } from '../daemon/ports/daemon'
import type { Publish } from '../daemon/ports/events'
import { Failure } from '../daemon/core/failure'
import { connectControl } from './connect'
import { remoteDaemon } from './remote-daemon'

export interface FindOptions {
  /** Absolute. */
  readonly stateRoot: string
  /** Ours: a daemon of another version may mean other things by the same words. */
  readonly version: string
  readonly publish: Publish
  /** It went away, or told more than could be heard: what is shown is not to be trusted any more. */
  readonly onLost: () => void
  /** What a listener threw. */
  readonly report?: (surprise: unknown) => unknown
}

/** The daemon that another process serves on a state root; undefined when none of our version answers there. */
export async function findDaemon(options: FindOptions): Promise<Daemon | undefined> {
  const { stateRoot, version, publish, onLost, report } = options
  const client = await connectControl(stateRoot)
  if (!client) return undefined
  try {
    if (client.version === version)
      return await remoteDaemon(client, publish, { onLost, onReset: onLost, ...(report ? { report } : {}) })
  } catch (error) {
    // It went away in this very moment: nobody answers there.
    if (!(error instanceof Failure)) throw error
  }
  client.close()
  return undefined
}
