import { z } from 'zod'

// Everything is optional and nothing is fatal: fields, enum values and union members appear without notice
// (API reference 0), so a field of the wrong type is read as absent instead of losing the whole chunk.
const text = z.string().nullish().catch(null)
const count = z.number().nullish().catch(null)
const record = z.record(z.string(), z.unknown()).nullish().catch(null)

export const WireError = z.looseObject({
  code: z.union([z.number(), z.string()]).nullish().catch(null),
  message: z.unknown().optional(),
  error_type: text,
  http_status: count,
  metadata: record,
  availability: record,
})
export type WireError = z.infer<typeof WireError>
const error = z
  .union([WireError, z.string().transform((message): WireError => ({ message }))])
  .nullish()
  .catch(null)

const ToolFragment = z.looseObject({
  index: count,
  id: text,
  function: z.looseObject({ name: text, arguments: text }).nullish().catch(null),
})
export type ToolFragment = z.infer<typeof ToolFragment>

/** `delta` of a chunk and `message` of a whole answer: the same fields. */
const Delta = z.looseObject({
  content: z.unknown().optional(),
  reasoning: text,
  reasoning_content: text,
  reasoning_details: z.array(z.record(z.string(), z.unknown())).nullish().catch(null),
  tool_calls: z.array(ToolFragment).nullish().catch(null),
  refusal: text,
})
export type WireDelta = z.infer<typeof Delta>

const Choice = z.looseObject({
  index: count,
  delta: Delta.nullish().catch(null),
  message: Delta.nullish().catch(null),
  finish_reason: text,
  native_finish_reason: text,
  error,
})

export const Usage = z.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  cost: count,
  total_cost: count,
  estimated_cost: count,
  prompt_tokens_details: z.looseObject({ cached_tokens: count }).nullish().catch(null),
  completion_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish().catch(null),
})
export type WireUsage = z.infer<typeof Usage>

/** A chunk of a stream, or a whole answer (API reference 1.9, 2.3). */
export const Chunk = z.looseObject({
  id: text,
  model: text,
  provider: text,
  choices: z.array(Choice).nullish().catch(null),
  usage: Usage.nullish().catch(null),
  error,
})
export type Chunk = z.infer<typeof Chunk>
