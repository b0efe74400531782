import { join } from 'node:path'
import { app, dialog, shell } from 'electron'
import type { AppHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { answer, Failure } from '../daemon/core/failure'
import { answerAhead } from './answer-ahead'
import type { createCommandPlace } from './command-place'
import type { Host } from './host'
import { openableAddress } from './origin'
import { applyTheme } from './theme'
import type { Windows } from './windows'
import { writeWhole } from './write-whole'

/** Where things are; paths are absolute. */
export interface Places {
  readonly stateRoot: string
  readonly routesFile: string
  readonly command: ReturnType<typeof createCommandPlace>
}

/** The calls that need a desktop rather than the daemon. */
export function createAppHandlers(host: Host, windows: Windows, places: Places): AppHandlers {
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
    'app.openExternal': async ({ url }) => {
      const address = openableAddress(url)
      if (address === undefined) throw refused('app.openExternal', 'Only https and mail links can be opened.')
      await shell.openExternal(address)
    },
    'app.saveText': async ({ file_name, text }) => {
      const options = { defaultPath: plainName(file_name) }
      const window = windows.current()
      const { canceled, filePath } = await (window
        ? dialog.showSaveDialog(window, options)
        : dialog.showSaveDialog(options))
      if (canceled || !filePath) return null
      await saveText(filePath, text)
      return { path: filePath }
    },
    'app.saveAsset': () => null,
    'app.openAsset': () => undefined,
    'app.copyAsset': () => undefined,
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

/** A file name without a folder in it: the dialog decides where, not the page. */
const plainName = (name: string): string =>
  name.replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '-').replace(/^\.+/, '') || 'chat.md'

async function saveText(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new Failure(fault('storage_full', 'There is no room left there. Nothing was saved.'), {
        cause: error,
      })
    }
    throw refused(
      'app.saveText',
      'The file could not be written there. Nothing was saved; choose another place.',
      error,
    )
  }
}

const refused = (call: string, detail: string, cause?: unknown): Failure =>
  new Failure(fault('call_refused', detail, { call }), { cause })
