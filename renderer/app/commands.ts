import { type App, currentSession, focusComposer, isDemo, openSettings, setPreferences } from './app-store'
import type { AssetId } from '@contract/ids'
import type { Part } from '@contract/message'
import { attachmentsOf } from '@contract/attached'
import { openFilePicker } from '../features/composer/attachments/attach-button'
import { isOn } from '../features/dictation/dictation'
import { tellFault } from '../ui/tell-fault'
import { assetsOfChat, openAsset } from './asset-actions'
import { branchChat, deleteChat, exportChat, openChat, stepChat } from './chat-actions'
import { setPermissionMode } from './permission-mode'
import { openEditor } from './editor-actions'
import type { appWords } from './words'

export type CommandId = keyof (typeof appWords)['words']['commands']

/** Something a person can tell the window to do: by palette, menu, shortcut or button. */
export interface Command {
  readonly id: CommandId
  /** As it comes, in tinykeys' spelling; `useKeys` knows what the person chose instead. */
  readonly keys?: string
  /** Absent: whenever the daemon is ready. */
  readonly when?: (app: App) => boolean
  readonly run: (app: App) => void
  /** In place of `run` for a key that can be held; answers what its release does. */
  readonly hold?: (app: App) => () => void
}

const hasChat = (app: App): boolean =>
  isReady(app) && currentSession(app) !== null && app.store.getState().page === 'chat'
const hasMessages = (app: App): boolean => hasChat(app) && app.chat.getState().messages.length > 0
const isReady = ({ store }: App): boolean => store.getState().daemon.phase === 'ready'
const inDemo = ({ store }: App): boolean => isDemo(store.getState())
const always = (): boolean => true
const onChat =
  (run: (app: App, id: NonNullable<ReturnType<typeof currentSession>>) => void) =>
  (app: App): void => {
    const id = currentSession(app)
    if (id !== null) run(app, id)
  }

