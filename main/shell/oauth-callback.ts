import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from '../daemon/ports/browser'
import { openableAddress } from './origin'
import type { Words } from './words'

/** The person's browser, and a loopback page that waits for it to come back (API reference 6.7). */
export function createBrowser(openExternal: (url: string) => Promise<void>, words: () => Words): Browser {
  return {
    async open(url) {
      const address = openableAddress(url) ?? loopbackAddress(url)
      if (address === undefined) throw new Error('the sign-in address is not one a browser may be sent to')
      await openExternal(address)
    },
    awaitCallback: (signal) => awaitCallback(signal, words),
  }
}

/** The path is the proof that the visitor comes from the page we opened: 32 bytes of chance that nobody else saw. */
async function awaitCallback(signal: AbortSignal, words: () => Words) {
  signal.throwIfAborted()
  // Read when it is needed: every start would wait for it.
  const { createServer } = await import('node:http')
  const path = `/${randomBytes(32).toString('base64url')}`
  let resolve!: (query: URLSearchParams) => void
  let reject!: (reason: unknown) => void
  const visit = new Promise<URLSearchParams>((resolved, rejected) => {
    resolve = resolved
    reject = rejected
  })
  // A caller that was aborted may never look at the visit.
  visit.catch(() => undefined)

  const server = createServer((request, response) => {
    const url = URL.canParse(request.url ?? '', 'http://localhost')
      ? new URL(request.url ?? '', 'http://localhost')
      : undefined
    if (!url || request.method !== 'GET' || !isSame(url.pathname, path) || !isLocal(request)) {
      response.writeHead(404, { connection: 'close' }).end()
      return
    }
    response.writeHead(200, pageHeaders).end(page(words()), () => close())
    resolve(url.searchParams)
  })
  const close = () => {
    signal.removeEventListener('abort', abort)
    server.close()
    server.closeIdleConnections()
  }
  const abort = () => {
    close()
    server.closeAllConnections()
    reject(signal.reason)
  }
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening)
  })
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}${path}`, visit }
}

const isSame = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))

/** A name that was made to point here is not us. */
const isLocal = (request: IncomingMessage): boolean =>
  /^(?:localhost|127\.0\.0\.1):\d+$/.test(request.headers.host ?? '')

/** The demo provider's sign-in page. */
function loopbackAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const parsed = new URL(url)
  return parsed.protocol === 'http:' && parsed.hostname === '127.0.0.1' ? parsed.href : undefined
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  connection: 'close',
}

const page = (words: Words): string => `<!doctype html><meta charset="utf-8"><title>Kheish</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;display:grid;place-content:center;
min-height:90vh;text-align:center}h1{font-size:1.5rem;margin:0}</style>
<h1>${words.signedIn}</h1><p>${words.signedInDetail}</p>`
