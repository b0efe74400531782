import { z } from 'zod'
import type { Upstream } from '@contract/models'
import { trouble, type CallFacts } from './faults'
import { askJson, type Line } from './send'

const Entry = z.looseObject({ slug: z.string().min(1).max(100), name: z.string().trim().min(1).max(200) })
const Body = z.looseObject({ data: z.array(z.unknown()) })

/** `GET /providers`: who may serve. Entries that can't be read are passed over. */
export async function listUpstreams(
  line: Line,
  prefix: string,
  key: string,
  facts: CallFacts,
  signal: AbortSignal,
): Promise<readonly Upstream[]> {
  const parsed = Body.safeParse(await askJson(line, { url: `${prefix}/providers`, key, facts }, signal))
  if (!parsed.success)
    throw trouble('malformed', facts, { said: 'The list of providers has an unknown form' })
  return parsed.data.data.flatMap((item) => {
    const entry = Entry.safeParse(item)
    return entry.success ? [{ slug: entry.data.slug, name: entry.data.name }] : []
  })
}
