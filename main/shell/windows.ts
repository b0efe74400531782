import { app, BrowserWindow, ipcMain, screen } from 'electron'
import type {
  IpcMainEvent,
  IpcMainInvokeEvent,
  OnBeforeRequestListenerDetails,
  WebContents,
  WebFrameMain,
} from 'electron'
import type { AnyEvent } from '@contract/events'
import { channels } from '@contract/names'
import { isTrusted, startPage, type Speaker } from './origin'
import type { Outlet } from './publish'
import { backgroundColour } from './theme'
import { recallWindow, rememberWindow, type WindowMemory } from './window-memory'
import { placeWindow, smallestSize } from './window-place'

export interface WindowNeeds {
  /** Absolute path of the built preload. */
  readonly preload: string
  readonly icon: string
  /** Where place, zoom and theme are kept. */
  readonly memoryFile: string
  /** The page has drawn something, and the window is about to be seen for the first time. */
  readonly onReady: () => void
  /** It can be seen again. */
  readonly onShown: () => void
  readonly onFocus: (focused: boolean) => void
}

/** The one window, there or not. */
export interface Windows extends Outlet {
  /** Opens the window, or brings the open one to the front. */
  show(): void
  current(): BrowserWindow | undefined
  speaker(event: IpcMainEvent | IpcMainInvokeEvent): Speaker
  /** Who asks for a file of a page. */
  loader(details: OnBeforeRequestListenerDetails): Speaker
  isFocused(): boolean
  remember(change: Partial<WindowMemory>): void
}

/** A crashed page is loaded again, but not for ever. */
const reloadLimit = 3

export function createWindows(needs: WindowNeeds): Windows {
  let window: BrowserWindow | undefined
  let memory = recallWindow(needs.memoryFile)
  let isListening = false

  const remember = (change: Partial<WindowMemory>) => {
    const next = { ...memory, ...change }
    if (JSON.stringify(next) === JSON.stringify(memory)) return
    memory = next
    rememberWindow(needs.memoryFile, memory)
  }

  const open = () => {
    const [main, ...others] = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()]
    const opened = new BrowserWindow({
      ...placeWindow(
        memory.bounds,
        [main, ...others].map((display) => display.workArea),
      ),
      minWidth: smallestSize.width,
      minHeight: smallestSize.height,
      show: false,
      title: app.getName(),
      backgroundColor: backgroundColour(),
      webPreferences: {
        preload: needs.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        // The page's code comes from our own files: keep it compiled from the first start on.
        v8CacheOptions: 'bypassHeatCheck',
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: process.platform === 'darwin',
        zoomFactor: 1.2 ** memory.zoom_level,
      },
    })
    window = opened
    isListening = false
    if (memory.is_maximized) opened.maximize()
    opened.once('ready-to-show', () => {
      needs.onReady()
      // Read and scaled only now that the page has work of its own; macOS has it from the app.
      if (process.platform !== 'darwin') opened.setIcon(needs.icon)
      opened.show()
    })
    keepPlace(opened, remember)
    keepAlive(opened)
    opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) isListening = false
    })
    opened.on('show', needs.onShown).on('restore', needs.onShown)
    opened.on('focus', () => needs.onFocus(true)).on('blur', () => needs.onFocus(false))
    opened.on('closed', () => {
      window = undefined
      isListening = false
    })
    void opened.loadURL(startPage).catch(() => undefined)
  }

  const speakerOf = (contents: WebContents | undefined, frame: WebFrameMain | null | undefined): Speaker => ({
    origin: frame?.origin ?? '',
    isMainFrame: frame?.parent === null,
    isOurWindow: window !== undefined && contents === window.webContents,
  })
  const speaker = (event: IpcMainEvent | IpcMainInvokeEvent) => speakerOf(event.sender, event.senderFrame)
  ipcMain.on(channels.events, (event) => {
    if (isTrusted(speaker(event))) isListening = true
  })

  return {
    speaker,
    loader: ({ webContents, frame }) => speakerOf(webContents, frame),
    remember,
    current: () => window,
    isListening: () => isListening && window?.webContents.isCrashed() === false,
    isHidden: () => window === undefined || !window.isVisible() || window.isMinimized(),
    isFocused: () => window?.isFocused() === true,
    send: (events: readonly AnyEvent[]) => window?.webContents.send(channels.events, events),
    show() {
      if (!window) return open()
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
  }
}

/** Remembers place and zoom soon after they change, and when the window closes. */
function keepPlace(window: BrowserWindow, remember: (change: Partial<WindowMemory>) => void): void {
  let timer: NodeJS.Timeout | undefined
  const keep = () => {
    clearTimeout(timer)
    if (window.isDestroyed()) return
    remember({
      bounds: window.getNormalBounds(),
      is_maximized: window.isMaximized(),
      zoom_level: window.webContents.getZoomLevel(),
    })
  }
  const keepSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(keep, 400)
  }
  window.on('resize', keepSoon).on('move', keepSoon).on('maximize', keepSoon).on('unmaximize', keepSoon)
  window.on('close', keep)
}

function keepAlive(window: BrowserWindow): void {
  let crashes = 0
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed() || ++crashes > reloadLimit) return
    window.webContents.reload()
  })
}
