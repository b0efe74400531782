import type { AnyEvent } from '@contract/events'
import type { RunningApp } from './launch-app'

/** Has the main process tell the page what a daemon would: for scenes that no request leads to quickly. */
export const tellWindow = (app: RunningApp, ...events: readonly AnyEvent[]): Promise<void> =>
  app.electron.evaluate(
    ({ BrowserWindow }, told) => BrowserWindow.getAllWindows()[0]?.webContents.send('kheish:events', told),
    events,
  )
