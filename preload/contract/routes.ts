import { z } from 'zod'
import { takes } from './define'
import { debugLevels, type DebugLevel } from './debug-level'
import type { Fault } from './fault'

/** Exactly these four keys (contract 5.1). */
export interface Capabilities {
  readonly multimodal_input: boolean
  readonly native_web_search: boolean
  readonly image_generation: boolean
  readonly image_edit: boolean
}

/** Contract 5.2: beside `runtime.get`, never in it. Present only while discovery is on. */
export interface CapabilityMatrix extends Capabilities {
  readonly matrix_version: 2
  readonly audio_generation: boolean
  readonly transcription: boolean
}

export interface RouteView {
  readonly route_id: string
  readonly provider: 'openrouter'
  readonly model: string
  readonly auth_ref?: string
  readonly capabilities: Capabilities
}

export const permissionModes = ['default', 'acceptEdits', 'bypassPermissions', 'plan', 'dontAsk'] as const
export type PermissionMode = (typeof permissionModes)[number]

/** Contract 13.1. */
export interface RuntimeView {
  readonly default_route: RouteView
  readonly route_id: string
  readonly provider: 'openrouter'
  readonly model: string
  readonly routes: readonly RouteView[]
  readonly route_diagnostics: readonly {
    readonly severity: 'error' | 'warning'
    readonly code: string
    readonly route_id?: string
    readonly message: string
  }[]
  readonly permission_mode: PermissionMode
  readonly system_prompt: string
  readonly debug_level: DebugLevel
  readonly debug_capture: {
    readonly encrypted: boolean
    /** Why nothing is kept of new runs, whatever the level says. */
    readonly blocked?: 'key_invalid' | 'tokens_unreadable'
  }
  readonly config: {
    readonly revision: number
    readonly updated_at_ms: number
    readonly persisted: boolean
    readonly history_len: number
    readonly history_limit: number
    /** Relative to the state root: no path of the machine leaves the daemon. */
    readonly store_path: string
  }
}

/** Contract 13.3. Its verdict without the optional checks is the loader's. */
export interface DoctorReport {
  readonly ok: boolean
  readonly source: string
  readonly default_route: string | null
  readonly route_count: number
  readonly auth_checked: boolean
  readonly reference_checked: boolean
  readonly canary_checked: boolean
  readonly routes: readonly {
    readonly route_id: string
    readonly provider: string
    readonly model: string
    readonly auth_ref?: string
    readonly auth_kind: 'auth_ref' | 'inline_api_key' | 'api_key_env' | 'provider_default'
    readonly model_support: 'any'
    readonly capabilities: Capabilities
    /** Of the file in force, while discovery is on (contract 5.2). */
    readonly capability_matrix?: CapabilityMatrix
  }[]
  /** Present when the routes were asked. A route that does not pass makes `ok` false. */
  readonly canaries?: readonly CanaryResult[]
  readonly diagnostics: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  readonly errors: readonly Fault[]
}

/** What a route answered to one short question. */
export interface CanaryResult {
  readonly route_id: string
  readonly model: string
  readonly result: 'passed' | 'failed' | 'timeout'
  readonly duration_ms: number
  /** Why it failed. */
  readonly fault?: Fault
}

export interface Diagnostic {
  readonly code: string
  readonly message: string
  readonly route_id?: string
  /** How many there are of what it tells. */
  readonly count?: number
  readonly line?: number
  readonly column?: number
}

/** Whether the daemon can work, and what a person must do when it can't. */
export type DaemonState =
  | { readonly phase: 'starting' }
  | {
      readonly phase: 'ready'
      readonly demo: boolean
      /** A restart was asked for and waits for this many runs; new ones wait in their queue. */
      readonly draining?: { readonly runs: number }
    }
  | {
      /** A route's slot is empty (contract 4.3, V22): the set-up screen. */
      readonly phase: 'setup'
      readonly route_id: string
      readonly slot_id: string
    }
  | {
      /** The routes file was refused: the repair screen. */ readonly phase: 'repair'
      readonly fault: Fault
      readonly file: string
    }
  | { /** The daemon itself could not start. */ readonly phase: 'failed'; readonly fault: Fault }

export const Canary = z.strictObject({
  /** Absent: every route of the file. */
  routes: z.array(z.string()).max(50).optional(),
  max_tokens: z.int().min(1).max(1_000).default(32),
  /** For each route. */
  timeout_ms: z.int().min(100).max(300_000).default(30_000),
})

export const runtimeCalls = {
  'daemon.state': takes(() => z.strictObject({})).returns<DaemonState>(),
  /** Reads the routes file again after a repair or a new key. */
  'daemon.reload': takes(() => z.strictObject({})).returns<DaemonState>(),
  'runtime.get': takes(() => z.strictObject({})).returns<RuntimeView>(),
  /** Sets the default route and its current model. Accepts a selector (contract 2.7, 3.1). */
  'runtime.setModel': takes(() =>
    z.strictObject({
      model: z.string(),
      provider: z.string().optional(),
      expected_revision: z.int().optional(),
    }),
  ).returns<RuntimeView>(),
  /** For tools, from the next run on (contract 9.8). */
  'runtime.setPermissionMode': takes(() =>
    z.strictObject({ mode: z.enum(permissionModes), expected_revision: z.int().optional() }),
  ).returns<RuntimeView>(),
  /**
   * What is kept of runs that start from now on (contract 15). `encrypt` stays as it was when it is absent; its key is
   * made by the daemon and kept in the OS keychain. Faults: debug_capture_key_invalid, debug_capture_tokens_unreadable,
   * runtime_revision_conflict.
   */
  'runtime.setDebugLevel': takes(() =>
    z.strictObject({
      level: z.enum(debugLevels),
      encrypt: z.boolean().optional(),
      expected_revision: z.int().optional(),
    }),
  ).returns<RuntimeView>(),
  /** Splits a selector by the loaded routes (contract 3.1). */
  'runtime.parseSelector': takes(() =>
    z.strictObject({
      provider: z.string().optional(),
      model: z.string().optional(),
      fallback_model: z.string().optional(),
    }),
  ).returns<{ readonly provider?: string; readonly model?: string; readonly fallback_model?: string }>(),
  'doctor.routes': takes(() =>
    z.strictObject({
      /** Absent: the file in force. */
      routes_file: z.string().optional(),
      default_route: z.string().optional(),
      check_auth: z.boolean().default(false),
      /** What chats and waiting runs name that the file does not have. Running daemon only. */
      check_references: z.boolean().default(false),
      /** Asks each route one short question, which costs money. The file in force and a running daemon only. */
      canary: Canary.optional(),
    }),
  ).returns<DoctorReport>(),
}
