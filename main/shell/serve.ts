import type { Call } from '@contract/define'
import { fault, type Answer } from '@contract/fault'
import { refuseInput } from '@contract/refuse-input'
import type { z } from 'zod'
import { answer, Failure } from '../daemon/core/failure'
import { isTrusted, type Speaker } from './origin'

type Schema = Call<z.ZodType, unknown>

export interface Served {
  readonly calls: Readonly<Record<string, Schema>>
  /** Runs the call with an input that its schema has let through. */
  readonly run: (name: string, input: unknown) => Promise<unknown>
  /** Keeps a surprise and returns the reference that finds it. */
  readonly report: (surprise: unknown) => string
}

/** Answers one question of a window. Faults: `call_refused` here, and whatever the call itself says. */
export function serveCall(
  served: Served,
  from: Speaker,
  name: unknown,
  raw: unknown,
): Promise<Answer<unknown>> {
  return answer(() => {
    if (!isTrusted(from)) throw refused('The question did not come from the Kheish window.')
    const call =
      typeof name === 'string' && Object.hasOwn(served.calls, name) ? served.calls[name] : undefined
    if (typeof name !== 'string' || !call) {
      throw refused('The window asked for something this version of Kheish does not know.')
    }
    const parsed = call.input.safeParse(raw)
    if (!parsed.success) throw new Failure(refuseInput(name, parsed.error))
    return served.run(name, parsed.data)
  }, served.report)
}

const refused = (detail: string): Failure => new Failure(fault('call_refused', detail, {}))
