import { PanelLeftOpen } from 'lucide-react'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { Library } from '../features/library/library'
import { useWords } from '../lib/words'
import { IconButton } from '../ui/icon-button'
import { useApp, useAppState } from './app-context'
import { focusComposer } from './app-store'
import { openHit, openLink } from './chat-actions'
import { runCommand } from './commands'
import { attachAssets } from './asset-actions'
import { openEditor } from './editor-actions'
import { deedsOf } from './library-actions'
import { useKeys } from './use-keys'
import { appWords } from './words'

/** The library in the place of the chat. */
export function LibraryPane() {
  const app = useApp()
  const t = useWords(appWords)
  const keysOf = useKeys()
  const deeds = useMemo(() => deedsOf(app), [app])
  const session = useStore(app.chat, (state) => state.sessionId)
  const hasSideBar = useAppState(({ isNarrow, preferences }) => !isNarrow && preferences.sidebar_open)
  return (
    <main className="h-full min-h-0">
      <Library
        client={app.client}
        store={app.library}
        imports={app.imports}
        session={session}
        deeds={deeds}
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
        onClose={() => focusComposer(app)}
        onUse={(assets) => attachAssets(app, assets)}
        onEdit={(id) => openEditor(app, id)}
        onView={(asset_ids, index) => app.store.setState({ viewer: { asset_ids, index } })}
        onOpenMessage={(id, message) => void openHit(app, id, message)}
        onCleanUp={() => runCommand(app, 'settings.privacy')}
        onOpenLink={(url) => void openLink(app, url)}
      />
    </main>
  )
}
