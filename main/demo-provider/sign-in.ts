import { createHash, randomBytes } from 'node:crypto'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The two halves of signing in (API reference 6.7): the browser's page and the exchange of its code for a key. */
export function createSignIn() {
  const codes = new Map<string, { readonly challenge: string | null; readonly method: string }>()
  return {
    /** Where the browser is sent on to; a sentence when it can't be. */
    visit(query: URLSearchParams): { readonly location: string } | { readonly refused: string } {
      const callback = query.get('callback_url') ?? ''
      const url = URL.canParse(callback) ? new URL(callback) : undefined
      if (!url || !loopback.has(url.hostname))
        return { refused: 'The demo signs in loopback callbacks only.' }
      const code = `demo-${randomBytes(12).toString('hex')}`
      codes.set(code, {
        challenge: query.get('code_challenge'),
        method: query.get('code_challenge_method') ?? 'plain',
      })
      url.searchParams.set('code', code)
      return { location: url.href }
    },
    /** A key for a code, once; undefined when the code or its verifier is wrong. */
    exchange(code: unknown, verifier: unknown): string | undefined {
      if (typeof code !== 'string') return undefined
      const kept = codes.get(code)
      codes.delete(code)
      if (!kept) return undefined
      const given = typeof verifier === 'string' ? verifier : ''
      const proof = kept.method === 'S256' ? createHash('sha256').update(given).digest('base64url') : given
      if (kept.challenge !== null && proof !== kept.challenge) return undefined
      return `sk-or-v1-${createHash('sha256').update(code).digest('hex')}`
    },
  }
}
