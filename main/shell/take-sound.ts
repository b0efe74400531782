import { ipcMain } from 'electron'
import { channels } from '@contract/names'
import type { Host } from './host'
import type { Windows } from './windows'

/** A recorder's sound, which comes in through the doorway. */
export function takeSound(host: Host, windows: Pick<Windows, 'speaker'>): void {
  const report = (error: unknown) => host.report(error)
  let serving: Promise<typeof import('./sound-from-page')> | undefined
  for (const [channel, name] of [
    [channels.keepSound, 'Bridge.keepSound'],
    [channels.keepSegment, 'Bridge.keepSegment'],
  ] as const) {
    ipcMain.handle(channel, async (event, raw: unknown) => {
      // Before anything is awaited: the frame may be gone afterwards.
      const from = windows.speaker(event)
      // What is asked for by name is looked up each time, and sound comes ten times a second.
      const { serveSound } = await (serving ??= import('./sound-from-page'))
      return serveSound(host.sound, report, from, name, raw)
    })
  }
}
