import type { CSSProperties } from 'react'
import { useStore } from 'zustand'
import { Conversation } from '../features/chat/conversation'
import { Composer } from '../features/composer/composer'
import { useApp, useAppState } from './app-context'
import { focusComposer } from './app-store'
import { exportEvidence, openChat, openLink, sendMessage } from './chat-actions'
import { ChatHeader } from './chat-header'
import { runCommand } from './commands'

/** Header, conversation and composer of the open chat. */
export function ChatPane() {
  const app = useApp()
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

function ChatComposer() {
  const app = useApp()
  const sessionId = useStore(app.chat, (state) => state.sessionId)
  const stored = useStore(app.chat, (state) => state.session?.draft)
  const isBusy = useStore(app.chat, (state) => state.active !== null)
  const queued = useStore(app.chat, (state) => state.queued)
  const draft = useStore(app.drafts, ({ texts }) => texts.get(sessionId ?? '')) ?? stored ?? ''
  const sendWith = useAppState((state) => state.preferences.send_with)
  const focusKey = useAppState((state) => state.focusKey)
  const nextAnswer = useAppState((state) => state.nextAnswer)
  return (
    <Composer
      sessionId={sessionId}
      draft={draft}
      onDraft={(text) => app.drafts.write(sessionId, text)}
      onSend={(text) => sendMessage(app, text)}
      onStop={() => void app.chat.stop()}
      busy={isBusy}
      queued={queued}
      onEditLast={() => app.chat.editLast()}
      onTakeBack={(runId) => app.chat.takeBack(runId)}
      sendWith={sendWith}
      isTuned={nextAnswer !== null}
      onTune={() => runCommand(app, 'answers.settings')}
      onUntune={() => app.store.setState({ nextAnswer: null })}
      autoFocusKey={focusKey}
    />
  )
}
