import type { DebugLevel } from '@contract/debug-level'
import type { DebugArtifact } from '@contract/evidence'
import type { Fault } from '@contract/fault'
import type { RunId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { Receipt } from '@contract/runs'
import type { AttemptTap } from './attempt-tap'
import type { ChatTurn, ImageSummary } from './driver'
import type { RunRecord } from './store'

/** How an attempt went, as the run loop saw it. */
export interface Outcome {
  readonly how: 'closed' | 'failed' | 'stopped'
  readonly fault?: Fault
  /** What this attempt added to the answer, as it is stored. May throw: that costs the evidence. */
  readonly parts: () => readonly Part[]
  readonly receipt: Receipt
}

export interface AttemptCapture extends AttemptTap {
  ended(outcome: Outcome): void
}

/** The name of an artifact about an order of pictures; repeats get the time as a suffix. */
export type MediaKind = `openrouter-image-provider-${ImageSummary['is']}`

export interface RunCapture {
  /** `number`: of the request to the model, from 1; the default. */
  attempt(turn: ChatTurn, number?: number): AttemptCapture
  /** What of an order of pictures may be kept, the same at every level: neither words nor bytes. */
  media(kind: MediaKind, summary: ImageSummary): void
}

/** Why nothing can be kept, whatever the level says. */
export type Blocked = 'key_invalid' | 'tokens_unreadable'

export interface CaptureState {
  readonly level: DebugLevel
  readonly encrypted: boolean
  readonly blocked?: Blocked
}

export interface KeptBody {
  readonly artifact: DebugArtifact
  readonly body: string
}

/** What is kept of runs beside their records (contract 15). */
export interface Evidence {
  state(): CaptureState
  /** The level a run is pinned to that starts now; `off` while nothing can be kept. */
  levelNow(): DebugLevel
  /** Undefined where nothing is kept of this run. Never rejects. */
  open(run: RunRecord): Promise<RunCapture | undefined>
  /** Reads the key of the evidence, or makes it. Fault: `debug_capture_key_invalid`. */
  provideKey(): Promise<void>
  /** Looks whether the key is there when it is needed; `state` says it afterwards. Never rejects. */
  look(): Promise<void>
  /** Without bodies. An artifact that can't be read is among them with what was written down of it. */
  list(run: RunId): Promise<readonly DebugArtifact[]>
  /** Faults: `run_debug_artifact_not_found`, `run_debug_artifact_unreadable`. */
  read(run: RunId, artifactId: string): Promise<KeptBody>
  /** Removes evidence of runs that ended before `at_ms`; records and events stay. */
  prune(
    at_ms: number,
    limit: number,
  ): Promise<{ readonly pruned_runs: number; readonly pruned_bytes: number }>
  /** Removes the evidence of runs that are gone. */
  sweep(): Promise<void>
  removeAll(): Promise<void>
}