/** One registry for palette, native menu and shortcuts. */
export const commands: readonly Command[] = [
  { id: 'chat.new', keys: '$mod+N', run: (app) => void openChat(app, null) },
  { id: 'chats.search', keys: '$mod+Shift+F', run: searchChats },
  { id: 'palette.open', keys: '$mod+K', run: ({ store }) => store.setState({ isPaletteOpen: true }) },
  { id: 'models.choose', keys: '$mod+Shift+M', run: ({ store }) => store.setState({ picker: {} }) },
  {
    id: 'answers.settings',
    run: ({ store }) => store.setState({ isAnswerSettingsOpen: true }),
  },
  { id: 'composer.focus', keys: '$mod+L', run: focusComposer },
  { id: 'attach', keys: '$mod+U', run: attach },
  { id: 'picture.make', keys: '$mod+Shift+P', run: makePicture },
  {
    id: 'dictate',
    keys: '$mod+Shift+Space',
    // One that goes on can be ended wherever the person is.
    when: (app) => isReady(app) && (app.store.getState().page === 'chat' || isOn(app.dictation.getState())),
    run: ({ dictation }) => dictation.toggle(),
    hold: ({ dictation }) => dictation.hold(),
  },
  { id: 'viewer.open', when: (app) => isReady(app) && assetsOfChat(app).length > 0, run: openNewestAsset },
  { id: 'editor.open', when: (app) => newestPicture(app) !== undefined, run: editNewestPicture },
  {
    id: 'run.stop',
    keys: '$mod+Period',
    when: ({ chat }) => chat.getState().active !== null || chat.getState().beside.length > 0,
    run: ({ chat }) => void chat.stop().then((answer) => answer.ok || tellFault(answer.fault)),
  },
  { id: 'chat.find', keys: '$mod+F', when: hasMessages, run: ({ chat }) => chat.find(true) },
  { id: 'message.edit_last', when: hasMessages, run: ({ chat }) => chat.editLast() },
  { id: 'message.read_aloud', keys: '$mod+Shift+S', when: canReadAloud, run: readAloud },
  {
    id: 'sound.toggle',
    keys: '$mod+Alt+P',
    when: (app) => isReady(app) && app.sound.state().recording !== null,
    run: toggleSound,
  },
  { id: 'chat.next', keys: '$mod+Alt+ArrowDown', run: (app) => stepChat(app, 1) },
  { id: 'chat.previous', keys: '$mod+Alt+ArrowUp', run: (app) => stepChat(app, -1) },
  { id: 'chat.rename', when: hasChat, run: ({ store }) => store.setState({ isRenaming: true }) },
  {
    id: 'chat.branch',
    when: hasMessages,
    run: (app) => void branchChat(app),
  },
  {
    id: 'chat.export_markdown',
    when: hasChat,
    run: onChat((app, id) => void exportChat(app, id, 'markdown')),
  },
  { id: 'chat.export_json', when: hasChat, run: onChat((app, id) => void exportChat(app, id, 'json')) },
  {
    id: 'chat.delete',
    keys: '$mod+Shift+Backspace',
    when: hasChat,
    run: onChat((app, id) => void deleteChat(app, id)),
  },
  { id: 'library.open', keys: '$mod+Shift+L', run: openLibrary },
  { id: 'sidebar.toggle', keys: '$mod+B', run: (app) => togglePanel(app, 'chats') },
  { id: 'inspector.toggle', keys: '$mod+Alt+B', run: (app) => togglePanel(app, 'inspector') },
  { id: 'settings.open', keys: '$mod+Comma', run: (app) => openSettings(app) },
  { id: 'settings.routes', run: (app) => openSettings(app, 'routes') },
  { id: 'settings.keys', run: (app) => openSettings(app, 'keys') },
  { id: 'settings.audio', run: (app) => openSettings(app, 'audio') },
  { id: 'settings.permissions', run: (app) => openSettings(app, 'permissions') },
  { id: 'settings.shortcuts', run: (app) => openSettings(app, 'shortcuts') },
  { id: 'settings.costs', run: (app) => openSettings(app, 'costs') },
  { id: 'settings.privacy', run: (app) => openSettings(app, 'privacy') },
  { id: 'settings.diagnostics', run: (app) => openSettings(app, 'diagnostics') },
  { id: 'settings.appearance', run: (app) => openSettings(app, 'appearance') },
  { id: 'tools.default', run: (app) => void setPermissionMode(app, 'default') },
  { id: 'tools.acceptEdits', run: (app) => void setPermissionMode(app, 'acceptEdits') },
  { id: 'tools.bypassPermissions', run: (app) => void setPermissionMode(app, 'bypassPermissions') },
  { id: 'tools.plan', run: (app) => void setPermissionMode(app, 'plan') },
  { id: 'tools.dontAsk', run: (app) => void setPermissionMode(app, 'dontAsk') },
  { id: 'theme.system', run: (app) => void setPreferences(app, { theme: 'system' }) },
  { id: 'theme.light', run: (app) => void setPreferences(app, { theme: 'light' }) },
  { id: 'theme.dark', run: (app) => void setPreferences(app, { theme: 'dark' }) },
  { id: 'models.refresh', run: ({ models }) => void models.refresh() },
  {
    id: 'demo.explore',
    when: (app) => !inDemo(app),
    run: ({ client }) =>
      void client.ask['app.exploreDemo']({}).then((answer) => answer.ok || tellFault(answer.fault)),
  },
  {
    id: 'demo.leave',
    when: inDemo,
    run: ({ client }) =>
      void client.ask['app.leaveDemo']({}).then((answer) => answer.ok || tellFault(answer.fault)),
  },
  {
    id: 'app.reveal',
    when: always,
    run: ({ client }) => void client.ask['app.reveal']({ what: 'state_root' }),
  },
  { id: 'app.quit', when: always, run: ({ client }) => void client.ask['app.quit']({}) },
]

const byId: ReadonlyMap<string, Command> = new Map(commands.map((command) => [command.id, command]))

