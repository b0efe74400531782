import { fault, faultCodes, type Fault, type ProviderTrouble } from '@contract/fault'
import { describe, expect, test } from 'vitest'
import { exitCodeOf, exitCodeOfRun, exitCodes, exitOfFault } from './exit-code'

const like = (code: Fault['code']) => ({ code, status: 0, domain: '', detail: '' }) as Fault

test('every fault has its exit code, and every exit code its faults', () => {
  const codes = faultCodes.filter((code) => code !== 'provider_error')
  expect(Object.keys(exitOfFault).sort()).toEqual([...codes].sort())
  for (const code of codes) expect(Object.values(exitCodes), code).toContain(exitCodeOf(like(code)))
  const used = new Set(codes.map((code) => exitCodeOf(like(code))))
  expect([...used].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 130])
})

test('what a status says holds, unless keys or later tries are the matter', () => {
  const ofStatus: Record<number, number> = { 401: 4, 403: 4, 404: 5 }
  for (const code of faultCodes) {
    if (code === 'provider_error') continue
    const { status } = (fault as (code: string, detail: string, extras: object) => Fault)(code, '', {})
    const wanted = ofStatus[status]
    if (wanted !== undefined) expect(exitCodeOf(like(code)), code).toBe(wanted)
    else expect(exitCodeOf(like(code)), code).not.toBe(0)
  }
})

describe('what went wrong at the provider', () => {
  test.each<[ProviderTrouble['kind'], boolean, number]>([
    ['key_refused', false, 4],
    ['forbidden', false, 4],
    ['unreachable', true, 3],
    ['timeout', true, 3],
    ['rate_limited', true, 7],
    ['overloaded', true, 7],
    ['payment', false, 1],
    ['bad_request', false, 1],
  ])('%s, retryable %s: exit %i', (kind, retryable, code) => {
    expect(exitCodeOf(fault('provider_error', '', { kind, retryable }))).toBe(code)
  })
})

test.each([
  ['completed', undefined, 0],
  ['cancelled', fault('interrupted', ''), 130],
  ['interrupted', fault('daemon_restarted', ''), 1],
  ['interrupted', fault('daemon_stopping', ''), 1],
  ['failed', fault('provider_error', '', { kind: 'key_refused', retryable: false }), 4],
  ['failed', undefined, 1],
] as const)('a run that %s ends the command with its code', (status, error, code) => {
  expect(exitCodeOfRun({ status, ...(error ? { error } : {}) })).toBe(code)
})
