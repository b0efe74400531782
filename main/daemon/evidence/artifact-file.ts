import { createHash, type KeyObject } from 'node:crypto'
import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunId } from '@contract/ids'
import type { ArtifactRecord } from '../ports/evidence-store'
import { createSealer, openSealed } from './cipher'

/** Which file of evidence: its run, its name, and whether it is encrypted. */
export type Named = Pick<ArtifactRecord, 'run_id' | 'artifact_id' | 'format' | 'encrypted'>
type Finished = NonNullable<ArtifactRecord['finished']>

/** A folder for each run, named so that every file system takes it. */
export const folderOf = (root: string, run: RunId): string =>
  join(root, isPlainName(run) ? run : `x-${createHash('sha256').update(run).digest('hex').slice(0, 40)}`)

const isPlainName = (name: string): boolean => /^[a-z0-9][a-z0-9_-]{0,119}$/.test(name)

const pathOf = (root: string, { run_id, artifact_id, format, encrypted }: Named): string =>
  join(folderOf(root, run_id), `${artifact_id}.${format}${encrypted ? '.enc' : ''}`)

const placeOf = ({ run_id, artifact_id }: Named): string => `${run_id}/${artifact_id}`

/** A file that grows. What `append` returned for survives a kill: the system has it. Throws what the disk says. */
export interface GrowingFile {
  append(text: string): void
  close(): Finished
}

/** Makes the file, for its owner only, in place of one of the same name. */
export function growFile(root: string, named: Named, key: KeyObject | undefined): GrowingFile {
  mkdirSync(folderOf(root, named.run_id), { recursive: true, mode: 0o700 })
  return growAt(pathOf(root, named), named, key)
}

/** Writes a whole file: another reader sees the old one or this one. */
export function putFile(root: string, named: Named, key: KeyObject | undefined, text: string): Finished {
  mkdirSync(folderOf(root, named.run_id), { recursive: true, mode: 0o700 })
  const path = pathOf(root, named)
  const file = growAt(`${path}.part`, named, key)
  try {
    file.append(text)
  } finally {
    file.close()
  }
  const finished = file.close()
  renameSync(`${path}.part`, path)
  return finished
}

function growAt(path: string, named: Named, key: KeyObject | undefined): GrowingFile {
  const sealer = key && createSealer(key, placeOf(named))
  const hash = createHash('sha256')
  const fd = openSync(path, 'w', 0o600)
  let bytes = 0
  let plaintext_bytes = 0
  let finished: Finished | undefined

  function write(piece: Buffer): void {
    for (let at = 0; at < piece.length;) at += writeSync(fd, piece, at)
    bytes += piece.length
  }
  const close = (): Finished => {
    if (finished) return finished
    closeSync(fd)
    return (finished = { bytes, plaintext_bytes, sha256: hash.digest('hex') })
  }
  try {
    if (sealer) write(sealer.head)
  } catch (error) {
    close()
    throw error
  }
  return {
    append(text) {
      const plain = Buffer.from(text, 'utf8')
      write(sealer ? sealer.seal(text) : plain)
      hash.update(plain)
      plaintext_bytes += plain.length
    },
    close,
  }
}

export interface ReadFile {
  readonly text: string
  readonly bytes: number
  readonly changed_at_ms: number
}

/** Throws `Unreadable`, or what the disk says. */
export async function readArtifactFile(
  root: string,
  named: Named,
  key: KeyObject | undefined,
): Promise<ReadFile> {
  const path = pathOf(root, named)
  const [file, { mtimeMs }] = await Promise.all([readFile(path), stat(path)])
  return {
    text: key ? openSealed(key, placeOf(named), file) : file.toString('utf8'),
    bytes: file.length,
    changed_at_ms: Math.round(mtimeMs),
  }
}
