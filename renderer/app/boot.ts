import type { AnyEvent } from '@contract/events'
import type { SessionId } from '@contract/ids'
import type { DaemonState } from '@contract/routes'
import type { ChatState } from '../features/chat/chat-store'
import { type App, focusComposer, isDemo, openSettings } from './app-store'
import { restoreAttachments, restoreNewChat } from './asset-actions'
import { createBetweenKeys, followKeys } from './between-keys'
import { openChat } from './chat-actions'
import { runCommand } from './commands'
import { followComposing } from '../lib/composing'
import { leadWith } from '../lib/fault-offers'
import { disarmBehind } from './dictation-actions'
import { signElsewhere } from './dictation-sign'
import { warmFormats } from '../lib/format'
import { formatLocale } from '../lib/words'
import { showPreferences } from './show-preferences'

/** Connects the stores with the daemon and loads what the first screen shows. Returns the undo. */
export function boot(app: App): () => void {
  const { client, store } = app
  const events = createBetweenKeys((event) => hear(app, event))
  const undo = [
    client.listen(events.hear),
    followKeys(events),
    disarmBehind(app),
    followComposing(),
    signElsewhere(app),
    leadWith((way) => openSettings(app, settingsOf[way])),
    store.subscribe((state, before) => {
      if (state.preferences === before.preferences) return
      showPreferences(state.preferences)
      app.sound.setSpeed(state.preferences.playback_speed)
    }),
    app.chat.subscribe((state, before) => {
      if (state.session !== before.session) restoreAttachments(app)
      if (state.sessionId !== before.sessionId) rememberChat(app, state.sessionId)
      // What was being edited or searched in is gone from the page, and the focus with it.
      else if (hasClosed(state, before)) focusComposer(app)
    }),
  ]
  void client.ask['daemon.state']({}).then((answer) => {
    const entered = enter(app, answer.ok ? answer.value : { phase: 'failed', fault: answer.fault })
    void entered.finally(() => client.opened())
  })
  const flush = (): void => app.drafts.flush()
  window.addEventListener('pagehide', flush)
  window.addEventListener('blur', flush)
  return () => {
    undo.forEach((each) => each())
    window.removeEventListener('pagehide', flush)
    window.removeEventListener('blur', flush)
  }
}

/** Where a fault can be mended. */
const settingsOf = { 'open-keys': 'keys', 'open-routes': 'routes', 'open-costs': 'costs' } as const

const hasClosed = (state: ChatState, before: ChatState): boolean =>
  (before.editing !== null && state.editing === null) || (before.isFinding && !state.isFinding)

/** Another phase, or another daemon: after the demo everything is a different one's. */
export async function enter(app: App, daemon: DaemonState): Promise<void> {
  const before = app.store.getState().daemon
  // Told again on the way: what shows it would be drawn anew for nothing.
  if (JSON.stringify(before) === JSON.stringify(daemon)) return
  app.store.setState({ daemon })
  const isSame = before.phase === daemon.phase && isDemo({ daemon: before }) === isDemo({ daemon })
  if (daemon.phase === 'starting') return
  if (isSame && daemon.phase !== 'failed') {
    // Restarted in place: the routes may be others now.
    if (isDraining(before) && !isDraining(daemon)) await loadRuntime(app)
    return
  }
  await loadPreferences(app)
  if (daemon.phase === 'ready') await loadAll(app)
}

const isDraining = (state: DaemonState): boolean => state.phase === 'ready' && state.draining !== undefined

async function loadRuntime(app: App): Promise<void> {
  const answer = await app.client.ask['runtime.get']({})
  if (answer.ok) hearRuntime(app, answer.value)
}

async function loadPreferences({ client, store }: App): Promise<void> {
  const answer = await client.ask['preferences.get']({})
  store.setState((state) => ({
    preferences: answer.ok ? answer.value : state.preferences,
    hasPreferences: true,
  }))
  if (!answer.ok) showPreferences(store.getState().preferences)
}

async function loadAll(app: App): Promise<void> {
  const { client, store, chats, models, drafts, attachments } = app
  attachments.forget()
  drafts.forget(isDemo(store.getState()) ? 'demo' : 'own')
  app.library.forget()
  app.dictation.forget()
  app.imports.forget()
  app.readAloud.stopAll()
  app.sound.pause()
  store.setState({
    newChatRoute: null,
    isRenaming: false,
    drawer: null,
    page: 'chat',
    editor: null,
    viewer: null,
  })
  const last = store.getState().preferences.last_session_id
  await Promise.all([
    chats.load(),
    restoreNewChat(app),
    app.chat.getState().sessionId === last ? app.chat.refresh() : openChat(app, last as SessionId | null),
    client.ask['runtime.get']({}).then(async (answer) => {
      if (!answer.ok) return
      store.setState({ runtime: answer.value })
      await models.load(answer.value.routes.map((route) => route.route_id))
    }),
  ])
  store.setState({ isLoaded: true })
  void app.dictation.load()
  markUsable(app)
}

/** Chats, the last conversation and the models are there and painted: what the start bench measures. */
function markUsable({ store }: App): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark('kheish:usable')
      store.setState({ isOpened: true })
      requestIdleCallback(() => warmFormats(formatLocale()))
    }),
  )
}

function hear(app: App, event: AnyEvent): void {
  app.chat.hear(event)
  app.chats.hear(event)
  app.models.hear(event)
  app.attachments.hear(event)
  app.pictures.hear(event)
  app.dictation.hear(event)
  app.library.hear(event)
  app.readAloud.hear(event)
  if (event.type === 'daemon.changed') void enter(app, event.state)
  else if (event.type === 'runtime.changed') hearRuntime(app, event.runtime)
  else if (event.type === 'preferences.changed') app.store.setState({ preferences: event.preferences })
  else if (event.type === 'session.deleted' && event.session_id === app.chat.getState().sessionId) {
    void openChat(app, null)
  } else if (event.type === 'dictation.pressed') {
    if (app.store.getState().daemon.phase === 'ready') app.dictation.pressElsewhere()
  } else if (event.type === 'command.invoked') {
    if (event.command === 'chat.open') void openChat(app, (event.session_id ?? null) as SessionId | null)
    else runCommand(app, event.command)
  }
}

function hearRuntime(app: App, runtime: NonNullable<ReturnType<App['store']['getState']>['runtime']>): void {
  const routes = (view: typeof runtime | null): string =>
    view?.routes.map((route) => route.route_id).join() ?? ''
  const isOther = routes(app.store.getState().runtime) !== routes(runtime)
  app.store.setState({ runtime })
  if (isOther) void app.models.load(runtime.routes.map((route) => route.route_id))
}

function rememberChat({ client, store }: App, id: SessionId | null): void {
  const { preferences, daemon } = store.getState()
  if (daemon.phase !== 'ready' || preferences.last_session_id === id) return
  store.setState({ preferences: { ...preferences, last_session_id: id } })
  void client.ask['preferences.set']({ last_session_id: id })
}
