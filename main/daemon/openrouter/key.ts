import { z } from 'zod'
import type { KeyInfo } from '@contract/secrets'
import { errorIn, failureOf, trouble, type CallFacts } from './faults'
import { askJson, type Line } from './send'

const amount = z.number().nullish().catch(null)
const Body = z.looseObject({
  data: z.looseObject({
    label: z.string().nullish().catch(null),
    limit: amount,
    limit_remaining: amount,
    usage: amount,
    is_free_tier: z.boolean().nullish().catch(null),
  }),
})

/** `GET /key`: the right check of a credential, because the list of models is public (API reference 6.5, 9.7). */
export async function checkKey(
  line: Line,
  prefix: string,
  key: string,
  facts: CallFacts,
  signal: AbortSignal,
): Promise<KeyInfo> {
  const body = await askJson(line, { url: `${prefix}/key`, key, facts }, signal)
  const error = errorIn(body)
  if (error) throw failureOf({ error, header: () => undefined, now: line.clock.now() }, facts)
  const parsed = Body.safeParse(body)
  if (!parsed.success) throw trouble('malformed', facts)
  const { label, limit, limit_remaining, usage, is_free_tier } = parsed.data.data
  return {
    label: label ?? '',
    limit_usd: limit ?? null,
    limit_remaining_usd: limit_remaining ?? null,
    usage_usd: usage ?? null,
    is_free_tier: is_free_tier ?? null,
  }
}
