import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { contentPolicies } from './content-policies'
import { appOrigin, appScheme, diagramsOrigin } from './origin'

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

/** The bytes of a page leave in later turns of the loop; whoever waits for them is not told before. */
const sendingMs = 40

const shared = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}
const headersOf = {
  window: { ...shared, 'content-security-policy': contentPolicies.window },
  // Its own origin has no name, so that even its own script comes from elsewhere.
  diagrams: {
    ...shared,
    'content-security-policy': contentPolicies.diagrams,
    'access-control-allow-origin': 'null',
  },
}

/** Must run before the app is ready. */
export function declareAppScheme(): void {
  const privileges = {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    codeCache: true,
    corsEnabled: true,
  }
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }])
}

/** Serves the files of `folder`, and only those, as `app://kheish/…` and `app://diagrams/…`; `served` is told of each. */
export function serveAppFiles(session: Session, folder: string, served: () => void): void {
  session.protocol.handle(appScheme, async (request) => {
    const origin = originOf(request.url)
    const headers = headersOf[origin === diagramsOrigin ? 'diagrams' : 'window']
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

const pages: Readonly<Record<string, string>> = {
  [appOrigin]: 'index.html',
  [diagramsOrigin]: 'diagrams/index.html',
}

/** Node's URL gives custom schemes the origin `null`; Chromium's gives them one. */
function originOf(url: string): string {
  const { protocol: scheme, host } = new URL(url)
  return `${scheme}//${host}`
}

/** The file that an address of our origins names, or undefined when it names none inside `folder`. */
function fileFor(url: string, folder: string): string | undefined {
  const { pathname } = new URL(url)
  const page = pages[originOf(url)]
  if (page === undefined) return undefined
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = normalize(join(folder, path === '/' ? page : path))
  return file.startsWith(normalize(folder + sep)) ? file : undefined
}
