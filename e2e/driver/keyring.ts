import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Secret Service of a test's own: own bus, own keyring, nothing of the person's. */
export interface Keyring {
  /** Lay these over the environment of whatever is to use it. */
  readonly env: Readonly<Record<string, string>>
  /** The keyring stays, locked, as after a reboot without a login. */
  lock(): Promise<void>
  unlock(): Promise<void>
  /** Everything that was stored is gone. */
  forget(): Promise<void>
  stop(): Promise<void>
}

const password = 'test-password'
/** With the desktop's own services on it, the password window among them, which makes a locked keyring wait for ever. */
const busConfig = (
  listen: string,
  services: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${listen}</listen>${services}<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

/**
 * Starts a bus and, unless `service` is false, an unlocked gnome-keyring on it. Throws when the machine has neither:
 * a keychain that was not tested must not pass for one that was.
 */
export async function startKeyring({ service = true } = {}): Promise<Keyring> {
  const home = mkdtempSync(join(tmpdir(), 'kheish-keyring-'))
  const run = join(home, 'run')
  mkdirSync(join(home, 'data', 'keyrings'), { recursive: true })
  mkdirSync(run, { mode: 0o700 })
  const socket = join(run, 'bus')
  const env = {
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: run,
  }
  const everything = { ...process.env, ...env }
  writeFileSync(join(home, 'bus.conf'), busConfig(socket, service ? '<standard_session_servicedirs/>' : ''))
  const bus = spawn(
    'dbus-daemon',
    [`--config-file=${join(home, 'bus.conf')}`, '--nofork', '--print-address'],
    {
      env: everything,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  await heard(bus, 'dbus-daemon')
  let daemon: ChildProcess | undefined

  const start = async (isUnlocked: boolean) => {
    const mode = isUnlocked ? ['--unlock'] : []
    daemon = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...mode], {
      env: everything,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    daemon.stdin?.end(isUnlocked ? password : '')
    await Promise.race([owned(everything), failed(daemon, 'gnome-keyring-daemon')])
  }
  const halt = async () => {
    if (daemon) await ended(daemon)
    daemon = undefined
  }
  if (service) await start(true)

  return {
    env,
    lock: () => halt().then(() => start(false)),
    unlock: () => halt().then(() => start(true)),
    async forget() {
      await halt()
      rmSync(join(home, 'data', 'keyrings'), { recursive: true, force: true })
      mkdirSync(join(home, 'data', 'keyrings'), { recursive: true })
      await start(true)
    },
    async stop() {
      await halt()
      await ended(bus)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Resolves with the first thing the process says. */
const heard = (child: ChildProcess, name: string): Promise<void> =>
  Promise.race([
    new Promise<void>((resolve) => child.stdout?.once('data', () => resolve())),
    failed(child, name),
  ])

/** Rejects when the process could not start or ended. */
const failed = (child: ChildProcess, name: string): Promise<never> =>
  new Promise((_, reject) => {
    child.once('error', (error) => reject(new Error(`${name} is needed for this test: ${error.message}`)))
    child.once('exit', (code) => reject(new Error(`${name} ended at its start with ${code}`)))
  })

/** Resolves when the service has its name on the bus. */
async function owned(env: NodeJS.ProcessEnv): Promise<void> {
  const args = [
    'call',
    '--session',
    '--dest',
    'org.freedesktop.DBus',
    '--object-path',
    '/org/freedesktop/DBus',
    '--method',
    'org.freedesktop.DBus.NameHasOwner',
    'org.freedesktop.secrets',
  ]
  for (let tries = 0; tries < 100; tries++) {
    const said = await new Promise<string>((resolve) => {
      const child = spawn('gdbus', args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
      let text = ''
      child.stdout.on('data', (chunk) => (text += String(chunk)))
      child.once('error', () => resolve('')).once('close', () => resolve(text))
    })
    if (said.includes('true')) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('gnome-keyring-daemon did not take its name on the bus within 5 s')
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 2_000).unref()
  })
