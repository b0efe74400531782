import type { Bridge } from '@contract/bridge'
import type { KheishClient } from '@contract/calls'
import type { AnyEvent } from '@contract/events'
import { callNames } from '@contract/names'

/** All that the window knows of the daemon. */
export interface RendererClient {
  readonly ask: KheishClient
  /** One event at a time, in order. Returns the undo. */
  listen(hear: (event: AnyEvent) => void): () => void
  readonly platform: string
}

declare global {
  interface Window {
    readonly kheish?: Bridge
  }
}

/** One function for each call of the contract. */
export function createClient(bridge: Bridge): RendererClient {
  const ask = Object.fromEntries(callNames.map((name) => [name, (input: unknown) => bridge.ask(name, input)]))
  return {
    // The names are total (contract `allCalls`); the outputs are the daemon's own types.
    ask: ask as unknown as KheishClient,
    listen: (hear) =>
      bridge.listen((events) => {
        for (const event of events) hear(event)
      }),
    platform: bridge.platform,
  }
}
