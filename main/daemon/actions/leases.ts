import type { Clock } from '../ports/clock'
import type { Ids } from '../ports/ids'
import type { LeaseView } from '../ports/leases'

/** How long a lease is good for. Milliseconds (contract 4.4). */
export const leaseFor = 60_000

export interface Leases {
  issue(audience: LeaseView['audience'], subject: string): { view(): LeaseView }
  /** Ends every lease of the slot; the undo brings them back, for a rotation that failed. */
  revoke(slotId: string): () => void
}

/** Leases live in memory only, and only while they could still be used. */
export function createLeases({ clock, ids }: { readonly clock: Clock; readonly ids: Ids }): Leases {
  let issued: readonly LeaseView[] = []
  const revoked = new Set<string>()

  const view = (lease: LeaseView): LeaseView => {
    const isRevoked = revoked.has(lease.id)
    return { ...lease, revoked: isRevoked, active: !isRevoked && clock.now() < lease.expires_at_ms }
  }

  function forgetExpired(): void {
    const now = clock.now()
    for (const old of issued.filter((lease) => lease.expires_at_ms <= now)) revoked.delete(old.id)
    issued = issued.filter((lease) => lease.expires_at_ms > now)
  }

  return {
    issue(audience, subject) {
      forgetExpired()
      const at = clock.now()
      const id = ids.next('lease')
      const lease: LeaseView = {
        id,
        grant_id: `${audience.route_id}:${audience.slot_id}`,
        subject_id: subject,
        audience,
        issued_at_ms: at,
        expires_at_ms: at + leaseFor,
        revoked: false,
        active: true,
      }
      issued = [...issued, lease]
      return { view: () => view(lease) }
    },
    revoke(slotId) {
      const ended = issued.filter((lease) => lease.audience.slot_id === slotId && !revoked.has(lease.id))
      for (const lease of ended) revoked.add(lease.id)
      return () => {
        for (const lease of ended) revoked.delete(lease.id)
      }
    },
  }
}
