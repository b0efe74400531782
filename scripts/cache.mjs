// The one place outside the project where set-up keeps what is costly to make or fetch again.
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const { env, platform } = process

function cacheHome() {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  return join(env.HOME || homedir(), '.cache')
}

/** A folder in the cache, made when it isn't there. Safe to delete as a whole at any time. */
export function cacheFolder(...names) {
  const folder = join(cacheHome(), 'kheish-desktop', ...names)
  mkdirSync(folder, { recursive: true })
  return folder
}

export const platformName = `${platform}-${process.arch}`
