import type { ImageModelView, ImageVersion } from '@contract/images'
import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { ToolFacts } from '@contract/message'
import type { OutputView } from '@contract/outputs'
import type { Approval, PermissionRule } from '@contract/permissions'

/**
 * A tool call as it is written down before and after its effect (contract 6.1). `planned`: nothing has happened.
 * `dispatched`: something that can't be taken back may have happened.
 */
export interface CallRecord {
  readonly run_id: RunId
  readonly call_id: string
  readonly message_id: MessageId
  /** From 1; the request to the model that asked for it. */
  readonly turn: number
  /** Index of its part in the message. */
  readonly place: number
  readonly name: string
  readonly arguments: string
  readonly state: 'planned' | 'dispatched' | 'done' | 'failed'
  readonly planned_at_ms: number
  readonly dispatched_at_ms?: number
  readonly ended_at_ms?: number
  /** What goes back to the model. */
  readonly output?: string
  readonly facts?: ToolFacts
}

export interface CallStore {
  /** Of one turn, all or none. A repeat changes nothing. */
  plan(calls: readonly CallRecord[]): void
  dispatch(run: RunId, call: string, at_ms: number): void
  end(
    run: RunId,
    call: string,
    end: {
      readonly state: 'done' | 'failed'
      readonly at_ms: number
      readonly output: string
      readonly facts?: ToolFacts
    },
  ): void
  /** In the order in which they were planned. */
  of(run: RunId): readonly CallRecord[]
}

export interface ApprovalStore {
  add(approvals: readonly Approval[]): void
  get(id: string): Approval | undefined
  list(filter: {
    readonly session_id?: SessionId
    readonly run_id?: RunId
    readonly pending: boolean
    readonly limit: number
  }): readonly Approval[]
  resolve(
    id: string,
    to: Pick<Approval, 'status' | 'decision'> & { readonly resolved_at_ms: number },
  ): Approval
  /** What is still pending of a run that ended; answers those. */
  expire(run: RunId, at_ms: number): readonly Approval[]
}

export interface RuleStore {
  /** Those of a chat, and those that hold everywhere; in the order they were made. */
  list(session?: SessionId): readonly PermissionRule[]
  put(rule: PermissionRule): PermissionRule
  delete(id: string): boolean
}

export interface OutputStore {
  add(output: OutputView): void
  of(run: RunId): readonly OutputView[]
}

/** The image catalogue by route, and what was learned of routes that have none. */
export interface ImageModelStore {
  list(routeId?: string): readonly ImageModelView[]
  replace(routeId: string, models: readonly ImageModelView[], at_ms: number): void
  /** Null: never fetched. */
  refreshedAt(routeId: string): number | null
  /** A 404 said that there is no image endpoint below this address, or none for this model (API reference 3.1). */
  usesChat(routeId: string, model: string): boolean
  noteChat(routeId: string, model: string, at_ms: number): void
}

export interface ImageVersionStore {
  /** From the furthest picture that one was made from, everything made of it, parents first. Fault: `asset_not_found`. */
  tree(id: AssetId): readonly ImageVersion[]
}
