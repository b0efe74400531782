import type { z } from 'zod'
import type { Answer } from './fault'

declare const returned: unique symbol

/** One question. What comes in is checked once, in the answering room; what goes out is ours and only typed. */
export interface Call<In extends z.ZodType, Out> {
  readonly input: In
  readonly [returned]?: Out
}
export type Calls = Record<string, Call<z.ZodType, unknown>>
export type InputOf<C> = C extends Call<infer In, unknown> ? z.output<In> : never
/** The same before it is checked: what has a default may be left out, ids are plain text. */
export type GivenOf<C> = C extends Call<infer In, unknown> ? z.input<In> : never
export type OutputOf<C> = C extends Call<z.ZodType, infer Out> ? Out : never

/**
 * Declares a call: `takes(() => input).returns<Output>()`. Its schema is made when it is first asked for: all of them
 * together would hold up a start.
 */
export const takes = <In extends z.ZodType>(make: () => In) => ({
  returns: <Out>(): Call<In, Out> => {
    let input: In | undefined
    return {
      get input() {
        return (input ??= make())
      },
    }
  },
})

/** What the answering room supplies: every name, no more, no fewer. Failures are thrown, and answered as faults. */
export type Handlers<C extends Calls> = {
  readonly [K in keyof C]: (input: InputOf<C[K]>) => Promise<OutputOf<C[K]>> | OutputOf<C[K]>
}

/** What the asking room may say. */
export type Client<C extends Calls> = {
  readonly [K in keyof C]: (input: InputOf<C[K]>) => Promise<Answer<OutputOf<C[K]>>>
}
