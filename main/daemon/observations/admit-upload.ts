import { timingSafeEqual } from 'node:crypto'
import { fault } from '@contract/fault'
import type { SourceId } from '@contract/ids'
import { Failure } from '../core/failure'
import { judgeToken, opens, type TokenVerdict } from '../core/observations/judge-token'
import { takePlace, type RateWindow } from '../core/observations/rate-window'
import type { SourceRecord } from '../ports/observations'
import { findSource, type ObservationPorts } from './observation-ports'

/** Wrong tokens of one source that are looked at and noted; a right one is let in all the same. */
const failures = { window_ms: 60_000, burst: 10 }

type Needs = Pick<ObservationPorts, 'store' | 'clock' | 'hash'>

export interface Admission {
  /** Whose token it is. Faults: `source_not_found`, `unauthorized`, `rate_limited` after too many wrong tokens. */
  checkToken(id: SourceId, token: string): SourceRecord
  /** One upload more. Fault: `rate_limited`. */
  takePlace(source: SourceRecord): void
}

/** Who may deliver to a source, and how often (contract 11.2). Everything is forgotten with the process. */
export function createAdmission({ store, clock, hash }: Needs): Admission {
  const uploads = new Map<SourceId, RateWindow>()
  const wrong = new Map<SourceId, RateWindow>()

  const note = (id: SourceId, reason: string) =>
    store.observations.audit(id, clock.now(), 'refused', { reason })

  function refuse(id: SourceId, why: Exclude<TokenVerdict, 'current' | 'previous'> | 'missing'): never {
    const { window, retry_after_ms } = takePlace(wrong.get(id), clock.now(), failures)
    wrong.set(id, window)
    if (retry_after_ms !== undefined)
      throw new Failure(
        fault('rate_limited', 'Too many wrong tokens came for this source.', { retry_after_ms }),
      )
    note(id, `token_${why}`)
    const detail = 'This token opens nothing at this source.'
    // Which of them it was is for the audit alone.
    throw new Failure(fault('unauthorized', detail, { why: why === 'missing' ? 'missing' : 'wrong' }))
  }

  return {
    checkToken(id, token) {
      const source = findSource({ store }, id)
      if (token.trim() === '') refuse(id, 'missing')
      const given = hash(token, 'hex')
      const matches = {
        current: isSame(given, source.token_sha256),
        previous: isSame(given, source.previous_token_sha256 ?? ''),
      }
      const verdict = judgeToken(matches, source.previous_token_until_ms, clock.now())
      if (!opens(verdict)) refuse(id, verdict as Exclude<TokenVerdict, 'current' | 'previous'>)
      return source
    },
    takePlace({ source_id, ingest_rate_limit_window_ms, ingest_rate_limit_burst }) {
      const limit = { window_ms: ingest_rate_limit_window_ms, burst: ingest_rate_limit_burst }
      const { window, retry_after_ms } = takePlace(uploads.get(source_id), clock.now(), limit)
      uploads.set(source_id, window)
      if (retry_after_ms === undefined) return
      note(source_id, 'rate_limited')
      const detail = 'This source delivers faster than it may. Try again in a moment.'
      throw new Failure(fault('rate_limited', detail, { retry_after_ms }))
    },
  }
}

/** How long it takes says nothing about where they differ. */
function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