export const canRun = (app: App, command: Command): boolean => (command.when ?? isReady)(app)

/** Names that this window does not know, or that make no sense now, do nothing. */
export function runCommand(app: App, id: string): void {
  const command = byId.get(id)
  if (command && canRun(app, command)) command.run(app)
}

/** By a key that is held down: what its release does. */
export function holdCommand(app: App, id: string): () => void {
  const command = byId.get(id)
  if (!command || !canRun(app, command)) return () => undefined
  if (command.hold) return command.hold(app)
  command.run(app)
  return () => undefined
}

/** In the place of the chat; Escape or a chat leads back. */
function openLibrary({ store }: App): void {
  store.setState({ page: 'library', drawer: null, isRenaming: false })
}

/** Beside the chat where there is room, over it where there is not. */
function togglePanel(app: App, panel: 'chats' | 'inspector'): void {
  const { isNarrow, drawer, preferences } = app.store.getState()
  if (isNarrow) app.store.setState({ drawer: drawer === panel ? null : panel })
  else if (panel === 'chats') void setPreferences(app, { sidebar_open: !preferences.sidebar_open })
  else void setPreferences(app, { inspector_open: !preferences.inspector_open })
}

/** To the message box first: the picker belongs to it, and may not have been drawn. */
function attach(app: App): void {
  focusComposer(app)
  requestAnimationFrame(openFilePicker)
}

/** The next message becomes a picture, or a message again. */
export function makePicture(app: App): void {
  const { image_model } = app.store.getState().preferences
  const slash = image_model.indexOf('/')
  if (slash > 0 && !app.pictures.getState().choice)
    app.pictures.choose({
      choice: { provider: image_model.slice(0, slash), model: image_model.slice(slash + 1) },
    })
  app.pictures.toggle()
  focusComposer(app)
}

function openNewestAsset(app: App): void {
  const ids = assetsOfChat(app)
  const newest = ids.at(-1)
  if (newest !== undefined) openAsset(app, newest, ids)
}

/** The newest picture of the open chat. */
function newestPicture(app: App): AssetId | undefined {
  if (!isReady(app)) return undefined
  const shown = app.chat.getState().messages.flatMap((message) => attachmentsOf(message.parts))
  return shown.findLast(({ media_type }) => media_type.startsWith('image/'))?.asset_id
}

function editNewestPicture(app: App): void {
  const id = newestPicture(app)
  if (id !== undefined) openEditor(app, id, currentSession(app))
}

/** Opens the side bar if need be, then its search. */
function searchChats(app: App): void {
  const { isNarrow, preferences } = app.store.getState()
  if (isNarrow) app.store.setState({ drawer: 'chats' })
  else if (!preferences.sidebar_open) void setPreferences(app, { sidebar_open: true })
  const field = (): HTMLInputElement | null => document.querySelector('nav input[type="search"]')
  // A side bar that opens only now is drawn in the next frame.
  if (field()) field()?.select()
  else requestAnimationFrame(() => field()?.select())
}

const newestAnswer = ({ chat }: App) =>
  chat.getState().messages.findLast(({ role, parts }) => role === 'assistant' && parts.some(isSaid))
const isSaid = (part: Part): boolean => part.kind === 'text' && part.text.trim() !== ''

function canReadAloud(app: App): boolean {
  return app.readAloud.getState().queue.length > 0 || (hasChat(app) && newestAnswer(app) !== undefined)
}

/** The newest answer; while something is read, an end of that. */
function readAloud(app: App): void {
  const message = newestAnswer(app)
  if (app.readAloud.getState().queue.length > 0) app.readAloud.stopAll()
  else if (message) app.readAloud.read(message)
}

/** What was heard last, wherever it stands. */
function toggleSound({ sound }: App): void {
  const { recording, phase } = sound.state()
  if (phase === 'playing' || phase === 'loading') sound.pause()
  else if (recording) sound.play(recording)
}
