import type { RunId, SessionId } from './ids'
import type { AssetRef } from './message'

/** A piece of an output, in the order in which it is shown. */
export type OutputPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'attachment'; readonly attachment: AssetRef }

/** What a run showed (contract 12). `content` says the same in words alone. */
export interface OutputView {
  readonly output_id: string
  readonly session_id: SessionId
  readonly run_id: RunId
  readonly plugin: string
  readonly address: string
  readonly content: string
  readonly parts: readonly OutputPart[]
  readonly artifacts: readonly AssetRef[]
  readonly source_kind: 'assistant_text' | 'emit_output' | 'daemon_emit_output'
  readonly created_at_ms: number
}
