import { fault } from '@contract/fault'
import type { RunRequest } from '@contract/runs'
import { Failure } from '../failure'
import { readInput } from './input'

const wellFormed = /^[\x21-\x7e]{1,200}$/u

/** Refuses `invalid_idempotency_key` unless it is 1 to 200 visible ASCII characters without spaces. */
export function checkKey(key: string): void {
  if (wellFormed.test(key)) return
  throw new Failure(
    fault(
      'invalid_idempotency_key',
      'An idempotency key is 1 to 200 visible ASCII characters without spaces.',
    ),
  )
}

/** The behaviour-relevant fields of a request as canonical text; its hash is the fingerprint (contract 6.4). */
export function canonicalRequest(request: RunRequest): string {
  const { generation = {} } = request
  return canonical('input', [
    request.session_id,
    readInput(request),
    blankAsUnset(request.provider),
    blankAsUnset(request.model),
    blankAsUnset(request.fallback_model),
    [generation.temperature ?? null, generation.max_tokens ?? null, generation.reasoning_effort ?? null],
    request.replaces ?? null,
  ])
}

/** The same for another answer to a message that already has one. */
export const canonicalRetry = (retry: {
  readonly run_id: string
  readonly provider?: string | undefined
  readonly model?: string | undefined
}): string => canonical('retry', [retry.run_id, blankAsUnset(retry.provider), blankAsUnset(retry.model)])

const canonical = (kind: string, fields: readonly unknown[]): string =>
  JSON.stringify(['v1', kind, ...fields])

const blankAsUnset = (value: string | undefined): string | null => value?.trim() || null
