// node_modules as package-lock.json says: installed when missing, and again when the two differ.
import { existsSync, readFileSync } from 'node:fs'
import { command, npm } from './command.mjs'
import { during } from './progress.mjs'

export async function packages() {
  if (areInstalled()) return
  const [program, args, options] = npm('ci', '--ignore-scripts', '--no-audit', '--no-fund')
  const title = existsSync('node_modules')
    ? 'updating the packages'
    : 'installing the packages (about a minute)'
  await during(title, () => command('npm ci failed.', program, args, options))
}

function areInstalled() {
  if (!existsSync('node_modules/.package-lock.json')) return false
  const wanted = readLock('package-lock.json')
  const present = readLock('node_modules/.package-lock.json')
  // An optional package of another system is rightly absent; whatever is there must be the wanted version.
  for (const [path, entry] of Object.entries(wanted))
    if (path !== '' && present[path]?.version !== entry.version && (present[path] || !entry.optional))
      return false
  return Object.keys(present).every((path) => path in wanted)
}

function readLock(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}
