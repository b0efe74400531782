import { X } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { RunInspector } from '../features/chat/inspector'
import { SideBar } from '../features/chats/side-bar'
import { useWords } from '../lib/words'
import { Drawer } from '../ui/drawer'
import { IconButton } from '../ui/icon-button'
import { Panels, type SidePanel } from './panels'
import { useApp, useAppState } from './app-context'
import { isDemo, setPreferences } from './app-store'
import { openAsset } from './asset-actions'
import { AboveDictation } from './away-dictation'
import { deleteChat, exportChat, openChat, openHit, renameChat } from './chat-actions'
import { ChatPane } from './chat-pane'
import { runCommand } from './commands'
import { DemoBanner } from './demo-banner'
import { FileDoor } from './file-door'
import { useKeys } from './use-keys'
import { useEscapeStops } from './use-escape-stops'
import { appWords } from './words'

const EditorPane = lazy(async () => ({ default: (await import('./editor-pane')).EditorPane }))
const LibraryPane = lazy(async () => ({ default: (await import('./library-pane')).LibraryPane }))

/** Side bar, chat, library or image editor, inspector; in a narrow window the outer two lie over the chat. */
export function Frame() {
  const app = useApp()
  useEscapeStops()
  const t = useWords(appWords)
  const isNarrow = useNarrow()
  const drawer = useAppState((state) => state.drawer)
  const preferences = useAppState((state) => state.preferences)
  const hasDemo = useAppState(isDemo)
  const page = useAppState((state) => state.page)
  const closeDrawer = (): void => app.store.setState({ drawer: null })

  const left: SidePanel = {
    id: 'side-bar',
    body: <Chats />,
    width: preferences.sidebar_width,
    least: 200,
    most: 420,
    onWidth: (sidebar_width) => void setPreferences(app, { sidebar_width }),
    edgeName: t('sideBarEdge'),
  }
  const right: SidePanel = {
    id: 'inspector',
    body: <Inspector />,
    width: preferences.inspector_width,
    least: 240,
    most: 560,
    onWidth: (inspector_width) => void setPreferences(app, { inspector_width }),
    edgeName: t('inspectorEdge'),
  }
  return (
    <div className="flex h-full flex-col">
      <FileDoor />
      {hasDemo ? <DemoBanner /> : null}
      <div className="min-h-0 grow">
        <Panels
          left={preferences.sidebar_open && !isNarrow ? left : null}
          right={preferences.inspector_open && !isNarrow && page === 'chat' ? right : null}
        >
          {page === 'chat' ? (
            <ChatPane />
          ) : (
            <AboveDictation>
              <Suspense>{page === 'library' ? <LibraryPane /> : <EditorPane />}</Suspense>
            </AboveDictation>
          )}
        </Panels>
      </div>
      <Drawer side="left" title={t('chat')} open={isNarrow && drawer === 'chats'} onOpenChange={closeDrawer}>
        <Chats />
      </Drawer>
      <Drawer
        side="right"
        title={t('inspector')}
        open={isNarrow && drawer === 'inspector'}
        onOpenChange={closeDrawer}
      >
        <Inspector />
      </Drawer>
    </div>
  )
}

function Chats() {
  const app = useApp()
  const open = useStore(app.chat, (state) => state.sessionId)
  const page = useAppState((state) => state.page)
  const searchRef = useRef<HTMLInputElement>(null)
  const keysOf = useKeys()
  const actions = useRef({
    onOpen: (id: Parameters<typeof openChat>[1]) => void openChat(app, id),
    onRename: (...[id, title]: Tail<typeof renameChat>) => void renameChat(app, id, title),
    onExport: (...[id, format]: Tail<typeof exportChat>) => void exportChat(app, id, format),
    onDelete: (...[id]: Tail<typeof deleteChat>) => void deleteChat(app, id),
  })
  return (
    <SideBar
      store={app.chats}
      selected={page === 'chat' ? open : null}
      actions={actions.current}
      onNew={() => runCommand(app, 'chat.new')}
      onOpenHit={(id, messageId) => void openHit(app, id, messageId)}
      onLibrary={() => runCommand(app, 'library.open')}
      isLibrary={page === 'library'}
      onSettings={() => runCommand(app, 'settings.open')}
      onHide={() => runCommand(app, 'sidebar.toggle')}
      searchRef={searchRef}
      keys={{
        new: keysOf('chat.new'),
        settings: keysOf('settings.open'),
        library: keysOf('library.open'),
        hide: keysOf('sidebar.toggle'),
        search: keysOf('chats.search'),
      }}
    />
  )
}

type Tail<F> = F extends (first: never, ...rest: infer R) => unknown ? R : never

function Inspector() {
  const app = useApp()
  const t = useWords(appWords)
  const message = useStore(
    app.chat,
    (state) => state.messages.findLast((each) => each.role === 'assistant') ?? null,
  )
  return (
    <aside aria-label={t('inspector')} className="flex h-full flex-col bg-surface">
      <header className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="text-base font-medium">{t('inspector')}</h2>
        <IconButton
          name={t('close')}
          icon={<X size={16} />}
          onClick={() => runCommand(app, 'inspector.toggle')}
        />
      </header>
      <div className="min-h-0 grow overflow-y-auto p-4">
        <RunInspector message={message} onOpenAsset={(id, siblings) => openAsset(app, id, siblings)} />
      </div>
    </aside>
  )
}

/** Narrower than a side bar and a readable line of text together. */
function useNarrow(): boolean {
  const app = useApp()
  useEffect(() => {
    const query = window.matchMedia('(max-width: 719px)')
    const follow = (): void => app.store.setState({ isNarrow: query.matches, drawer: null })
    follow()
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [app])
  return useAppState((state) => state.isNarrow)
}
