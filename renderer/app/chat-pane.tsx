import { useMemo, type CSSProperties } from 'react'
import { ReadAloudButton } from '../features/audio/read-aloud-button'
import { SpokenMessage } from '../features/audio/spoken-message'
import { Conversation } from '../features/chat/conversation'
import { useApp, useAppState } from './app-context'
import { focusComposer } from './app-store'
import { openAsset } from './asset-actions'
import { exportEvidence, openChat, openLink } from './chat-actions'
import { ChatComposer } from './chat-composer'
import { EditedContext } from './edited-context'
import { ChatHeader } from './chat-header'
import { openEditor } from './editor-actions'
import { deedsOf } from './library-actions'

/** Header, conversation and composer of the open chat. */
export function ChatPane() {
  const app = useApp()
  const deeds = useMemo(() => deedsOf(app), [app])
  const textScale = useAppState((state) => state.preferences.text_scale)
  const write = (text: string): void => app.drafts.write(app.chat.getState().sessionId, text)
  return (
    <main
      className="flex h-full min-h-0 flex-col"
      // The box of the composer is as wide as the messages are.
      style={
        { '--chat-text': `${15 * textScale}px`, '--chat-column': `${672 * textScale}px` } as CSSProperties
      }
    >
      <ChatHeader />
      <div className="flex min-h-0 flex-1 flex-col">
        <Conversation
          store={app.chat}
          textScale={textScale}
          onOpenSession={(id) => void openChat(app, id)}
          onOpenLink={(url) => void openLink(app, url)}
          onOpenModels={(choose) => app.store.setState({ picker: choose ? { choose } : {} })}
          onOpenAsset={(id, siblings) => openAsset(app, id, siblings)}
          onEditAsset={(id) => openEditor(app, id, app.chat.getState().sessionId)}
          onSaveAsset={(id) => void deeds.onSave(id)}
          onCopyAsset={(id) => void deeds.onCopy(id)}
          onDragAsset={(id) => app.client.dragAsset(id)}
          renderEarlierPictures={(props) => <EditedContext {...props} />}
          renderReadAloud={(message) => <ReadAloudButton store={app.readAloud} message={message} />}
          renderSpoken={(message) => <SpokenMessage store={app.readAloud} message={message} />}
          onExportEvidence={(runId) => void exportEvidence(app, runId)}
          onQuote={(quote) => {
            const { sessionId, session } = app.chat.getState()
            const draft = app.drafts.read(sessionId, session?.draft)
            write(draft.trim() === '' ? quote : `${draft.trimEnd()}\n\n${quote}`)
            focusComposer(app)
          }}
          onExample={(text) => {
            write(text)
            focusComposer(app)
          }}
        />
      </div>
      <div className="shrink-0">
        <ChatComposer />
      </div>
    </main>
  )
}
