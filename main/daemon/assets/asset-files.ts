import { chmod, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { MadeFile } from '../ports/media'
import { absent, codeOf, isAbsent } from './asset-failures'

/** A place of its own for one import: its source, and what is made of it. */
export interface Job {
  readonly source: string
  readonly out: string
  /** Throws for a file elsewhere or with a name that leads elsewhere: whoever looks at hostile files is not believed. */
  own<T extends Pick<MadeFile, 'path' | 'sha256'>>(made: readonly T[]): readonly T[]
  remove(): Promise<void>
}

/** Files named by their digest, below one folder (contract 7.1). */
export interface AssetFiles {
  pathOf(sha256: string): string
  /** Moves finished files to their places, in place of what was there, and waits until the disk knows. */
  publish(made: readonly Pick<MadeFile, 'path' | 'sha256'>[]): Promise<void>
  /** Bytes on disk; undefined when it is not there. */
  sizeOf(sha256: string): Promise<number | undefined>
  remove(sha256: string): Promise<void>
  removeAll(): Promise<void>
  /** Digests that have a file, folder by folder. */
  all(): AsyncIterable<readonly string[]>
  newJob(): Promise<Job>
  /** Takes away what imports of an earlier process left. */
  sweepJobs(): Promise<void>
}

const ownerOnly = 0o700
const readOnly = 0o400
const isDigest = (name: string) => /^[0-9a-f]{64}$/.test(name)

/** `boot` is new at every start: jobs that do not carry it are of a process before this one. */
export function createAssetFiles(folder: string, boot: string): AssetFiles {
  const jobs = join(folder, 'tmp')
  let made = 0
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  const namesIn = async (path: string) => (await readdir(path).catch(absent)) ?? []

  async function provide(path: string): Promise<void> {
    const first = await mkdir(path, { recursive: true, mode: ownerOnly })
    if (first !== undefined) await syncFolder(dirname(first))
  }

  return {
    pathOf,
    async publish(files) {
      const places = new Map(files.map(({ sha256, path }) => [pathOf(sha256), path]))
      for (const [place, path] of places) {
        await provide(dirname(place))
        await chmod(path, readOnly)
        await moveOver(path, place)
      }
      await Promise.all([...new Set([...places.keys()].map((place) => dirname(place)))].map(syncFolder))
    },
    sizeOf: async (sha256) => (await lstat(pathOf(sha256)).catch(absent))?.size,
    remove: async (sha256) => {
      // A name that is no digest would reach beyond the folder.
      if (isDigest(sha256)) await rm(pathOf(sha256), { force: true, recursive: true })
    },
    removeAll: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
    async *all() {
      for (const name of await namesIn(folder)) {
        if (/^[0-9a-f]{2}$/.test(name)) yield (await namesIn(join(folder, name))).filter(isDigest)
      }
    },
    async newJob() {
      const own = join(jobs, `${boot}-${String((made += 1))}`)
      const out = join(own, 'out')
      await mkdir(out, { recursive: true, mode: ownerOnly })
      return {
        source: join(own, 'source'),
        out,
        own: (files) => {
          for (const { path, sha256 } of files) {
            if (!resolve(path).startsWith(own + sep)) throw new Error('a made file is not in its folder')
            if (!isDigest(sha256)) throw new Error('a made file has no digest')
          }
          return files
        },
        // What can't be removed now is at the next start.
        remove: () => rm(own, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined),
      }
    },
    async sweepJobs() {
      for (const name of await namesIn(jobs)) {
        if (!name.startsWith(`${boot}-`)) await rm(join(jobs, name), { recursive: true, force: true })
      }
    },
  }
}

async function moveOver(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (isAbsent(error) || codeOf(error) === 'ENOSPC') throw error
    // Something else in its place, or a system that moves nothing over a file that is read-only.
    await rm(to, { force: true, recursive: true })
    await rename(from, to)
  }
}

/** A new name is safe once its folder is written; not every system lets folders be synced. */
async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!/^(EPERM|EISDIR|EINVAL|EACCES|ENOTSUP)$/.test(codeOf(error))) throw error
  }
}
