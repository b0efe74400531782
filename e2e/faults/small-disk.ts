import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of its own, small enough to be filled. */
export interface SmallDisk {
  /** A folder on it that is not there yet. */
  readonly stateRoot: string
  /** Leaves this many bytes free. */
  fill(left: number): void
  /** Gives back what `fill` took. */
  free(): void
  setReadOnly(isReadOnly: boolean): void
  remove(): void
}

/** Only root may mount, and only Linux mounts memory. */
export const canMountDisks = process.platform === 'linux' && process.getuid?.() === 0

export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'kheish-disk-'))
  const ballast = join(folder, 'ballast')
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  const stateRoot = join(folder, 'state')
  mkdirSync(stateRoot)
  return {
    stateRoot,
    fill(left) {
      rmSync(ballast, { force: true })
      const { bavail, bsize } = statfsSync(folder)
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)))
      } catch {
        // The app writes meanwhile: whoever comes second finds it full.
      }
    },
    free: () => rmSync(ballast, { force: true }),
    setReadOnly: (isReadOnly) =>
      void execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]),
    remove() {
      // Lazily, for an app that is still on its way out.
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
