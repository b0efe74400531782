import { Agent } from 'node:http'
import type { DaemonCalls } from '@contract/calls'
import type { GivenOf, OutputOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import type { Answer } from '@contract/fault'
import { readyPath } from '@contract/http'
import type { SoundDoor } from '../daemon/ports/recordings'
import { addressOf, isOwn } from './address'
import { askOver, get } from './ask-over'
import { assetsOver, type RemoteAssets } from './assets-over'
import { soundOver } from './sound-over'
import { listenOver, type Listening, type ListenOptions } from './listen-over'

export interface ControlClient {
  /** Of the daemon that answers. */
  readonly version: string
  /**
   * Asks over the socket; faults are answers, `daemon_unreachable` when nobody is there or went away meanwhile. `onPlace`
   * hears, before the answer, which event was the newest when it was made.
   */
  ask<K extends keyof DaemonCalls>(
    name: K,
    input: GivenOf<DaemonCalls[K]>,
    onPlace?: (lastEventId: string) => void,
  ): Promise<Answer<OutputOf<DaemonCalls[K]>>>
  /**
   * Hears what happens; resolves when it is certain that nothing from now on is missed. Then `ended` tells when and why
   * it is over.
   */
  listen(options: ListenOptions, hear: (event: DaemonEvent, id: string) => void): Promise<Answer<Listening>>
  /** Bytes in and out. Throws faults, `daemon_unreachable` among them. */
  readonly assets: RemoteAssets
  /** A recorder's sound. Throws faults, `daemon_unreachable` among them. */
  readonly sound: SoundDoor
  /** Ends all connections; whatever waits is answered `daemon_unreachable`. */
  close(): void
}

/** The daemon that serves this state root, or undefined when nobody does. */
export async function connectControl(stateRoot: string): Promise<ControlClient | undefined> {
  const { path, folder } = addressOf(stateRoot)
  // Outside the state root somebody else could have put one there.
  if (folder !== undefined && folder !== stateRoot && !isOwn(folder)) return undefined
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 8 })
  const line = { socketPath: path, agent }
  const ready = await get(line, readyPath)
  if (!ready) {
    agent.destroy()
    return undefined
  }
  const closing = new AbortController()
  return {
    version: (ready as { readonly version: string }).version,
    // The contract's own output of that name.
    ask: (name, input, onPlace) => askOver(line, name, input, closing.signal, onPlace) as never,
    listen: (options, hear) => listenOver(line, options, hear, closing.signal),
    assets: assetsOver(line, closing.signal),
    sound: soundOver(line, closing.signal),
    close() {
      closing.abort()
      agent.destroy()
    },
  }
}
