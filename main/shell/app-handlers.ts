import { join } from 'node:path'
import { app, shell } from 'electron'
import type { AppHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { answer, Failure } from '../daemon/core/failure'
import { answerAhead } from './answer-ahead'
import { plainName } from './asset-file-name'
import type { createAssetHandlers } from './asset-handlers'
import type { createCommandPlace } from './command-place'
import type { createDictating } from './dictating'
import type { Host } from './host'
import { openableAddress } from './origin'
import { saveAs } from './save-as'
import { applyTheme } from './theme'
import type { Windows } from './windows'

/** Where things are; paths are absolute. */
export interface Places {
  readonly stateRoot: string
  readonly routesFile: string
  readonly command: ReturnType<typeof createCommandPlace>
}

/** The calls that need a desktop rather than the daemon. */
export function createAppHandlers(
  host: Host,
  windows: Windows,
  places: Places,
  assets: ReturnType<typeof createAssetHandlers>['handlers'],
  dictating: ReturnType<typeof createDictating>['handlers'],
): AppHandlers {
  const { command } = places
  return {
    'app.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      chrome: process.versions.chrome,
      platform: process.platform,
      demo: host.isDemo(),
    }),
    'app.opening': async () =>
      JSON.stringify(await answerAhead((name, input) => answer(() => host.run(name, input), host.report))),
    'app.exploreDemo': () => host.exploreDemo(),
    'app.leaveDemo': () => host.leaveDemo(),
    ...dictating,
    'app.openExternal': async ({ url }) => {
      const address = openableAddress(url)
      if (address === undefined) throw refused('app.openExternal', 'Only https and mail links can be opened.')
      await shell.openExternal(address)
    },
    'app.saveText': ({ file_name, text }) =>
      saveAs(windows.current(), {
        call: 'app.saveText',
        name: plainName(file_name, 'chat.md'),
        content: () => text,
      }),
    ...assets,
    'app.setTheme': ({ theme }) => {
      applyTheme(theme)
      windows.remember({ theme })
    },
    'app.reveal': async ({ what }) => {
      if (what === 'routes_file') return shell.showItemInFolder(places.routesFile)
      const trouble = await shell.openPath(
        what === 'logs' ? join(places.stateRoot, 'logs') : places.stateRoot,
      )
      if (trouble !== '') throw refused('app.reveal', 'The system could not open the folder.')
    },
    'app.command': () => command.look(),
    'app.setCommand': ({ installed }) => command.set(installed),
    // The answer goes out first.
    'app.quit': () => void setImmediate(() => app.quit()),
  }
}

const refused = (call: string, detail: string): Failure =>
  new Failure(fault('call_refused', detail, { call }))
