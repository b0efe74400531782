import type { Agent } from 'undici'
import type { Answer, Fetch } from './send'
import { unpack } from './unpack'

interface Undici {
  readonly library: typeof import('undici')
  readonly dispatcher: Agent
}

let loading: Promise<Undici> | undefined

/** Our own time-outs know comments from silence, so the library's are off. */
async function load(): Promise<Undici> {
  const library = await import('undici')
  const options = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 30_000 } }
  return { library, dispatcher: new library.Agent(options) }
}

/**
 * undici's own, the same in every runtime. Read at the first question: half of the daemon's code is in it, and nothing
 * is asked before the window stands.
 *
 * `whole` is its fetch, which also unpacks. `stream` is the request below it: a piece of a body costs a quarter less
 * there. Plain answers are asked for, since a packed one may come late; one that comes packed all the same is unpacked.
 */
export function createFetch(kind: 'whole' | 'stream'): Fetch {
  return async (url, init) => {
    const undici = await (loading ??= load())
    return kind === 'whole' ? fetchWhole(undici, url, init) : openStream(undici, url, init)
  }
}

async function fetchWhole({ library, dispatcher }: Undici, url: string, init: RequestInit): Promise<Answer> {
  // undici's declarations and Node's describe the same options with different names.
  return library.fetch(url, { ...(init as object), dispatcher })
}

/** Follows no redirect. */
async function openStream({ library, dispatcher }: Undici, url: string, init: RequestInit): Promise<Answer> {
  const { statusCode, headers, body } = await library.request(url, {
    dispatcher,
    method: init.method as 'GET' | 'POST',
    // The library's fetch says who it is; some gateways turn away who doesn't.
    headers: {
      'user-agent': 'undici',
      ...(init.headers as Record<string, string>),
      'accept-encoding': 'identity',
    },
    body: (init.body as string | undefined) ?? null,
    signal: init.signal ?? null,
  })
  const known = new Map(
    Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
  )
  return {
    ok: statusCode >= 200 && statusCode < 300,
    status: statusCode,
    headers: known,
    body: unpack(body, known.get('content-encoding') ?? ''),
  }
}
