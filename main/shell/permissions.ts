import type { OnBeforeRequestListenerDetails, Session } from 'electron'
import { appOrigin, mayLoad, mayShow, type Speaker } from './origin'

/** Copying is all a window may do beyond showing itself. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

const isPermitted = (permission: string, origin: string): boolean =>
  allowed.has(permission) && (origin === appOrigin || origin === `${appOrigin}/`)

/** Closes everything a page could ask the system or the network for, but the allow-list. */
export function guardSession(
  session: Session,
  speaker: (details: OnBeforeRequestListenerDetails) => Speaker,
): void {
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    decide(
      details.isMainFrame && isPermitted(permission, originOf(details.requestingUrl || contents.getURL())),
    )
  })
  session.setPermissionCheckHandler((_, permission, origin) => isPermitted(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (details, decide) => {
    const { url, resourceType } = details
    decide({ cancel: !mayLoad(url) || !mayShow({ url, resourceType, from: () => speaker(details) }) })
  })
  // Files are saved through `app.saveText` and `app.saveAsset`, which ask where.
  session.on('will-download', (event) => event.preventDefault())
  // Elsewhere than on macOS the dictionaries would be downloaded.
  session.setSpellCheckerEnabled(process.platform === 'darwin')
}

const originOf = (url: string): string => {
  if (!URL.canParse(url)) return ''
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}
