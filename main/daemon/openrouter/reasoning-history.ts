import type { Part, ReasoningDetail } from '@contract/message'

/** What a model family calls its details; the rest of the format is a version. */
const families: readonly (readonly [format: RegExp, author: string])[] = [
  [/^anthropic-/, 'anthropic'],
  [/^google-/, 'google'],
  [/^(azure-|bedrock-)?openai-/, 'openai'],
  [/^(bedrock-)?xai-/, 'x-ai'],
  [/^meta-/, 'meta-llama'],
]
const authorOf = (model: string): string => model.replace(/^~/, '').split('/')[0] ?? ''
const withoutVariant = (model: string): string => model.split(':')[0] ?? model

/** Upstream refuses such thoughts when their signature is missing (API reference 2.5). */
const isUnsigned = (detail: ReasoningDetail): boolean =>
  detail['type'] === 'reasoning.text' &&
  (detail['format'] === 'anthropic-claude-v1' || detail['format'] === 'google-gemini-v1') &&
  !detail['signature']

function belongs(detail: ReasoningDetail, from: string | undefined, to: string): boolean {
  if (from !== undefined && withoutVariant(from) === withoutVariant(to)) return true
  const format = typeof detail['format'] === 'string' ? detail['format'] : ''
  const family = families.find(([pattern]) => pattern.test(format))?.[1]
  return (family ?? (from === undefined ? authorOf(to) : authorOf(from))) === authorOf(to)
}

/**
 * The reasoning fields of an assistant message that is sent back. Details go as they came, an empty list too; what
 * another family made and what lost its signature stays behind, and then the plain text does as well.
 */
export function encodeReasoning(
  parts: readonly Part[],
  from: string | undefined,
  to: string,
): { readonly reasoning?: string; readonly reasoning_details?: readonly ReasoningDetail[] } {
  const thoughts = parts.filter((part) => part.kind === 'reasoning')
  if (thoughts.length === 0) return {}
  const all = thoughts.flatMap((part) => part.details)
  const kept = all.filter((detail) => belongs(detail, from, to) && !isUnsigned(detail))
  if (kept.length > 0) return { reasoning_details: kept }
  if (all.length > 0) return {}
  if (from !== undefined && authorOf(from) !== authorOf(to)) return {}
  const reasoning = thoughts.map((part) => part.text).join('\n\n')
  return { ...(reasoning ? { reasoning } : {}), reasoning_details: [] }
}
