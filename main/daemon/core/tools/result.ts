import type { ToolLimits } from './limits'
import { byteLength, sizeOf } from './limits'

/** As a model reads it: a string as it is, everything else as JSON (contract 6.7). Throws what has no JSON. */
export const outputText = (output: unknown): string =>
  typeof output === 'string' ? output : (JSON.stringify(output) ?? '')

/** Every error begins alike, so that a model knows one. */
export const errorText = (detail: string): string => `Error: ${detail}`

/** What the calls of a turn have brought so far. Bytes. */
export interface Brought {
  readonly output: number
  readonly envelope: number
}
export const nothingBrought: Brought = { output: 0, envelope: 0 }

/** Weighs a result against what may go back; a refused one leaves nothing but the sentence that says why. */
export function weigh(
  output: string,
  rest: unknown,
  before: Brought,
  limits: ToolLimits,
): { readonly after: Brought } | { readonly trouble: string } {
  const size = byteLength(output)
  const envelope = size + byteLength(JSON.stringify(rest) ?? '')
  const after = { output: before.output + size, envelope: before.envelope + envelope }
  if (size > limits.output) return tooLarge(size, limits.output)
  if (envelope > limits.envelope) return tooLarge(envelope, limits.envelope)
  if (after.output > limits.turn_output || after.envelope > limits.turn_envelope) {
    return {
      trouble: `The results of this turn are larger than ${sizeOf(limits.turn_output)} together. Call fewer tools at once.`,
    }
  }
  return { after }
}

const tooLarge = (size: number, limit: number) => ({
  trouble: `The result is ${sizeOf(size)} large and no more than ${sizeOf(limit)} may go back. Ask for less.`,
})
