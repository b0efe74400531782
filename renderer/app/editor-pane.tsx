import { PanelLeftOpen } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { ImageEditor } from '../features/image-editor/image-editor'
import { useWords } from '../lib/words'
import { IconButton } from '../ui/icon-button'
import { useApp, useAppState } from './app-context'
import { runCommand } from './commands'
import { closeEditor } from './editor-actions'
import { editorOf } from './editor-of'
import { deedsOf } from './library-actions'
import { useKeys } from './use-keys'
import { appWords } from './words'

/** Chats to choose from, newest first. */
const mostChats = 30

/** The image editor in the place of the chat. */
export function EditorPane() {
  const app = useApp()
  const t = useWords(appWords)
  const keysOf = useKeys()
  const deeds = useMemo(() => deedsOf(app), [app])
  const store = editorOf(app)
  const editor = useAppState((state) => state.editor)
  const rows = useStore(app.chats, (state) => state.rows)
  const hasSideBar = useAppState(({ isNarrow, preferences }) => !isNarrow && preferences.sidebar_open)
  useEffect(() => {
    if (!editor) return
    const { wanted, phase } = store.getState()
    // Opened once more it is as it was left.
    if (wanted !== editor.asset_id || phase === 'failed') void store.open(editor.asset_id, editor.session)
    else if (editor.session !== undefined) store.sendTo(editor.session)
  }, [store, editor])
  return (
    <main className="h-full min-h-0">
      <ImageEditor
        store={store}
        deeds={deeds}
        chats={rows.slice(0, mostChats)}
        lead={
          hasSideBar ? null : (
            <IconButton
              className="-ml-2"
              name={t('commands.sidebar.toggle')}
              keys={keysOf('sidebar.toggle')}
              icon={<PanelLeftOpen size={16} />}
              onClick={() => runCommand(app, 'sidebar.toggle')}
            />
          )
        }
        onClose={() => closeEditor(app)}
        onDrag={(id) => app.client.dragAsset(id)}
      />
    </main>
  )
}
