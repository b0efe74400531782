import { defaultPreferences } from '@contract/default-preferences'
import { createStore } from 'zustand/vanilla'
import type { RendererClient } from '../client/client'
import { createChatStore } from '../features/chat/create-chat-store'
import { createChatListStore } from '../features/chats/chat-list-store'
import { createAttachmentStore } from '../features/composer/attachments/attachment-store'
import { createContextMediaStore } from '../features/composer/context/context-media-store'
import { createPictureStore } from '../features/composer/picture/picture-store'
import { createImports } from '../features/library/create-imports'
import { createLibraryStore } from '../features/library/create-library-store'
import { createModelStore } from '../features/models/model-store'
import { createDictation } from './dictation-actions'
import { createSound } from '../lib/sound/create-sound'
import { createPeaks } from '../features/audio/peaks/create-peaks'
import { createReadAloud } from '../features/audio/reading/create-read-aloud'
import { createDrafts, type Drafts } from './drafts'
import { tellDuplicates } from './tell-files'
import type { App, AppState } from './app-store'

export function createApp(client: RendererClient, drafts: Drafts = createDrafts(client)): App {
  const store = createStore<AppState>(() => ({
    daemon: { phase: 'starting' },
    runtime: null,
    preferences: defaultPreferences,
    hasPreferences: false,
    isLoaded: false,
    isOpened: false,
    newChatRoute: null,
    nextAnswer: null,
    isAnswerSettingsOpen: false,
    settingsTab: null,
    isPaletteOpen: false,
    viewer: null,
    picker: null,
    drawer: null,
    isNarrow: false,
    isRenaming: false,
    page: 'chat',
    editor: null,
    focusKey: 0,
  }))
  const chat = createChatStore(client)
  const attachments = createAttachmentStore(client, {
    onKept: (id, assets) => {
      const { sessionId, session } = chat.getState()
      drafts.attach(id, assets, sessionId === id ? session?.draft : undefined)
    },
    onDuplicates: tellDuplicates,
  })
  const sound = createSound()
  const wish = () => {
    const { speech_model: model, speech_voice: voice } = store.getState().preferences
    return { model, voice }
  }
  const app: Omit<App, 'dictation'> = {
    client,
    store,
    chat,
    chats: createChatListStore(client),
    models: createModelStore(client),
    drafts,
    attachments,
    contextMedia: createContextMediaStore(client),
    pictures: createPictureStore(client),
    library: createLibraryStore(client),
    imports: createImports(client),
    sound,
    peaksOf: createPeaks(client),
    readAloud: createReadAloud(client, sound, wish),
  }
  const whole: App = Object.assign(app, { dictation: createDictation(client, () => whole) })
  return whole
}
