import { useStore } from 'zustand'
import { ModelPicker } from '../features/models/model-picker'
import { SettingsDialog } from '../features/settings/settings-dialog'
import { useApp, useAppState } from './app-context'
import { setPreferences } from './app-store'
import { chooseModel, makeDefault } from './chat-actions'
import { Palette } from './palette'
import { defaultRoute, routeInForce } from './route-in-force'

/** What lies over the screen: picker, settings, palette. */
export function Overlays() {
  const app = useApp()
  const preferences = useAppState((state) => state.preferences)
  const settingsTab = useAppState((state) => state.settingsTab)
  const picker = useAppState((state) => state.picker)
  const isReady = useAppState((state) => state.daemon.phase === 'ready')
  const runtime = useAppState((state) => state.runtime)
  const chosen = useAppState((state) => state.newChatRoute)
  const session = useStore(app.chat, (state) => state.session)
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
      />
      <Palette />
    </>
  )
}
