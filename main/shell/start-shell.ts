import { join, resolve } from 'node:path'
import { setImmediate as turn, setTimeout as after } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { app, ipcMain, Menu, Notification, session, shell } from 'electron'
import type { AppHandlers } from '@contract/calls'
import type { DaemonEvent } from '@contract/events'
import { appCallNames, channels, type AppCallName, type DaemonCallName } from '@contract/names'
import type { Preferences } from '@contract/preferences'
import type { SessionView } from '@contract/sessions'
import type { Daemon, StartDaemon } from '../daemon/ports/daemon'
import type { Publish } from '../daemon/ports/events'
import type { Keychain } from '../daemon/ports/keychain'
import type { ForkKeychain } from '../daemon/ports/keychain-child'
import { createAppHandlers } from './app-handlers'
import { createAssetHandlers } from './asset-handlers'
import { serveAssets } from './asset-protocol'
import { declareSchemes, serveAppFiles } from './app-protocol'
import { startDemoProvider } from './fork-demo-provider'
import { createCommandPlace, type CommandPlaceNeeds } from './command-place'
import { utilityKeychainForker } from './fork-keychain'
import { utilityMediaForker } from './fork-media'
import { hasGraphicsCard } from './graphics-card'
import { hardenPages } from './harden'
import { createDictating } from './dictating'
import { createHost, type Control, type Host } from './host'
import { holdLifecycle } from './lifecycle'
import { showMenu } from './menu'
import { createNotifier } from './notifications'
import { createBrowser } from './oauth-callback'
import { guardSession } from './permissions'
import { createPublisher, type Publisher } from './publish'
import { serveCall } from './serve'
import { reportSurprise } from './surprise'
import { takeFiles } from './take-files'
import { takeSound } from './take-sound'
import { applyTheme } from './theme'
import { recallWindow } from './window-memory'
import { createWindows, type Windows } from './windows'
import { wordsFor } from './words'

export interface ShellNeeds {
  /** Absolute path of the build's folder: `main/`, `preload/` and `renderer/` are in it. */
  readonly out: string
  /** Absolute; everything the app keeps is under it. */
  readonly stateRoot: string
  readonly loadDaemon: () => Promise<{
    readonly startDaemon: StartDaemon
    readonly createKeychain: (needs: { readonly fork: ForkKeychain }) => Keychain
  }>
  readonly command: Omit<CommandPlaceNeeds, 'env'>
  readonly loadControl: () => Promise<{
    readonly openControl: (needs: {
      readonly daemon: Daemon
      readonly stateRoot: string
      readonly version: string
    }) => Promise<Control>
    readonly findDaemon: (needs: {
      readonly stateRoot: string
      readonly version: string
      readonly publish: Publish
      readonly onLost: () => void
      readonly report: (surprise: unknown) => unknown
    }) => Promise<Daemon | undefined>
  }>
}

