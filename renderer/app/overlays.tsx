import { lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { ModelPicker } from '../features/models/model-picker'
import type { PicturePrices } from '../features/models/model-row'
import { SettingsDialog } from '../features/settings/settings-dialog'
import { useWords } from '../lib/words'
import { useApp, useAppState } from './app-context'
import { focusComposer, isDemo, setPreferences } from './app-store'
import { chooseModel, makeDefault, openLink } from './chat-actions'
import { commands, runCommand } from './commands'
import { openEditor, sessionInView } from './editor-actions'
import { deedsOf } from './library-actions'
import { Palette } from './palette'
import { defaultRoute, routeInForce } from './route-in-force'
import { appWords } from './words'

const AnswerSettings = lazy(async () => ({
  default: (await import('../features/settings/request/answer-settings-dialog')).AnswerSettingsDialog,
}))

const Viewer = lazy(async () => ({ default: (await import('../features/viewer/viewer')).Viewer }))

/** Asked for when the picker opens. */
function usePicturePrices(): PicturePrices {
  const app = useApp()
  const isOpen = useAppState((state) => state.picker !== null)
  useEffect(() => {
    if (isOpen) app.pictures.load()
  }, [app, isOpen])
  const models = useStore(app.pictures, (state) => state.models)
  return useMemo(
    () =>
      new Map(
        (models ?? []).flatMap(({ route_id, id, usd_per_image }) =>
          usd_per_image === undefined ? [] : [[`${route_id}/${id}`, usd_per_image] as const],
        ),
      ),
    [models],
  )
}

/** What lies over the screen: picker, settings, palette, viewer. */
export function Overlays() {
  const app = useApp()
  const preferences = useAppState((state) => state.preferences)
  const picturePrices = usePicturePrices()
  const settingsTab = useAppState((state) => state.settingsTab)
  const picker = useAppState((state) => state.picker)
  const isReady = useAppState((state) => state.daemon.phase === 'ready')
  const runtime = useAppState((state) => state.runtime)
  const chosen = useAppState((state) => state.newChatRoute)
  const session = useStore(app.chat, (state) => state.session)
  const inDemo = useAppState(isDemo)
  const runningChats = useStore(
    app.chats,
    ({ rows }) => rows.filter(({ activity }) => activity === 'running' || activity === 'waiting').length,
  )
  const index = useStore(app.models, (state) => state.index)
  const models = useMemo(
    () => [...new Set(index.routes.flatMap((route) => route.models.map(({ view }) => view.id)))],
    [index],
  )
  const nextAnswer = useAppState((state) => state.nextAnswer)
  const isAnswering = useAppState((state) => state.isAnswerSettingsOpen && state.daemon.phase === 'ready')
  // Its code is read when it is first wanted, and stays for the way it closes.
  const hasAnswered = useRef(false)
  hasAnswered.current ||= isAnswering
  const viewer = useAppState((state) => state.viewer)
  const deeds = useMemo(() => deedsOf(app), [app])
  const hasViewed = useRef(false)
  hasViewed.current ||= viewer !== null
  const t = useWords(appWords)
  const shortcutCommands = useMemo(
    () => commands.map((command) => ({ ...command, words: t(`commands.${command.id}`) })),
    [t],
  )
  return (
    <>
      <ModelPicker
        client={app.client}
        store={app.models}
        open={isReady && picker !== null}
        onOpenChange={(open) => app.store.setState({ picker: open ? {} : null })}
        inForce={routeInForce(runtime, session, chosen)}
        defaultChoice={defaultRoute(runtime)}
        favourites={preferences.favourite_models}
        recents={preferences.recent_models}
        picturePrices={picturePrices}
        onChoose={(choice) => void chooseModel(app, choice)}
        onMakeDefault={(choice) => void makeDefault(app, choice)}
        onFavourites={(favourite_models) => void setPreferences(app, { favourite_models })}
      />
      <SettingsDialog
        client={app.client}
        tab={settingsTab}
        onTab={(tab) => app.store.setState({ settingsTab: tab })}
        preferences={preferences}
        onPreferences={(change) => void setPreferences(app, change)}
        sessionId={session?.session_id ?? null}
        isDemo={inDemo}
        onLeaveDemo={() => runCommand(app, 'demo.leave')}
        models={models}
        runningChats={runningChats}
        commands={shortcutCommands}
      />
      {isAnswering || hasAnswered.current ? (
        <Suspense>
          <AnswerSettings
            client={app.client}
            open={isAnswering}
            onClose={() => {
              app.store.setState({ isAnswerSettingsOpen: false })
              focusComposer(app)
            }}
            sessionId={session?.session_id ?? null}
            routeId={routeInForce(runtime, session, chosen)?.provider}
            next={nextAnswer}
            onNext={(next) => app.store.setState({ nextAnswer: next })}
          />
        </Suspense>
      ) : null}
      {hasViewed.current ? (
        <Suspense>
          <Viewer
            client={app.client}
            viewing={viewer}
            deeds={deeds}
            onIndex={(index) => viewer && app.store.setState({ viewer: { ...viewer, index } })}
            onClose={() => app.store.setState({ viewer: null })}
            onEdit={(id) => openEditor(app, id, sessionInView(app))}
            onOpenLink={(url) => void openLink(app, url)}
          />
        </Suspense>
      ) : null}
      <Palette />
    </>
  )
}
