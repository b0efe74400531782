// Runs a command in a D-Bus session of its own with an unlocked, empty gnome-keyring: a real Secret Service that can't
// touch the keys of whoever runs the tests. Its data live in a folder that goes away with it.
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { handOver, tryCommand } from './command.mjs'

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

// Started again inside the session: the keyring must be unlocked before anybody asks for a secret, because a locked
// one would open a password window and wait for ever.
async function insideSession([program, ...args]) {
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let complaints = ''
  daemon.stderr.setEncoding('utf8').on('data', (chunk) => (complaints += chunk))
  daemon.on('error', (error) => (complaints += error.message))
  daemon.stdin.on('error', () => {}).end('a password that guards nothing')
  try {
    if (!(await isServing())) {
      process.stderr.write(`No Secret Service came up in ten seconds.\n${complaints}\n`)
      return 1
    }
    return await handOver(program, args)
  } finally {
    daemon.kill()
  }
}

async function isServing() {
  const ask = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
  const question = ['org.freedesktop.DBus.GetNameOwner', 'string:org.freedesktop.secrets']
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await tryCommand('dbus-send', [...ask, ...question])).code === 0) return true
    await pause(100)
  }
  return false
}

if (process.argv[1] === import.meta.filename) process.exitCode = await insideSession(process.argv.slice(2))
