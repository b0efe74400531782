import type { Part } from '@contract/message'
import type { RunStatus } from '@contract/runs'

type ToolCall = Extract<Part, { kind: 'tool_call' }>

/** Why a call did not work. */
export type CallFailure =
  | { readonly kind: 'denied' | 'not_dispatched' | 'unknown' | 'stopped' }
  /** What the tool said; may be empty. */
  | { readonly kind: 'error'; readonly said: string }

/** Undefined while it is under way, and when it has worked. `status`: of the answer it stands in. */
export function failureOf(
  call: Pick<ToolCall, 'state' | 'output' | 'facts'>,
  status?: RunStatus,
): CallFailure | undefined {
  const { outcome, denied } = call.facts ?? {}
  const isCutOff = call.state !== 'done' && call.state !== 'failed' && isOver(status)
  if (call.state !== 'failed' && !isCutOff) return undefined
  if (denied) return { kind: 'denied' }
  if (outcome) return { kind: outcome }
  return isCutOff ? { kind: 'stopped' } : { kind: 'error', said: saidIn(call.output) }
}

const isOver = (status: RunStatus | undefined): boolean =>
  status === 'completed' || status === 'failed' || status === 'interrupted' || status === 'cancelled'

/** The sentence in what went back to the model: text without `Error:`, or the `detail` or `error` of an object. */
function saidIn(output: string | undefined): string {
  if (output === undefined) return ''
  let value: unknown
  try {
    value = JSON.parse(output)
  } catch {
    return output.replace(/^Error:\s*/, '')
  }
  for (let depth = 0; depth < 3; depth += 1) {
    if (typeof value === 'string') return value
    if (typeof value !== 'object' || value === null) return ''
    const { detail, error, message } = value as Record<string, unknown>
    value = detail ?? message ?? error
  }
  return ''
}
