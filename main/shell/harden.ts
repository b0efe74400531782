import { app, shell, type WebContents } from 'electron'
import { appOrigin, diagramsPage, openableAddress } from './origin'

/** Every page, whoever made it: it stays where it is, opens nothing and embeds nothing but the frame that draws. */
export function hardenPages(): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) {
        // Nobody's hand is in a frame: it asks for nothing outside.
        if (event.url !== diagramsPage) event.preventDefault()
        return
      }
      if (event.url.startsWith(`${appOrigin}/`) && isReload(contents, event.url)) return
      event.preventDefault()
      openOutside(event.url)
    })
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url)
      return { action: 'deny' }
    })
  })
}

/** Hands a link to the person's browser or mail program, when it is one that may go there. */
function openOutside(url: string): void {
  const address = openableAddress(url)
  if (address !== undefined) void shell.openExternal(address).catch(() => undefined)
}

const isReload = (contents: WebContents, url: string): boolean => {
  const bare = (address: string) => address.split(/[?#]/, 1)[0]
  return bare(url) === bare(contents.getURL())
}
