import type { Fault } from '@contract/fault'

/** Whether a provider says that a text is longer than its model speaks: half of it may do (API reference 10, row 3). */
export function isTooLong(fault: Fault): boolean {
  if (fault.code !== 'provider_error') return false
  const { kind, http_status, said = '' } = fault
  if (kind === 'context_length' || (kind === 'too_large' && http_status === 413)) return true
  return (
    http_status === 400 &&
    /too long|too many char|max(imum)?\b.*\b(length|char|input)|length.*(exceed|at most)|exceed.*(length|limit|char)|at most \d+ char/i.test(
      said,
    )
  )
}

/** Whether it says that it does not speak in the format that was asked for. */
export const isAboutFormat = (fault: Fault): boolean =>
  fault.code === 'provider_error' &&
  (fault.http_status === 400 || fault.http_status === 422) &&
  /format|\bmp3\b|\bpcm\b/i.test(fault.said ?? '')
