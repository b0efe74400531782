import { z } from 'zod'
import { debugLevels, type DebugLevel } from './debug-level'
import { takes } from './define'
import { RunId } from './ids'

export { debugLevels, type DebugLevel }

/** Contract 15: `route-resolution`, or `turn-0001-attempt-0001-provider-request` and its like. */
export const DebugArtifactId = z.string().regex(/^[a-z0-9-]{1,120}$/)

export interface DebugArtifact {
  readonly artifact_id: string
  readonly format: 'json' | 'jsonl'
  readonly updated_at_ms: number
  /** On disk, and before encryption. */
  readonly bytes: number
  readonly plaintext_bytes: number
  /** Hex, of the plain text. */
  readonly sha256: string
  readonly truncated: boolean
  readonly original_bytes?: number
  readonly encrypted: boolean
}

export interface DebugView {
  readonly run_id: RunId
  readonly level: DebugLevel
  readonly artifacts: readonly DebugArtifact[]
}

/** The head of an exported file, so that a reader knows what it holds: request, headers, raw events, hashes. */
export const evidenceFormat = 'kheish.evidence/1'

const one = z.strictObject({ run_id: RunId })

export const evidenceCalls = {
  /** Faults: run_not_found; run_debug_not_found when nothing was kept, or not any more. */
  'runs.debug': takes(() => one).returns<DebugView>(),
  /** Faults: run_debug_artifact_not_found, run_debug_artifact_unreadable. */
  'runs.debugArtifact': takes(() => one.extend({ artifact_id: DebugArtifactId })).returns<{
    readonly artifact: DebugArtifact
    readonly body: string
  }>(),
  /** One file with everything kept of a run and nothing secret; `kheish runs replay` renders it offline. */
  'runs.evidence': takes(() => one).returns<{ readonly file_name: string; readonly text: string }>(),
  /**
   * Removes evidence of ended runs, never their records or events. Fault: run_retention_invalid_request for an age
   * or a limit that is not positive.
   */
  'runs.prune': takes(() =>
    z.strictObject({
      /** Default 7 days. */
      older_than_ms: z.number().optional(),
      limit: z.number().optional(),
    }),
  ).returns<{ readonly pruned_runs: number; readonly pruned_bytes: number }>(),
}
