import type { Chunk } from './wire'

/**
 * Whether a chunk is one of the many that only carry a piece of text or thought and have nothing odd: then it is its
 * own reading, and the schema, which costs more than all the rest of a chunk, need not look at it.
 */
export function isPlainChunk(value: unknown): value is Chunk {
  if (!isRecord(value)) return false
  const { choices, usage, error, id, model, provider } = value
  return (
    isAbsent(usage) &&
    isAbsent(error) &&
    isText(id) &&
    isText(model) &&
    isText(provider) &&
    Array.isArray(choices) &&
    choices.every(isPlainChoice)
  )
}

function isPlainChoice(choice: unknown): boolean {
  if (!isRecord(choice)) return false
  const { index, delta, message, finish_reason, native_finish_reason, error } = choice
  return (
    (isAbsent(index) || Number.isFinite(index)) &&
    isAbsent(message) &&
    isAbsent(error) &&
    isText(finish_reason) &&
    isText(native_finish_reason) &&
    (isAbsent(delta) || isPlainDelta(delta))
  )
}

function isPlainDelta(delta: unknown): boolean {
  if (!isRecord(delta)) return false
  const { reasoning, reasoning_content, refusal, reasoning_details, tool_calls } = delta
  return (
    isText(reasoning) &&
    isText(reasoning_content) &&
    isText(refusal) &&
    isAbsent(reasoning_details) &&
    isAbsent(tool_calls)
  )
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null
const isText = (value: unknown): boolean => typeof value === 'string' || isAbsent(value)
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
