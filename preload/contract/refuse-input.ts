import type { z } from 'zod'
import type { FaultOf } from './fault'
import { fault } from './fault'

/** Says where the input of a call is wrong and which rule it breaks; never what stood there, which may be a key. */
export function refuseInput(call: string, error: z.ZodError): FaultOf<'call_refused'> {
  const issue = error.issues[0]
  const path = issue?.path.map(String).join('.').slice(0, 200) || 'the input'
  const detail = `${call} was asked with an input it does not take: ${path} (${issue?.code ?? 'invalid'}).`
  return fault('call_refused', detail, { call })
}
