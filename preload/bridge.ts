import type { IpcRenderer } from 'electron'
import type { Bridge } from '@contract/bridge'
import type { AnyEvent } from '@contract/events'
import { channels, largestFile } from '@contract/names'

/** The doorway: one question channel, one event channel, no meaning. */
export function createBridge(
  ipc: Pick<IpcRenderer, 'invoke' | 'send' | 'on' | 'off'>,
  platform: string,
  pathOf: (file: File) => string,
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
    opening: ipc.invoke(channels.ask, 'app.opening', {}),
    ask: (name, input) => ipc.invoke(channels.ask, name, input),
    importFile: async (file, import_id) =>
      ipc.invoke(channels.importFile, await carried(file as File, import_id, pathOf)),
    keepSound: (piece) => ipc.invoke(channels.keepSound, piece),
    keepSegment: (segment) => ipc.invoke(channels.keepSegment, segment),
    dragAsset: (asset_id) => ipc.send(channels.dragAsset, asset_id),
    listen: (hear) => {
      hearers.add(hear)
      if (early?.length) hear(early)
      early = undefined
      return () => void hearers.delete(hear)
    },
    platform,
  }
}

/** A file of the disk goes as its path, anything else as its bytes; too many, or unreadable ones, stay behind. */
async function carried(file: File, import_id: string, pathOf: (file: File) => string): Promise<object> {
  const named = { import_id, file_name: file.name, media_type: file.type }
  const path = pathOf(file)
  // The size of a file of the disk is looked up while the page waits, and nobody asks for it.
  if (path !== '') return { ...named, path }
  const byte_length = file.size
  const about = { ...named, byte_length }
  if (byte_length > largestFile) return about
  return { ...about, bytes: await file.arrayBuffer().catch(() => undefined) }
}
