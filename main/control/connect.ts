import { Agent } from 'node:http'
import type { DaemonCalls } from '@contract/calls'
import type { GivenOf, OutputOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import type { Answer } from '@contract/fault'
import { readyPath, type StreamNotes } from '@contract/http'
import { addressOf, isOwn } from './address'
import { askOver, get } from './ask-over'
import { listenOver } from './listen-over'

export interface ControlClient {
  /** Of the daemon that answers. */
  readonly version: string
  /** Asks over the socket; faults are answers, `daemon_unreachable` when nobody is there or went away meanwhile. */
  ask<K extends keyof DaemonCalls>(
    name: K,
    input: GivenOf<DaemonCalls[K]>,
  ): Promise<Answer<OutputOf<DaemonCalls[K]>>>
  /**
   * Hears what happens; resolves when it is certain that nothing from now on is missed. Then `ended` tells when and why
   * it is over.
   */
  listen(options: ListenOptions, hear: (event: DaemonEvent, id: string) => void): Promise<Answer<Listening>>
  /** Ends all connections; whatever waits is answered `daemon_unreachable`. */
  close(): void
}

export interface ListenOptions {
  /** Id of the last event that was heard; what came since is told first. Absent: from now on. */
  readonly after?: string
  /** Only this chat, and what concerns everybody. */
  readonly session_id?: string
  readonly signal?: AbortSignal
  /** What was missed can't be told any more. The stream goes on. */
  readonly onReset?: (reset: StreamNotes['reset']) => void
}

export interface Listening {
  readonly ended: Promise<StreamEnd>
}

export interface StreamEnd {
  /** `stopped` by the signal, `daemon_stopping` as the daemon said, `lost` without a word, `silent` for too long. */
  readonly reason: 'stopped' | 'daemon_stopping' | 'lost' | 'silent'
  /** To go on from: `after` of the next stream. */
  readonly last_event_id: string
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
    ask: (name, input) => askOver(line, name, input, closing.signal) as never,
    listen: (options, hear) => listenOver(line, options, hear, closing.signal),
    close() {
      closing.abort()
      agent.destroy()
    },
  }
}
