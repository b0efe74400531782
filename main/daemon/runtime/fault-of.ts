import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'

/** What an error means to those outside; a surprise keeps its stack in the log. */
export function faultOf(error: unknown, report: (surprise: unknown) => string): Fault {
  if (error instanceof Failure) return error.fault
  const ref = report(error)
  return fault('bug', `Something broke inside Kheish; what arrived is kept. The log has it as ${ref}.`, {
    ref,
  })
}
