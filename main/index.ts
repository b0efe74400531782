import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { createKeychain, startDaemon, stateRootFor } from './daemon/index'
import { startShell } from './shell/start-shell'

startShell({
  out: join(import.meta.dirname, '..'),
  stateRoot: resolve(stateRootFor({ env: process.env, platform: process.platform, home: homedir() })),
  startDaemon,
  createKeychain,
})
