import { z } from 'zod'
import { trouble, type CallFacts } from './faults'
import { askJson, type Line } from './send'

const Body = z.looseObject({ key: z.string().min(1) })

/** The page in the person's browser (API reference 6.7); regions share one. */
export function signInUrl(prefix: string, callbackUrl: string, challenge: string): string {
  const { origin, hostname } = new URL(prefix)
  const url = new URL('/auth', hostname.endsWith('.openrouter.ai') ? 'https://openrouter.ai' : origin)
  url.searchParams.set('callback_url', callbackUrl)
  url.searchParams.set('code_challenge', challenge)
  url.searchParams.set('code_challenge_method', 'S256')
  return url.href
}

/** The code that came back, for a key. */
export async function exchangeCode(
  line: Line,
  prefix: string,
  code: string,
  verifier: string,
  signal: AbortSignal,
): Promise<string> {
  const facts: CallFacts = { key: verifier }
  const body = { code, code_verifier: verifier, code_challenge_method: 'S256' }
  const parsed = Body.safeParse(await askJson(line, { url: `${prefix}/auth/keys`, body, facts }, signal))
  if (!parsed.success) throw trouble('malformed', facts)
  return parsed.data.key
}
