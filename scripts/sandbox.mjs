// Chromium's sandbox on Linux: it refuses to run as root, and it needs user namespaces or a set-uid program.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { say, Stop } from './progress.mjs'

/** The switches for the runtime in `folder`; stops with the one command to run where the sandbox can't work. */
export function sandboxArguments(folder) {
  if (process.platform !== 'linux') return []
  if (process.getuid() === 0) {
    say('· running as root: Chromium has no sandbox then, so the app is started with --no-sandbox')
    return ['--no-sandbox']
  }
  if (areNamespacesAllowed()) return []
  const program = join(folder, 'chrome-sandbox')
  const { uid, mode } = statSync(program)
  if (uid === 0 && (mode & 0o4000) !== 0) return []
  const allow = `sudo sh -c 'chown root:root "${program}" && chmod 4755 "${program}"'`
  throw new Stop(
    `This system lets only a set-uid program make Chromium's sandbox; allow it once with: ${allow}`,
  )
}

function areNamespacesAllowed() {
  return (
    read('/proc/sys/kernel/unprivileged_userns_clone') !== '0' &&
    read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1'
  )
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
