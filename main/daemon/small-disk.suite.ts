import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDaemon } from './index'
import { fakeBrowser } from './ports/browser.fake'
import type { Daemon } from './ports/daemon'
import { fakeKeychain } from './ports/keychain.fake'

/** Only root may mount, and only Linux mounts memory. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0

export interface SmallDisk {
  /** The state root of its daemon. */
  readonly root: string
  readonly daemon: Daemon
  /** Leaves so many bytes free. */
  fill(left: number): Promise<void>
  free(): Promise<void>
  close(): Promise<void>
}

/** A daemon on a disk of 12 MB; where nothing can be mounted, on the one of the machine. */
export async function openSmallDisk(): Promise<SmallDisk> {
  const disk = await mkdtemp(join(tmpdir(), 'kheish-full-'))
  if (canMount) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk])
  const root = join(disk, 'root')
  const ballast = join(disk, 'ballast')
  const daemon = await startDaemon({
    stateRoot: root,
    env: {},
    version: '0',
    keychain: fakeKeychain(),
    browser: fakeBrowser(),
    publish: () => undefined,
    fetch: () => Promise.reject(new TypeError('no network')),
    isPassive: true,
  })
  return {
    root,
    daemon,
    async fill(left) {
      const { bavail, bsize } = await statfs(disk)
      await writeFile(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)))
    },
    free: () => rm(ballast, { force: true }),
    async close() {
      await daemon.stop()
      if (canMount) execFileSync('umount', ['-l', disk])
      await rm(disk, { recursive: true, force: true })
    },
  }
}
