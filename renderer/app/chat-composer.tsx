import { isPicture } from '@contract/attached'
import type { FaultOf } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import { lazy, memo, Suspense, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { countOf, readyAssets, type AttachmentList } from '../features/composer/attachments/attachment'
import { AttachmentTray } from '../features/composer/attachments/attachment-tray'
import { attachmentWords } from '../features/composer/attachments/attachment-words'
import { Composer } from '../features/composer/composer'
import { pictureWords } from '../features/composer/picture/picture-words'
import { DictateButton } from '../features/dictation/dictate-button'
import { useWords } from '../lib/words'
import { useApp, useAppState } from './app-context'
import { focusComposer } from './app-store'
import { takeFiles, openAsset } from './asset-actions'
import { chooseDrawer, sendMessage, sendPicture, takeBack } from './chat-actions'
import { ChatDictation, LeftDictations } from './chat-dictation'
import { ComposerNotices } from './composer-notices'
import { makePicture, runCommand } from './commands'
import { openEditor } from './editor-actions'
import { useKeys } from './use-keys'

const PictureBar = lazy(async () => ({
  default: (await import('../features/composer/picture/picture-bar')).PictureBar,
}))

/** The composer of the open chat, with what is attached and what is to be known before sending. */
export function ChatComposer() {
  const app = useApp()
  const t = useWords(attachmentWords)
  const p = useWords(pictureWords)
  const keysOf = useKeys()
  const sessionId = useStore(app.chat, (state) => state.sessionId)
  const stored = useStore(app.chat, (state) => state.session?.draft)
  const isBusy = useStore(app.chat, (state) => state.active !== null)
  const queued = useStore(app.chat, (state) => state.queued)
  const draft = useStore(app.drafts, ({ texts }) => texts.get(sessionId ?? '')) ?? stored ?? ''
  const hasReady = useAttachments(sessionId, (list) => countOf(list, 'ready') > 0)
  const hasPictures = useAttachments(sessionId, (list) => readyAssets(list).some(isPicture))
  const hasOthers = useAttachments(sessionId, (list) => readyAssets(list).some((asset) => !isPicture(asset)))
  const isDrawing = useStore(app.pictures, ({ isOn }) => isOn)
  const waitsToDraw = hasOthers ? p('onlyPictures') : draft.trim() === '' ? p('noWords') : null
  const isAdding = useAttachments(sessionId, (list) => countOf(list, 'importing') > 0)
  const sendWith = useAppState((state) => state.preferences.send_with)
  const focusKey = useAppState((state) => state.focusKey)
  const nextAnswer = useAppState((state) => state.nextAnswer)
  const dictateKeys = keysOf('dictate')
  // The same element: the buttons are not drawn at every key.
  const dictate = useMemo(
    () => <DictateButton store={app.dictation} keys={dictateKeys} />,
    [app, dictateKeys],
  )
  const [refused, setRefused] = useState<FaultOf<'capability_unsupported'> | null>(null)
  return (
    <Composer
      sessionId={sessionId}
      draft={draft}
      onDraft={(text) => app.drafts.write(sessionId, text)}
      onSend={async (text) => {
        const answer = await (isDrawing ? sendPicture(app, text) : sendMessage(app, text))
        const isBlind = !answer.ok && answer.fault.code === 'capability_unsupported'
        setRefused(isBlind ? answer.fault : null)
        return answer
      }}
      tray={<ChatTray key={sessionId ?? ''} sessionId={sessionId} />}
      notices={
        <>
          <LeftDictations draft={draft} />
          <ComposerNotices draft={draft} hasPictures={hasPictures} refused={refused} />
        </>
      }
      hasAttachments={hasReady}
      waitsFor={isAdding ? t('waits') : isDrawing ? waitsToDraw : null}
      attachKeys={keysOf('attach')}
      picture={
        isDrawing ? (
          <Suspense>
            <PictureBar
              store={app.pictures}
              isEdit={hasPictures}
              onChoose={(choice) => chooseDrawer(app, choice)}
              onClose={() => makePicture(app)}
            />
          </Suspense>
        ) : null
      }
      dictate={dictate}
      dictation={<ChatDictation isEmpty={draft === ''} />}
      pictureKeys={keysOf('picture.make')}
      onPicture={() => makePicture(app)}
      placeholder={isDrawing ? p(hasPictures ? 'placeholderEdit' : 'placeholder') : null}
      onFiles={(files) => takeFiles(app, { files, refused: [] })}
      onStop={() => void app.chat.stop()}
      busy={isBusy}
      queued={queued}
      onEditLast={() => app.chat.editLast()}
      onTakeBack={(runId) => takeBack(app, runId)}
      sendWith={sendWith}
      isTuned={nextAnswer !== null}
      onTune={() => runCommand(app, 'answers.settings')}
      onUntune={() => app.store.setState({ nextAnswer: null })}
      autoFocusKey={focusKey}
    />
  )
}

/** Drawn by itself: what imports tell is no reason to draw the box anew. */
const ChatTray = memo(function ChatTray({ sessionId }: { readonly sessionId: SessionId | null }) {
  const app = useApp()
  const { attachments } = app
  return (
    <AttachmentTray
      list={useAttachments(sessionId, (list) => list)}
      fileOf={(key) => attachments.fileOf(key)}
      onRemove={(key) => attachments.remove(sessionId, key)}
      onRetry={(key) => attachments.retry(sessionId, key)}
      onMove={(key, place) => attachments.moveTo(sessionId, key, place)}
      onOpen={(id, siblings) => openAsset(app, id, siblings)}
      onEdit={(id) => openEditor(app, id, sessionId)}
      onEmptied={() => focusComposer(app)}
    />
  )
})

const nothing: AttachmentList = []

const useAttachments = <T,>(sessionId: SessionId | null, select: (list: AttachmentList) => T): T =>
  useStore(useApp().attachments, ({ lists }) => select(lists.get(sessionId ?? '') ?? nothing))
