import type { IpcRenderer } from 'electron'
import type { Bridge } from '@contract/bridge'
import type { AnyEvent } from '@contract/events'
import { channels } from '@contract/names'

/** The doorway: one question channel, one event channel, no meaning. */
export const createBridge = (
  ipc: Pick<IpcRenderer, 'invoke' | 'send' | 'on' | 'off'>,
  platform: string,
): Bridge => ({
  ask: (name, input) => ipc.invoke(channels.ask, name, input),
  listen: (hear) => {
    const pass = (_: unknown, events: readonly AnyEvent[]) => hear(events)
    ipc.on(channels.events, pass)
    // The same channel the other way says that somebody listens; nothing is sent before that.
    ipc.send(channels.events)
    return () => {
      ipc.off(channels.events, pass)
    }
  },
  platform,
})
