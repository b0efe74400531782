import type { Bridge } from '@contract/bridge'
import type { KheishClient } from '@contract/calls'
import type { AnyEvent } from '@contract/events'
import { fault, type Answer } from '@contract/fault'
import { callNames } from '@contract/names'
import { openOpening } from './opening'

/** All that the window knows of the daemon. */
export interface RendererClient {
  readonly ask: KheishClient
  /** `Bridge.importFile`; the file may be gone by the time it is read, and then the doorway has no answer. */
  readonly importFile: Bridge['importFile']
  readonly dragAsset: Bridge['dragAsset']
  /** Sound of a dictation; answers once it is on the disk. */
  readonly keepSound: Bridge['keepSound']
  readonly keepSegment: Bridge['keepSegment']
  /** One event at a time, in order. Returns the undo. */
  listen(hear: (event: AnyEvent) => void): () => void
  /**
   * The first screen stands. Until then the opening's answers hold, and events wait: what happened after an answer was
   * made is heard after it was used.
   */
  opened(): void
  readonly platform: string
}

declare global {
  interface Window {
    readonly kheish?: Bridge
  }
}

/** One function for each call of the contract. */
export function createClient(bridge: Bridge): RendererClient {
  const opening = openOpening(bridge.opening, (name, input) => bridge.ask(name, input))
  const ask = Object.fromEntries(
    callNames.map((name) => [name, (input: unknown) => opening.take(name, input) ?? bridge.ask(name, input)]),
  )
  let waiting: (() => void)[] | undefined = []
  return {
    // The names are total (contract `allCalls`); the outputs are the daemon's own types.
    ask: ask as unknown as KheishClient,
    listen: (hear) =>
      bridge.listen((events) => {
        const hearAll = (): void => events.forEach((event) => hear(event))
        if (waiting) waiting.push(hearAll)
        else hearAll()
      }),
    opened() {
      opening.end()
      const waited = waiting ?? []
      waiting = undefined
      for (const hearAll of waited) hearAll()
    },
    importFile: (file, importId) =>
      bridge
        .importFile(file, importId)
        .catch(() => ({ ok: false, fault: fault('asset_unreadable', 'The file could not be read.') })),
    dragAsset: (assetId) => bridge.dragAsset(assetId),
    keepSound: (piece) => bridge.keepSound(piece).catch(notKept),
    keepSegment: (segment) => bridge.keepSegment(segment).catch(notKept),
    platform: bridge.platform,
  }
}

const notKept = (): Answer<null> => ({
  ok: false,
  fault: fault('not_ready', 'The daemon could not be reached.'),
})
