import { z } from 'zod'
import { Failure } from '../core/failure'
import type { GenerationRecord } from '../ports/driver'
import type { CallFacts } from './faults'
import { askJson, type Line } from './send'

const count = z.number().nonnegative().nullish().catch(null)
const text = z.string().nullish().catch(null)
const Body = z.looseObject({
  data: z.looseObject({
    model: text,
    provider_name: text,
    total_cost: count,
    usage: count,
    native_tokens_prompt: count,
    native_tokens_completion: count,
    tokens_prompt: count,
    tokens_completion: count,
  }),
})

/** `GET /generation`: who served and what it cost. The record lags; until it is there the answer is undefined. */
export async function findGeneration(
  line: Line,
  prefix: string,
  key: string,
  id: string,
  facts: CallFacts,
  signal: AbortSignal,
): Promise<GenerationRecord | undefined> {
  let body: unknown
  try {
    body = await askJson(
      line,
      { url: `${prefix}/generation?id=${encodeURIComponent(id)}`, key, facts },
      signal,
    )
  } catch (error) {
    if (
      error instanceof Failure &&
      error.fault.code === 'provider_error' &&
      error.fault.http_status === 404
    ) {
      return undefined
    }
    throw error
  }
  const parsed = Body.safeParse(body)
  if (!parsed.success) return undefined
  const { data } = parsed.data
  const prompt = data.native_tokens_prompt ?? data.tokens_prompt
  const completion = data.native_tokens_completion ?? data.tokens_completion
  const cost = data.total_cost ?? data.usage
  return {
    ...(data.model ? { served_model: data.model } : {}),
    ...(data.provider_name ? { served_provider: data.provider_name } : {}),
    ...(typeof cost === 'number' ? { cost_usd: cost } : {}),
    ...(typeof prompt === 'number' ? { prompt_tokens: prompt } : {}),
    ...(typeof completion === 'number' ? { completion_tokens: completion } : {}),
  }
}
