import { isIP } from 'node:net'
import type { Dispatcher } from 'undici'
import { isLocalName, isPublicAddress } from '../core/net/public-address'
import { Unfetchable } from '../core/net/unfetchable'
import type { PublicAnswer, PublicAsk, PublicFetch } from '../ports/public-fetch'
import { notPublic, publicLookup, type Reach } from './public-lookup'
import { readCapped } from './read-capped'

/** undici below its fetch: no redirect, cookie or proxy of its own. Loaded at the first question. */
export function createPublicFetch(reach: Reach = {}): PublicFetch {
  const isPublic = reach.isPublic ?? isPublicAddress

  async function follow(first: string, ask: PublicAsk, signal: AbortSignal): Promise<PublicAnswer> {
    const { Agent, request } = await import('undici')
    // One for each question: no connection outlives the check it was opened under.
    const dispatcher = new Agent({ connect: { lookup: publicLookup(reach), timeout: ask.patience_ms } })
    try {
      let url = readUrl(first)
      for (let redirects = 0; ; redirects++) {
        checkHost(url, isPublic)
        const answer = await request(url, { dispatcher, signal, headers: asked })
        const next = nextUrl(answer, url)
        if (next === undefined) return await take(answer, ask, { final_url: url.href, redirects })
        answer.body.on('error', () => undefined).destroy()
        if (redirects >= ask.redirects) {
          throw new Unfetchable('redirects', `It leads on more than ${ask.redirects} times.`)
        }
        url = next
      }
    } finally {
      await dispatcher.destroy()
    }
  }

  return {
    async get(url, ask) {
      const late = AbortSignal.timeout(ask.patience_ms)
      try {
        return await follow(url, ask, AbortSignal.any([ask.signal, late]))
      } catch (error) {
        throw translate(error, ask.signal, late)
      }
    },
  }
}

const asked = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Kheish Desktop' }
const redirecting = new Set([301, 302, 303, 307, 308])

/** The address without its fragment; numbers in every spelling have become plain ones. */
function readUrl(text: string, from?: string): URL {
  if (!URL.canParse(text, from)) throw new Unfetchable('refused', 'That is no address of the web.')
  const url = new URL(text, from)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Unfetchable('refused', 'Only addresses that begin with http:// or https:// are fetched.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new Unfetchable('refused', 'An address with a user name or password in it is not fetched.')
  }
  url.hash = ''
  return url
}

/** An address in numbers is asked for without a lookup, so it is judged here. */
function checkHost({ hostname }: URL, isPublic: (address: string) => boolean): void {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isLocalName(host) || (isIP(host) !== 0 && !isPublic(host))) throw notPublic(host)
}

function nextUrl({ statusCode, headers }: Dispatcher.ResponseData, from: URL): URL | undefined {
  const { location } = headers
  if (!redirecting.has(statusCode) || typeof location !== 'string') return undefined
  return readUrl(location, from.href)
}

async function take(
  answer: Dispatcher.ResponseData,
  ask: PublicAsk,
  about: Pick<PublicAnswer, 'final_url' | 'redirects'>,
): Promise<PublicAnswer> {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name.toLowerCase(),
      [value ?? ''].flat().join(', '),
    ]),
  )
  const media_type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  try {
    if (!ask.accept(media_type)) {
      throw new Unfetchable('wrong_type', `What lies there is ${media_type || 'of no known type'}.`)
    }
    if (Number(headers['content-length']) > ask.most) {
      throw new Unfetchable('too_large', `What lies there is larger than ${ask.most} bytes.`)
    }
    const read = await readCapped(answer.body, headers['content-encoding'] ?? '', ask.most)
    return { ...about, status: answer.statusCode, headers, media_type, ...read }
  } finally {
    answer.body.on('error', () => undefined).destroy()
  }
}

function translate(error: unknown, caller: AbortSignal, late: AbortSignal): Unfetchable {
  if (caller.aborted) return new Unfetchable('interrupted', 'Stopped.', { cause: error })
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof Unfetchable) return at
    const found: unknown =
      at instanceof AggregateError ? at.errors.find((one) => one instanceof Unfetchable) : null
    if (found instanceof Unfetchable) return found
  }
  if (late.aborted) return new Unfetchable('timeout', 'There was no whole answer in time.', { cause: error })
  return new Unfetchable('unreachable', 'It could not be reached, or broke off.', { cause: error })
}
