import type { IpcRenderer } from 'electron'
import type { Bridge } from '@contract/bridge'
import type { AnyEvent } from '@contract/events'
import { channels } from '@contract/names'

/** The doorway: one question channel, one event channel, no meaning. */
export function createBridge(
  ipc: Pick<IpcRenderer, 'invoke' | 'send' | 'on' | 'off'>,
  platform: string,
): Bridge {
  const hearers = new Set<(events: readonly AnyEvent[]) => void>()
  /** What came before the page listened; it would be missing between the opening's answers and the first event. */
  let early: AnyEvent[] | undefined = []
  ipc.on(channels.events, (_: unknown, events: readonly AnyEvent[]) => {
    early?.push(...events)
    for (const hear of hearers) hear(events)
  })
  // The same channel the other way says that somebody listens; nothing is sent before that.
  ipc.send(channels.events)
  return {
    importFile: () => Promise.reject(new Error('not yet')),
    dragAsset: () => undefined,
    opening: ipc.invoke(channels.ask, 'app.opening', {}),
    ask: (name, input) => ipc.invoke(channels.ask, name, input),
    listen: (hear) => {
      hearers.add(hear)
      if (early?.length) hear(early)
      early = undefined
      return () => void hearers.delete(hear)
    },
    platform,
  }
}
