import type { AnyEvent } from '@contract/events'
import { channels } from '@contract/names'
import type { RunningApp } from './launch-app'

/** Has the main process tell the page what a daemon would: for scenes that no request leads to quickly. */
export const tellWindow = (app: RunningApp, ...events: readonly AnyEvent[]): Promise<void> =>
  app.electron.evaluate(
    ({ BrowserWindow }, [channel, told]) => BrowserWindow.getAllWindows()[0]?.webContents.send(channel, told),
    [channels.events, events] as const,
  )
