import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { stateRootFor } from './daemon/core/routes/state-root'
import { startShell } from './shell/start-shell'

startShell({
  out: join(import.meta.dirname, '..'),
  stateRoot: resolve(stateRootFor({ env: process.env, platform: process.platform, home: homedir() })),
  // Read when the page is on its way: sooner it would hold the window back, later the first chat.
  loadDaemon: () => import('./daemon/index'),
  loadControl: async () => ({
    ...(await import('./control/open-control')),
    ...(await import('./control/find-daemon')),
  }),
})
