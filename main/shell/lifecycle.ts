import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

export interface LifecycleNeeds {
  /** Where Chromium keeps the lock. */
  readonly folder: string
  /** Opens the window or brings it to the front. */
  readonly show: () => void
  /** Stops everything that outlives a window; must settle on its own. */
  readonly stop: () => Promise<void>
}

/**
 * One process per state root: false means that another one has it and shows itself; this one is to end.
 * Order of an end: windows close, then the daemon stops, then the process exits.
 */
export function holdLifecycle({ folder, show, stop }: LifecycleNeeds): boolean {
  if (!app.requestSingleInstanceLock() && canWrite(folder)) {
    app.exit(0)
    return false
  }
  app.on('second-instance', show)
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  let isStopped = false
  app.on('will-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void stop().finally(() => {
      isStopped = true
      app.exit(0)
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  return true
}

/** Where nothing can be written there is no lock either, and nobody who holds it: the daemon then says what is wrong. */
function canWrite(folder: string): boolean {
  const probe = join(folder, `probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, 'x')
    rmSync(probe)
    return true
  } catch {
    return false
  }
}
