import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { createKeychain, startDaemon, stateRootFor } from './daemon/index'
import { startShell } from './shell/start-shell'

// Imported at once and not later: Electron's own processes start meanwhile, and the first chat is on screen sooner
// than when the daemon's code is read after the window has opened (measured, 5 to 10 %).
startShell({
  out: join(import.meta.dirname, '..'),
  stateRoot: resolve(stateRootFor({ env: process.env, platform: process.platform, home: homedir() })),
  startDaemon,
  createKeychain,
})
