/** The one origin a window of ours ever shows. */
export const appScheme = 'app'
export const appOrigin = 'app://kheish'
/** Where Mermaid draws, in a frame that is never seen: text of strangers, and styles that the window forbids. */
export const diagramsOrigin = 'app://diagrams'
export const diagramsPage = `${diagramsOrigin}/`
/** Bytes of assets, by their id: pictures and sound in our page, never a page. */
export const assetScheme = 'asset'
export const startPage = `${appOrigin}/index.html`

/** What `serve` and `publish` need to know of who is speaking. */
export interface Speaker {
  /** `scheme://host` of the frame. */
  readonly origin: string
  /** False for a frame inside a page. */
  readonly isMainFrame: boolean
  /** True for a window that the shell itself opened. */
  readonly isOurWindow: boolean
}

export const isTrusted = (from: Speaker): boolean =>
  from.isOurWindow && from.isMainFrame && from.origin === appOrigin

/** Everything a window may load: our files, what it made itself, and the developer tools. */
export const mayLoad = (url: string): boolean =>
  url.startsWith(`${appOrigin}/`) ||
  url.startsWith(`${diagramsOrigin}/`) ||
  /^(?:asset|blob|data|devtools):/.test(url)

/** Who asks for something, as far as assets care. */
export interface Loader {
  readonly url: string
  /** As Chromium sorts requests: `image`, `media`, `mainFrame` … */
  readonly resourceType: string
  readonly from: () => Speaker
}

/** Assets are parts of our own page, and neither pages nor anybody else's. */
export const mayShow = ({ url, resourceType, from }: Loader): boolean =>
  !url.startsWith(`${assetScheme}:`) ||
  (['image', 'media', 'xhr'].includes(resourceType) && isTrusted(from()))

/** The address in the form that may be handed to the person's browser or mail program, or undefined. */
export function openableAddress(url: string): string | undefined {
  if (url.length > 4096 || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  const isPlain = parsed.username === '' && parsed.password === ''
  const isKnown = parsed.protocol === 'https:' || parsed.protocol === 'mailto:'
  return isPlain && isKnown ? parsed.href : undefined
}
