import { createHash, type KeyObject } from 'node:crypto'
import type { DebugArtifact } from '@contract/evidence'
import { fault } from '@contract/fault'
import type { RunId } from '@contract/ids'
import { brokenAt, chainStart, type Sha256 } from '../core/evidence/chain'
import { Failure } from '../core/failure'
import type { KeptBody } from '../ports/evidence'
import type { ArtifactRecord, EvidenceStore } from '../ports/evidence-store'
import { readArtifactFile, type ReadFile } from './artifact-file'
import type { EvidenceKey } from './evidence-key'

interface Ports {
  readonly folder: string
  readonly store: EvidenceStore
  readonly key: EvidenceKey
}

/** Evidence as it is on disk, checked against what was written down of it. */
export function readArtifacts({ folder, store, key }: Ports) {
  const keyFor = async (record: ArtifactRecord): Promise<KeyObject | undefined> =>
    record.encrypted ? (key.held() ?? (await key.read())) : undefined

  async function open(record: ArtifactRecord): Promise<KeptBody> {
    const file = await readArtifactFile(folder, record, await keyFor(record))
    const text = record.finished ? file.text : wholeLines(file.text)
    const sha256 = hash(text)
    if (record.finished ? record.finished.sha256 !== sha256 : !isChained(record, text))
      throw new Error('changed')
    return { artifact: viewOf(record, file, text, sha256), body: text }
  }

  /** A file that is being replaced while it is read is looked at again. */
  async function readOne(find: () => ArtifactRecord | undefined): Promise<KeptBody> {
    for (let tries = 0; ; tries += 1) {
      const record = find()
      if (!record) throw notFound()
      try {
        return await open(record)
      } catch (cause) {
        if (tries < 2 && JSON.stringify(find()) !== JSON.stringify(record)) continue
        throw unreadable(cause)
      }
    }
  }

  return {
    read: (run: RunId, artifactId: string): Promise<KeptBody> =>
      readOne(() => store.list(run).find((record) => record.artifact_id === artifactId)),

    /** What can't be read is told as it was written down. */
    list: (run: RunId): Promise<DebugArtifact[]> =>
      Promise.all(
        store.list(run).map(async (record) => {
          if (record.finished) return { ...shared(record), ...record.finished }
          try {
            return (await open(record)).artifact
          } catch {
            return { ...shared(record), bytes: 0, plaintext_bytes: 0, sha256: '' }
          }
        }),
      ),
  }
}

const hash: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex')

const shared = ({ run_id: _, finished: __, ...record }: ArtifactRecord) => record

const viewOf = (
  record: ArtifactRecord,
  { bytes, changed_at_ms }: ReadFile,
  text: string,
  sha256: string,
): DebugArtifact => ({
  ...shared(record),
  updated_at_ms: record.finished ? record.updated_at_ms : changed_at_ms,
  bytes,
  plaintext_bytes: Buffer.byteLength(text),
  sha256,
})

/** A daemon that was killed may have left half a line. */
const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1)

/** Lines of a file that was never finished prove themselves. */
function isChained({ run_id, artifact_id, format }: ArtifactRecord, text: string): boolean {
  if (format === 'json') return text !== ''
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  return brokenAt(hash, chainStart(hash, run_id, artifact_id), lines) === undefined
}

const notFound = () =>
  new Failure(fault('run_debug_artifact_not_found', 'Nothing of this name was kept of this run.'))

function unreadable(cause: unknown): Failure {
  if (cause instanceof Failure && cause.fault.code === 'run_debug_artifact_not_found') return cause
  return new Failure(
    fault(
      'run_debug_artifact_unreadable',
      'This piece of evidence can’t be decrypted or was changed, so it is not shown.',
    ),
    { cause },
  )
}
