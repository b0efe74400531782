import { z } from 'zod'
import { takes } from './define'
import type { RunId, SessionId } from './ids'
import type { Capabilities, CapabilityMatrix, DaemonState, RuntimeView } from './routes'
import type { RunStatus } from './run-status'
import type { KeychainState } from './secrets'

export type ReadinessCode =
  | 'route_auth_ready'
  | 'inline_credentials_configured'
  | 'route_auth_ref_missing'
  | 'route_auth_provider_mismatch'
  | 'route_auth_unreadable'
  | 'secret_store_locked'
  | 'secret_store_unavailable'

export interface RouteReadiness {
  readonly route_id: string
  readonly provider: 'openrouter'
  readonly model: string
  readonly capabilities: Capabilities
  readonly active: boolean
  readonly auth_ref?: string
  readonly state: 'ok' | 'warning' | 'error'
  readonly code: ReadinessCode
  readonly message: string
  readonly action?: string
  readonly auth_mode?: 'api_key'
  readonly auth_summary?: string
  readonly auth_updated_at_ms?: number
  readonly capability_matrix?: CapabilityMatrix
}

export type HealthCode =
  | 'daemon_draining'
  | 'route_diagnostics_error'
  | 'provider_readiness_error'
  | 'provider_readiness_warning'
  | 'provider_active_route_not_ready'
  | 'provider_inline_credentials'
  | 'storage_write_probe_failed'
  | 'queued_run_lag'
  | 'stale_non_terminal_runs'
  | 'debug_capture_full'
  | 'debug_capture_key_invalid'

export interface HealthWarning {
  readonly severity: 'info' | 'warning' | 'error'
  readonly code: HealthCode
  readonly message: string
  readonly related_id?: string
  /** What to do about it, in one sentence. */
  readonly action?: string
}

export interface AssetRepair {
  readonly checked: number
  /** Bytes missing or altered: kept apart, not deleted. */
  readonly quarantined: number
  /** Derived files that were made anew. */
  readonly rebuilt: number
  /** Files of nobody, left to `assets.gc`. */
  readonly orphans: number
  /** Deletions that a daemon before this one had begun. */
  readonly completed_deletions: number
  /** 32 at most. */
  readonly diagnostics: readonly { readonly asset_id?: string; readonly what: string }[]
}

/** Contract 13.2. Reading it changes nothing but the probe files, which are gone again. */
export interface StatusView {
  readonly status: 'ready' | 'draining'
  /** Whether a run would be accepted now. */
  readonly ready: boolean
  readonly version: string
  readonly started_at_ms: number
  /** What this daemon can do beyond the contract's minimum, by name. */
  readonly capabilities: { readonly [feature: string]: boolean }
  /** Null while the routes file is refused. */
  readonly runtime: RuntimeView | null
  readonly runs: {
    readonly by_status: { readonly [status in RunStatus]: number }
    readonly max_queue_depth: number
    readonly oldest_queued_age_ms: number | null
    readonly stale_after_ms: number
    readonly stale: readonly {
      readonly run_id: RunId
      readonly session_id: SessionId
      readonly status: RunStatus
      readonly age_ms: number
    }[]
  }
  readonly storage: {
    readonly write_probes: readonly {
      readonly name: 'state_root' | 'database' | 'assets' | 'logs' | 'evidence'
      readonly ok: boolean
      readonly message?: string
    }[]
    readonly state_root_lock: { readonly held: boolean; readonly pid: number }
    readonly keychain: KeychainState
    /** What the look at all stored assets after the start has found; null while it goes on (contract 7.5). */
    readonly asset_repair: AssetRepair | null
  }
  readonly provider_readiness: {
    readonly route_count: number
    readonly error_route_count: number
    readonly warning_route_count: number
    readonly active_route_ready: boolean
    readonly routes: readonly RouteReadiness[]
  }
  readonly events: { readonly last_event_id: string; readonly kept: number; readonly listeners: number }
  /** Outputs stay in the store; nothing is delivered anywhere else. */
  readonly delivery: { readonly enabled: false }
  readonly health: { readonly ok: boolean; readonly warnings: readonly HealthWarning[] }
}

export const statusCalls = {
  'status.get': takes(() =>
    z.strictObject({ stale_after_ms: z.int().min(1).optional(), queued_lag_ms: z.int().min(1).optional() }),
  ).returns<StatusView>(),
  /**
   * Restarts the daemon in place, so that a changed routes file holds: `drain` waits for the runs under way, `interrupt`
   * is the person's consent to stop them. Queued runs stay queued. Answers at once; `daemon.changed` follows.
   */
  'daemon.restart': takes(() =>
    z.strictObject({ in_flight: z.enum(['drain', 'interrupt']).default('drain') }),
  ).returns<DaemonState>(),
}
