// Runs a command in a D-Bus session of its own with an unlocked, empty gnome-keyring: a real Secret Service that can't
// touch the keys of whoever runs the tests. Its data live in a folder that goes away with it.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { handOver } from './command.mjs'

/** Like handOver; answers the exit code. Elsewhere than on Linux the command just runs, with the system's keychain. */
export async function inKeyringSession(program, args, options = {}) {
  if (process.platform !== 'linux') return handOver(program, args, options)
  const home = mkdtempSync(join(tmpdir(), 'kheish-keyring-'))
  const places = { XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: join(home, 'run') }
  mkdirSync(join(places.XDG_DATA_HOME, 'keyrings'), { recursive: true })
  mkdirSync(places.XDG_RUNTIME_DIR)
  chmodSync(places.XDG_RUNTIME_DIR, 0o700)
  const env = { ...process.env, ...options.env, ...places }
  const inside = ['--', process.execPath, import.meta.filename, program, ...args]
  try {
    return await handOver('dbus-run-session', inside, { ...options, env })
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

// Started again inside the session: the daemon must be unlocked there before anybody asks for a secret, because a
// locked keyring would open a password window and wait for ever.
async function insideSession([program, ...args]) {
  const daemon = spawnSync('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    input: 'a password that guards nothing',
    encoding: 'utf8',
  })
  if (daemon.status !== 0) {
    process.stderr.write(`gnome-keyring-daemon did not start: ${daemon.stderr}\n`)
    return 1
  }
  const said = daemon.stdout.split('\n').filter((line) => line.includes('='))
  const env = { ...process.env, ...Object.fromEntries(said.map((line) => line.split(/=(.*)/s, 2))) }
  return handOver(program, args, { env })
}

if (process.argv[1] === import.meta.filename) process.exitCode = await insideSession(process.argv.slice(2))
