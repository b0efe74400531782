import { randomBytes } from 'node:crypto'
import { lstat, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Disk } from '../ports/disk'

/** Folders and files of this machine. */
export const systemDisk: Disk = {
  async probe(folder, within) {
    const writing = writeProbe(folder)
    // A disk that answers later must not end the daemon with a rejection that nobody hears.
    writing.catch(() => undefined)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), within)
    })
    try {
      const first = await Promise.race([writing, late])
      return first === 'late' ? 'The disk does not answer.' : undefined
    } catch (error) {
      return sayWhy(error)
    } finally {
      clearTimeout(timer)
    }
  },

  async measure(path) {
    const found = await lstat(path).catch(absent)
    if (!found) return { bytes: 0, files: 0 }
    if (!found.isDirectory()) return { bytes: found.size, files: 1 }
    const sum = { bytes: 0, files: 0 }
    const names = await systemDisk.list(path)
    for (let at = 0; at < names.length; at += someAtOnce) {
      const some = names.slice(at, at + someAtOnce).map((name) => systemDisk.measure(join(path, name)))
      for (const { bytes, files } of await Promise.all(some)) {
        sum.bytes += bytes
        sum.files += files
      }
    }
    return sum
  },

  list: async (folder) => (await readdir(folder).catch(absent)) ?? [],

  remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 3 }),

  async *linesFromEnd(path) {
    const file = await open(path, 'r').catch(absent)
    if (!file) return
    try {
      let upto = (await file.stat()).size
      // Bytes, because a piece may begin within a character.
      let rest = Buffer.alloc(0)
      while (upto > 0) {
        const from = Math.max(0, upto - piece)
        const { buffer, bytesRead } = await file.read(Buffer.alloc(upto - from), 0, upto - from, from)
        const joined = Buffer.concat([buffer.subarray(0, bytesRead), rest])
        const first = joined.indexOf('\n')
        upto = from
        rest = first === -1 ? joined : joined.subarray(0, first)
        if (first !== -1) yield* linesOf(joined.subarray(first + 1))
      }
      yield* linesOf(rest)
    } finally {
      await file.close()
    }
  },
}

/** Files measured side by side. */
const someAtOnce = 16

const probeName = '.probe-'
/** No probe takes this long. */
const probeAgeMs = 60_000

/** Bytes read at a time, from the end. */
const piece = 256 * 1024

const linesOf = (bytes: Buffer): readonly string[] => bytes.toString().split('\n').reverse().filter(Boolean)

async function writeProbe(folder: string): Promise<void> {
  const found = await stat(folder).catch(absent)
  if (found === undefined) return
  await sweepProbes(folder)
  const path = join(folder, `${probeName}${randomBytes(6).toString('hex')}`)
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(Buffer.alloc(4_096))
    await file.sync()
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}

/** What a process that was killed left behind. A younger one may be of somebody who is probing now. */
async function sweepProbes(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(probeName)) continue
    const path = join(folder, name)
    const found = await lstat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > probeAgeMs) await rm(path, { force: true })
  }
}

/** Gone is an answer; anything else is trouble. */
function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined
  throw error
}

const codeOf = (error: unknown): string => String(Object(error).code)

function sayWhy(error: unknown): string {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk is full.'
  if (code === 'ENOTDIR') return 'There is a file where the folder should be.'
  if (/^(EACCES|EPERM|EROFS)$/.test(code)) return 'Kheish may not write here.'
  return `The disk refuses (${code}).`
}
