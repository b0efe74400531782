import { systemPreferences, type OnBeforeRequestListenerDetails, type Session } from 'electron'
import { appOrigin, mayLoad, mayShow, type Speaker } from './origin'

/** What a page asks the system for. */
export interface Wish {
  readonly permission: string
  /** `scheme://host` of who asks. */
  readonly origin: string
  readonly isMainFrame: boolean
  /** Of `media`: all that is wanted at once; empty where it is not said. */
  readonly media?: readonly string[]
}

/** Copying and listening is all a window may do beyond showing itself; a camera is nobody's. */
export function isPermitted({ permission, origin, isMainFrame, media = [] }: Wish): boolean {
  if (!isMainFrame || (origin !== appOrigin && origin !== `${appOrigin}/`)) return false
  if (permission === 'media') return media.length > 0 && media.every((each) => each === 'audio')
  return permission === 'clipboard-sanitized-write'
}

/** Closes everything a page could ask the system or the network for, but the allow-list. */
export function guardSession(
  session: Session,
  speaker: (details: OnBeforeRequestListenerDetails) => Speaker,
): void {
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const { isMainFrame, requestingUrl } = details
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const origin = originOf(requestingUrl || contents.getURL())
    if (!isPermitted({ permission, origin, isMainFrame, media })) return decide(false)
    if (permission !== 'media' || process.platform !== 'darwin') return decide(true)
    // There the person is asked once, and whoever said no has to go to the system's settings.
    systemPreferences.askForMediaAccess('microphone').then(decide, () => decide(false))
  })
  // Answers only what may be asked; a question without a kind is about devices, of which none is a camera. Where it is
  // about the names of devices the origin is the address of the page.
  session.setPermissionCheckHandler((_, permission, asking, { isMainFrame, mediaType = 'audio' }) =>
    isPermitted({ permission, origin: originOf(asking), isMainFrame, media: [mediaType] }),
  )
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
