import type { Access } from './driver'

/** Short-lived permission to use one slot for one route (contract 4.4). Never carries the key or a digest of it. */
export interface LeaseView {
  readonly id: string
  readonly grant_id: string
  /** For instance `session:<id>`. */
  readonly subject_id: string
  readonly audience: { readonly type: 'route'; readonly route_id: string; readonly slot_id: string }
  readonly issued_at_ms: number
  readonly expires_at_ms: number
  readonly revoked: boolean
  readonly active: boolean
}

export interface Leased {
  /** Null where the credential is not a slot's. */
  view(): LeaseView | null
  /** To be called immediately before sending. Throws `route_not_ready` when the lease has run out or was revoked. */
  open(): Access
}

/**
 * Reads the route's key now. Faults: `route_not_ready`, `secret_store_locked`, `secret_store_unavailable`,
 * `secret_store_unreadable`.
 */
export type LeaseKey = (routeId: string, subject: string) => Promise<Leased>
