import type { Answer, Fault } from '@contract/fault'
import { fault } from '@contract/fault'

/** The only error class the daemon throws on purpose. */
export class Failure extends Error {
  override readonly name = 'Failure'
  constructor(
    readonly fault: Fault,
    options?: ErrorOptions,
  ) {
    super(fault.detail, options)
  }
}

/** Runs work at a boundary: failures become answers, surprises become a reference into the log. */
export async function answer<T>(
  work: () => Promise<T> | T,
  report: (surprise: unknown) => string,
): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (error instanceof Failure) return { ok: false, fault: error.fault }
    const ref = report(error)
    return {
      ok: false,
      fault: fault('bug', `Something broke inside Kheish; nothing was lost. The log has it as ${ref}.`, {
        ref,
      }),
    }
  }
}