/** Opens the window and starts the daemon beside it, as soon as Electron is ready. Returns at once. */
export function startShell(needs: ShellNeeds): void {
  const { out, stateRoot, loadControl } = needs
  /** In two pieces, between which the window's own process is answered, which starts meanwhile. */
  const loadDaemon = async () => {
    await import('@contract/calls')
    await turn()
    return needs.loadDaemon()
  }
  const command = createCommandPlace({ ...needs.command, env: process.env })
  const windowFolder = join(stateRoot, 'window')
  const memoryFile = join(windowFolder, 'window.json')
  const icon = join(out, '../resources/icon-256.png')
  const chosenFile = process.env['KHEISH_ROUTES_FILE']
  const routesFile = chosenFile ? resolve(chosenFile) : join(stateRoot, 'routes.toml')
  // Before the lock and before ready: both live in this folder.
  app.setPath('userData', windowFolder)
  // Together the two end every child at once: somebody who runs as root has chosen.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  // Else a start collects young garbage three or four times before there is anything to see (MiB), and what it runs a few
  // hundred times is compiled for speed on the core that the daemon needs; what is run on and on is so all the same.
  app.commandLine.appendSwitch('js-flags', '--min-semi-space-size=8 --invocation-count-for-maglev=1000')
  // What the page's code was compiled to is kept at that time (milliseconds), with all that a start has run of it.
  app.commandLine.appendSwitch(
    'enable-features',
    // The second lets a Wayland desktop give us the dictation key.
    'CacheCodeOnIdle:delay-in-ms/3000/service-worker-only/false,GlobalShortcutsPortal',
  )
  // Chromium would start its GPU process again until nothing is left to try, and reads no page before that.
  if (!hasGraphicsCard()) app.disableHardwareAcceleration()
  // Else Electron makes one of its own first.
  Menu.setApplicationMenu(null)
  declareSchemes()
  hardenPages()

  let words = wordsFor('system', app.getLocale())
  let shortcuts: Preferences['shortcuts'] = {}
  let publisher: Publisher | undefined
  let windows: Windows | undefined
  let assets: ReturnType<typeof createAssetHandlers> | undefined

  const invoke = (command: string, sessionId?: string) => {
    windows?.show()
    const named = sessionId === undefined ? {} : { session_id: sessionId }
    publisher?.publish({ type: 'command.invoked', command, ...named })
  }
  const hear = (event: DaemonEvent) => {
    publisher?.publish(event)
    if (event.type === 'preferences.changed') prefer(event.preferences)
    if (event.type === 'daemon.changed' && event.state.phase === 'ready')
      void readPreferences().then(prefer, () => undefined)
    if (event.type === 'asset.deleted') void assets?.takeBack(event.asset_id)
    void notify(event)
  }
  const prefer = (preferences: Preferences) => {
    speak(preferences)
    dictating.follow(preferences)
  }
  const speak = (preferences: Pick<Preferences, 'language' | 'shortcuts'>) => {
    const next = wordsFor(preferences.language, app.getLocale())
    if (next === words && isDeepStrictEqual(preferences.shortcuts, shortcuts)) return
    words = next
    shortcuts = preferences.shortcuts
    showMenu(words, invoke, shortcuts)
  }

  let tellAsked = (): void => undefined
  const pageAsked = new Promise<void>((resolve) => (tellAsked = resolve))
  const host = createHost({
    stateRoot,
    ...(chosenFile ? { routesFile: resolve(chosenFile) } : {}),
    env: process.env,
    version: app.getVersion(),
    startsInDemo: process.argv.includes('--demo'),
    browser: createBrowser(
      (url) => shell.openExternal(url),
      () => words,
    ),
    publish: hear,
    startDaemon: async (ports) => {
      const { startDaemon } = await loadDaemon()
      await Promise.race([pageAsked, after(longestWaitMs)])
      return startDaemon(ports)
    },
    findDaemon: async ({ stateRoot: root, publish, version }, onLost) =>
      (await loadControl()).findDaemon({
        stateRoot: root,
        publish,
        version,
        onLost,
        report: reportSurprise,
      }),
    openControl: async (daemon, root, signal) => {
      // Nobody at a shell is faster than the first chat.
      await after(controlPauseMs, undefined, { signal })
      return (await loadControl()).openControl({ daemon, stateRoot: root, version: app.getVersion() })
    },
    openKeychain: async () =>
      (await loadDaemon()).createKeychain({
        fork: utilityKeychainForker(join(out, 'main/keychain-child.js')),
      }),
    forkMedia: utilityMediaForker(join(out, 'main/media-child.js')),
    hashThread: join(out, 'main/hash-thread.js'),
    startDemoProvider: () => startDemoProvider(join(out, 'main/demo-provider.js')),
    report: reportSurprise,
  })
  // Both calls answer exactly this; the host runs any call by its name.
  const readPreferences = () => host.run('preferences.get', {}) as Promise<Preferences>
  const readSession = (id: string) => host.run('sessions.get', { session_id: id }) as Promise<SessionView>
  const notify = createNotifier({
    isFocused: () => windows?.isFocused() === true,
    preferences: readPreferences,
    session: readSession,
    words: () => words,
    show: showNotification,
    openSession: (id: string) => invoke('chat.open', id),
  })

  const dictating = createDictating({
    isFocused: () => windows?.isFocused() === true,
    words: () => words,
    publish: (event) => publisher?.publish(event),
    show: () => windows?.show(),
  })

  const show = () => windows?.show()
  const isFirst = holdLifecycle({
    folder: windowFolder,
    show,
    stop: async () => {
      publisher?.stop()
      dictating.stop()
      await host.stop()
    },
  })
  if (!isFirst) return

  const open = () => {
    applyTheme(recallWindow(memoryFile).theme)
    serveAppFiles(session.defaultSession, join(out, 'renderer'))
    serveAssets(session.defaultSession, host.assets, (surprise) => host.report(surprise))
    windows = createWindows({
      preload: join(out, 'preload/index.cjs'),
      icon,
      memoryFile,
      onReady: () => showMenu(words, invoke, shortcuts),
      onShown: () => publisher?.flush(),
      onFocus: (focused) => {
        publisher?.publish({ type: 'window.focused', focused })
        dictating.focused(focused)
      },
    })
    guardSession(session.defaultSession, windows.loader)
    publisher = createPublisher(windows)
    // Before all that it may ask: nothing of it is heard in this turn.
    windows.show()
    const folder = join(windowFolder, 'lent')
    const owned = (assets = createAssetHandlers({ host, windows, folder, icon }))
    const places = { stateRoot, routesFile, command }
    const handlers = createAppHandlers(host, windows, places, owned.handlers, dictating.handlers)
    answerWindow(host, windows, handlers, publisher, tellAsked)
    takeFiles(host, windows, owned.drag)
    takeSound(host, windows)
    host.start()
    void pageAsked.then(() => owned.sweep()).catch(reportSurprise)
  }
  // Never awaited at the top level: ready waits for the entry module.
  void app.whenReady().then(open)
}

/** The daemon starts at the latest then, whatever became of the page, whose files it would keep waiting. */
const longestWaitMs = 1_000
/** The control plane opens this much later: its code is not read while the window is. */
const controlPauseMs = 700

const isAppCall = (name: string): name is AppCallName => (appCallNames as readonly string[]).includes(name)

/** Their answers hold growing messages: a batch that waits may not reach across them. */
const snapshots: readonly unknown[] = ['app.opening', 'sessions.transcript', 'sessions.selectVersion']

/** One handler for every call: `app.*` here, the rest by the daemon in force. */
function answerWindow(
  host: Host,
  windows: Windows,
  handlers: AppHandlers,
  publisher: Publisher,
  asked: () => void,
): void {
  const served = {
    // `serveCall` lets known names with parsed inputs through and nothing else.
    run: async (name: string, input: unknown) =>
      isAppCall(name) ? handlers[name](input as never) : host.run(name as DaemonCallName, input),
    report: (error: unknown) => host.report(error),
  }
  ipcMain.handle(channels.ask, async (event, name: unknown, raw: unknown) => {
    // Before anything is awaited: the frame may be gone afterwards.
    const from = windows.speaker(event)
    asked()
    const { allCalls: calls } = await import('@contract/calls')
    const answered = await serveCall({ calls, ...served }, from, name, raw)
    if (snapshots.includes(name)) publisher.flush()
    return answered
  })
}

function showNotification(title: string, body: string, chosen: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  notification.on('click', chosen)
  notification.show()
}
