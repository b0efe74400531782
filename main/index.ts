import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { commandLineWords, isLauncher, launcherFor } from './cli/install-command'
import { stateRootFor } from './daemon/core/routes/state-root'
import { keepCompiled } from './shell/keep-compiled'
import { runAsCommand } from './shell/run-as-command'
import { startShell } from './shell/start-shell'

const out = join(import.meta.dirname, '..')
const { argv, env, platform } = process
const home = homedir()
const words = commandLineWords(argv)
// Electron says in `argv` where the app is, unless the app is its own program.
const appPath = process.defaultApp ? { appPath: join(out, '..') } : {}
const program = env['APPIMAGE'] ?? process.execPath
const localAppData = env['LOCALAPPDATA'] ? { localAppData: env['LOCALAPPDATA'] } : {}

if (words) {
  runAsCommand({
    out,
    words,
    load: async () => ({
      ...(await import('./cli/run-command-line')),
      ...(await import('./daemon/index')),
    }),
  })
} else {
  const stateRoot = resolve(stateRootFor({ env, platform, home }))
  keepCompiled({ code: join(out, 'main/chunks'), folder: join(stateRoot, 'window') })
  startShell({
    out,
    stateRoot,
    command: { launcher: launcherFor({ platform, home, program, ...localAppData, ...appPath }), isLauncher },
    loadDaemon: () => import('./daemon/index'),
    loadControl: async () => ({
      ...(await import('./control/open-control')),
      ...(await import('./control/find-daemon')),
    }),
  })
}
