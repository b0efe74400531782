import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes of a socket's path: macOS takes 103, Linux 107. */
const longestPath = 103

export interface Address {
  /** What to listen at and to connect to. */
  readonly path: string
  /** The folder that holds the socket and must be its owner's alone; absent for a named pipe. */
  readonly folder?: string
}

/**
 * Where the control plane of a state root is, for those who serve it and those who look for it: `control.sock` in the
 * state root. A state root with a longer name has its socket in a folder of the same person's under /tmp, whatever
 * TMPDIR says, so that everybody finds it. A folder has one socket, whichever link leads to it.
 */
export function addressOf(stateRoot: string, platform: string = process.platform): Address {
  if (platform === 'win32') return { path: `\\\\.\\pipe\\kheish-${hashed(stateRoot.toLowerCase())}` }
  const root = withoutLinks(stateRoot)
  const path = join(root, 'control.sock')
  if (Buffer.byteLength(path) <= longestPath) return { path, folder: root }
  const folder = `/tmp/kheish-${process.getuid?.() ?? 'user'}`
  return { path: join(folder, `${hashed(root)}.sock`), folder }
}

function withoutLinks(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    // It is not there yet: then it is no link either.
    return folder
  }
}

/** Makes the folder of a socket, for its owner alone. False: it is another's, nothing may listen there. */
export function claimFolder(folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (lstatSync(folder).uid === process.getuid?.()) chmodSync(folder, 0o700)
  return isOwn(folder)
}

/** Whether a folder is this person's, and nobody else may look inside. */
export function isOwn(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return (
    found !== undefined && found.isDirectory() && found.uid === process.getuid?.() && !(found.mode & 0o077)
  )
}

const hashed = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)
