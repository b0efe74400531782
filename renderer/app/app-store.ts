import type { AssetId, SessionId } from '@contract/ids'
import type { Preferences } from '@contract/preferences'
import type { RequestSettings } from '@contract/request-settings'
import type { DaemonState, RuntimeView } from '@contract/routes'
import type { StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../client/client'
import type { ChatStore } from '../features/chat/chat-store'
import type { ChatListStore } from '../features/chats/chat-list-store'
import type { AttachmentStore } from '../features/composer/attachments/attachment-store'
import type { ContextMediaStore } from '../features/composer/context/context-media-store'
import type { PictureStore } from '../features/composer/picture/picture-store'
import type { ModelChoice } from '../features/models/model-index'
import type { DictationStore } from '../features/dictation/dictation-store'
import type { Imports } from '../features/library/create-imports'
import type { LibraryStore } from '../features/library/library-store'
import type { ModelStore } from '../features/models/model-store'
import type { SettingsTab } from '../features/settings/settings-tab'
import type { Sound } from '../lib/sound/create-sound'
import type { PeaksOf } from '../features/audio/peaks/create-peaks'
import type { ReadAloud } from '../features/audio/reading/create-read-aloud'
import type { Drafts } from './drafts'

/** Whether the daemon in force is the demo's. */
export const isDemo = ({ daemon }: Pick<AppState, 'daemon'>): boolean =>
  daemon.phase === 'ready' && daemon.demo

export interface AppState {
  readonly daemon: DaemonState
  readonly runtime: RuntimeView | null
  readonly preferences: Preferences
  /** True once the preferences are the person's own. */
  readonly hasPreferences: boolean
  /** True once all that belongs on the first screen has been answered. */
  readonly isLoaded: boolean
  /** True once the first screen stands with all that belongs on it. */
  readonly isOpened: boolean
  /** For the chat that the first message will make. */
  readonly newChatRoute: ModelChoice | null
  /** How the next message alone is to be answered; null: as its chat says. */
  readonly nextAnswer: RequestSettings | null
  readonly isAnswerSettingsOpen: boolean
  /** Null: closed. */
  readonly settingsTab: SettingsTab | null
  readonly isPaletteOpen: boolean
  /** Files that are looked at one by one; null: closed. */
  readonly viewer: { readonly asset_ids: readonly AssetId[]; readonly index: number } | null
  /** Open with `choose`: for that one answer, not for the chat. */
  readonly picker: { readonly choose?: (choice: ModelChoice) => void } | null
  /** Side bar or inspector over a narrow window. */
  readonly drawer: 'chats' | 'inspector' | null
  readonly isNarrow: boolean
  readonly isRenaming: boolean
  /** What stands in the middle. */
  readonly page: 'chat' | 'library' | 'editor'
  /** What the image editor has open, or had last. `session`: the chat it was found in. */
  readonly editor: {
    readonly asset_id: AssetId
    readonly session?: SessionId | null
    readonly from: 'chat' | 'library'
  } | null
  /** A change focuses the message box. */
  readonly focusKey: number
}

/** Everything the window holds, in one place: stores of the features, and what lies across them. */
export interface App {
  readonly client: RendererClient
  readonly store: StoreApi<AppState>
  readonly chat: ChatStore
  readonly chats: ChatListStore
  readonly models: ModelStore
  readonly drafts: Drafts
  readonly attachments: AttachmentStore
  readonly contextMedia: ContextMediaStore
  readonly pictures: PictureStore
  readonly dictation: DictationStore
  readonly library: LibraryStore
  /** Files that go into the library and to no message. */
  readonly imports: Imports
  readonly sound: Sound
  readonly peaksOf: PeaksOf
  readonly readAloud: ReadAloud
}

/** Holds at once in the window; the daemon's answer has the last word. */
export async function setPreferences({ client, store }: App, change: Partial<Preferences>): Promise<void> {
  const before = store.getState().preferences
  store.setState({ preferences: { ...before, ...change } })
  if (change.theme !== undefined) void client.ask['app.setTheme']({ theme: change.theme })
  const answer = await client.ask['preferences.set'](change)
  if (!answer.ok) store.setState({ preferences: before })
}

/** At a page, or where the person left off; `SettingsDialog` falls back on what it knows. */
export function openSettings(app: App, tab?: SettingsTab): void {
  const { settings_tab: last } = app.store.getState().preferences
  app.store.setState({ settingsTab: tab ?? (last as SettingsTab) })
}

/** The message box, wherever the person is: it belongs to the chat. */
export const focusComposer = ({ store }: App): void =>
  store.setState(({ focusKey }) => ({ focusKey: focusKey + 1, page: 'chat' }))

/** The open chat, or null where the next message makes one. */
export const currentSession = ({ chat }: App): SessionId | null => chat.getState().sessionId
