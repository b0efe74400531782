import type { Part, ToolFacts } from '@contract/message'

export type CallPart = Extract<Part, { kind: 'tool_call' }>

/** A call that has neither worked nor failed, and where in the message it stands. */
export interface OpenCall {
  readonly part: CallPart
  readonly place: number
}

export const openCalls = (parts: readonly Part[]): readonly OpenCall[] =>
  parts.flatMap((part, place) =>
    part.kind === 'tool_call' && part.state !== 'done' && part.state !== 'failed' ? [{ part, place }] : [],
  )

/** What is said of a call whose run ended before it did; it is not repeated (contract 6.5). */
export function closing(isDispatched: boolean): { readonly output: string; readonly facts: ToolFacts } {
  return isDispatched
    ? {
        output:
          'Error: this was stopped while it was under way. Nobody knows whether it took effect; it was not repeated.',
        facts: { outcome: 'unknown' },
      }
    : {
        output: 'Error: this was stopped before anything was sent. It was not run.',
        facts: { outcome: 'not_dispatched' },
      }
}
