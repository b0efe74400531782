import { readFileSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { contentPolicies } from './content-policies'
import { appOrigin, appScheme, assetScheme, diagramsOrigin } from './origin'
import { linksOf } from './page-links'

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

/** No `cross-origin-opener-policy`: no page opens another, and it would have every start make a second process. */
const shared = {
  'x-content-type-options': 'nosniff',
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

/** Must run before the app is ready, and once: what is declared later takes the place of it all. */
export function declareSchemes(): void {
  const shared = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true }
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { ...shared, codeCache: true } },
    // Sound is played while it comes, and from anywhere within.
    { scheme: assetScheme, privileges: { ...shared, stream: true } },
  ])
}

/**
 * Serves the files of `folder`, and only those, as `app://kheish/…` and `app://diagrams/…`. Chromium reads them on a
 * thread of its own: whoever hands over bytes passes them on in pieces, in turns of the loop, which has much else to do
 * during a start. What is not served is no file (`ERR_FILE_NOT_FOUND`).
 */
export function serveAppFiles(session: Session, folder: string): void {
  session.protocol.registerFileProtocol(appScheme, ({ url, method }, answer) => {
    const file = method === 'GET' ? fileFor(url, folder) : undefined
    if (file === undefined) return answer({ error: notFound })
    const headers = headersOf[originOf(url) === diagramsOrigin ? 'diagrams' : 'window']
    answer({ path: file, headers: { ...headers, ...typeOf(file), ...aheadOf(file, folder) } })
  })
}

/** Chromium's `ERR_FILE_NOT_FOUND`. */
const notFound = -6

const typeOf = (file: string): Record<string, string> => {
  const type = types[extname(file)]
  return type === undefined ? {} : { 'content-type': type }
}

/** What the window's page begins with is fetched before the page is read. */
function aheadOf(file: string, folder: string): Record<string, string> {
  if (file !== join(folder, 'index.html')) return {}
  try {
    return { link: linksOf(readFileSync(file, 'utf8')) }
  } catch {
    // Chromium finds out as well, and says so.
    return {}
  }
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
