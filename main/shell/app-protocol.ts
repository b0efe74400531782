import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { appOrigin, appScheme } from './origin'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** No inline script, no eval, nothing from elsewhere. Styles from our files only: see the README beside this. */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The bytes of a page leave in later turns of the loop; whoever waits for them is not told before. */
const sendingMs = 40

const headers = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}

/** Must run before the app is ready. */
export function declareAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }])
}

/** Serves the files of `folder`, and only those, as `app://kheish/…`; `served` is told of each. */
export function serveAppFiles(session: Session, folder: string, served: () => void): void {
  session.protocol.handle(appScheme, async (request) => {
    const file = fileFor(request.url, folder)
    if (request.method !== 'GET' || file === undefined) return new Response(null, { status: 404, headers })
    try {
      const type = types[extname(file)] ?? 'application/octet-stream'
      const bytes = await readFile(file)
      setTimeout(served, sendingMs)
      return new Response(bytes, { headers: { ...headers, 'content-type': type } })
    } catch {
      return new Response(null, { status: 404, headers })
    }
  })
}

/** The file that an address of our origin names, or undefined when it names none inside `folder`. */
export function fileFor(url: string, folder: string): string | undefined {
  const { origin, protocol: scheme, host, pathname } = new URL(url)
  // Node's URL gives custom schemes the origin `null`; Chromium's gives them one.
  if (origin !== appOrigin && `${scheme}//${host}` !== appOrigin) return undefined
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = normalize(join(folder, path === '/' ? 'index.html' : path))
  return file.startsWith(normalize(folder + sep)) ? file : undefined
}
