import type { DebugArtifact } from '@contract/evidence'
import type { RunId } from '@contract/ids'

/** What is known of one file of evidence besides its bytes. */
export interface ArtifactRecord {
  readonly run_id: RunId
  readonly artifact_id: string
  readonly format: DebugArtifact['format']
  readonly encrypted: boolean
  readonly updated_at_ms: number
  /** Absent while it is being written, and for good when its daemon was killed then. */
  readonly finished?: Pick<DebugArtifact, 'bytes' | 'plaintext_bytes' | 'sha256'>
  readonly truncated: boolean
  readonly original_bytes?: number
}

export interface EvidenceStore {
  /** Adds or replaces. */
  put(record: ArtifactRecord): void
  list(run: RunId): readonly ArtifactRecord[]
  /** Runs with evidence that ended before `at_ms`, oldest first. */
  endedBefore(at_ms: number, limit: number): readonly RunId[]
  /** Every run with evidence. */
  runs(): readonly RunId[]
  remove(run: RunId): void
}
