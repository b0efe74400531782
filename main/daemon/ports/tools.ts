import type { Fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import type { Part, ToolFacts } from '@contract/message'
import type { Decision } from '@contract/permissions'
import type { CallStage, ToolView } from '@contract/tools'
import type { RunRecord } from './store'

/** How far a call is; `partial` is an unfinished picture, shown and kept nowhere. */
export interface CallProgress {
  readonly stage: CallStage
  readonly done?: number
  readonly all?: number
  readonly partial?: { readonly bytes: Uint8Array; readonly media_type: string }
}

/** What a tool knows of the call it carries out. */
export interface ToolCall {
  readonly run: RunRecord
  readonly message_id: MessageId
  readonly call_id: string
  readonly signal: AbortSignal
  readonly progress: (now: CallProgress) => void
  /**
   * Written down before whatever can't be taken back: a request that is paid for. A daemon that ends afterwards says
   * `unknown` of this call, one that ends before says `not_dispatched`.
   */
  readonly dispatch: () => void
  /**
   * What a provider has reported, US dollars; counted at once, whatever becomes of the call. A result that names its cost
   * names the sum.
   */
  readonly paid: (usd: number) => void
}

export interface ToolResult {
  /** Back to the model: a string as it is, everything else as JSON. */
  readonly output: unknown
  readonly facts?: ToolFacts
  /** What joins the answer, in order (contract 9.5); each is marked `emitted`. */
  readonly shows?: readonly Part[]
}

/** One tool. What it throws goes back to the model as an error, and does not fail the run (contract 9). */
export interface Tool {
  readonly view: ToolView
  /** `input` is parsed JSON, not yet checked: unknown keys are ignored, others are tool errors. */
  run(input: unknown, call: ToolCall): Promise<ToolResult>
}

/** What models are offered. */
export interface Toolbox {
  /** For a route and model, by the backends that are configured and what the catalogue says (contract 9.4, S28). */
  visible(choice: { readonly route_id: string; readonly model: string }): readonly Tool[]
  /** Also of tools that are not visible; undefined for a name nobody knows. */
  find(name: string): Tool | undefined
}

/** Whether a tool may run, must ask, or may not, in a run's chat and as things are now (contract 9.8). */
export type Permit = (run: Pick<RunRecord, 'session_id'>, tool: ToolView) => Decision

/** Why a call of a tool did not work, for the model and the card. */
export interface ToolTrouble {
  readonly detail: string
  readonly fault?: Fault
}
