import { ipcMain, type WebContents } from 'electron'
import type { AssetId } from '@contract/ids'
import { channels } from '@contract/names'
import type { Host } from './host'
import { serveCall } from './serve'
import type { Windows } from './windows'

/** Files that come in through the doorway, and drags that go out through it. */
export function takeFiles(
  host: Host,
  windows: Windows,
  drag: (id: AssetId, contents: WebContents) => Promise<void>,
): void {
  const report = (error: unknown) => host.report(error)
  ipcMain.handle(channels.importFile, async (event, raw: unknown) => {
    // Before anything is awaited: the frame may be gone afterwards.
    const from = windows.speaker(event)
    const { serveFile } = await import('./import-file')
    return serveFile(host.assets, report, from, raw)
  })
  ipcMain.on(channels.dragAsset, (event, asset_id: unknown) => {
    const from = windows.speaker(event)
    const goOn = async () => {
      const { allCalls } = await import('@contract/calls')
      const calls = { 'Bridge.dragAsset': allCalls['app.openAsset'] }
      // Parsed with that call's schema.
      const run = (_: string, input: unknown) =>
        drag((input as { readonly asset_id: AssetId }).asset_id, event.sender)
      await serveCall({ calls, run, report }, from, 'Bridge.dragAsset', { asset_id })
    }
    // A drag that can't go on just ends; nobody waits for an answer.
    void goOn()
  })
}
