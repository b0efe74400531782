import type { FaultOf } from '@contract/fault'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { countOf, isPicture, readyAssets } from '../features/composer/attachments/attachment'
import { AttachmentTray } from '../features/composer/attachments/attachment-tray'
import { attachmentWords } from '../features/composer/attachments/attachment-words'
import { Composer } from '../features/composer/composer'
import { useWords } from '../lib/words'
import { useApp, useAppState } from './app-context'
import { focusComposer } from './app-store'
import { attachFiles, openAsset } from './asset-actions'
import { sendMessage, takeBack } from './chat-actions'
import { ComposerNotices } from './composer-notices'
import { runCommand } from './commands'
import { useKeys } from './use-keys'

/** The composer of the open chat, with what is attached and what is to be known before sending. */
export function ChatComposer() {
  const app = useApp()
  const t = useWords(attachmentWords)
  const keysOf = useKeys()
  const sessionId = useStore(app.chat, (state) => state.sessionId)
  const stored = useStore(app.chat, (state) => state.session?.draft)
  const isBusy = useStore(app.chat, (state) => state.active !== null)
  const queued = useStore(app.chat, (state) => state.queued)
  const draft = useStore(app.drafts, ({ texts }) => texts.get(sessionId ?? '')) ?? stored ?? ''
  const list = useStore(app.attachments, ({ lists }) => lists.get(sessionId ?? '')) ?? nothing
  const sendWith = useAppState((state) => state.preferences.send_with)
  const focusKey = useAppState((state) => state.focusKey)
  const nextAnswer = useAppState((state) => state.nextAnswer)
  const [refused, setRefused] = useState<FaultOf<'capability_unsupported'> | null>(null)
  const hasPictures = useMemo(() => readyAssets(list).some(isPicture), [list])
  return (
    <Composer
      sessionId={sessionId}
      draft={draft}
      onDraft={(text) => app.drafts.write(sessionId, text)}
      onSend={async (text) => {
        const answer = await sendMessage(app, text)
        const isBlind = !answer.ok && answer.fault.code === 'capability_unsupported'
        setRefused(isBlind ? answer.fault : null)
        return answer
      }}
      tray={
        <AttachmentTray
          key={sessionId ?? ''}
          list={list}
          fileOf={(key) => app.attachments.fileOf(key)}
          onRemove={(key) => app.attachments.remove(sessionId, key)}
          onRetry={(key) => app.attachments.retry(sessionId, key)}
          onMove={(key, place) => app.attachments.moveTo(sessionId, key, place)}
          onOpen={(id, siblings) => openAsset(app, id, siblings)}
          onEmptied={() => focusComposer(app)}
        />
      }
      notices={<ComposerNotices draft={draft} hasPictures={hasPictures} refused={refused} />}
      hasAttachments={countOf(list, 'ready') > 0}
      waitsFor={countOf(list, 'importing') > 0 ? t('waits') : null}
      attachKeys={keysOf('attach')}
      onFiles={(files) => attachFiles(app, { files, refused: [] })}
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

const nothing = [] as const
