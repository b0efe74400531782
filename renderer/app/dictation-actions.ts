import type { RecordingView } from '@contract/recordings'
import type { RendererClient } from '../client/client'
import { joinDrafts } from '../features/composer/long-draft'
import { createDictationStore } from '../features/dictation/create-dictation-store'
import type { DictationStore } from '../features/dictation/dictation-store'
import { dictationWords } from '../features/dictation/words'
import { createArmedMicrophone } from '../lib/sound/armed-microphone'
import { encodeWebm } from '../lib/sound/encode-webm'
import { openMicrophone } from '../lib/sound/microphone'
import { say } from '../lib/words'
import { tellFault } from '../ui/tell-fault'
import { toast } from '../ui/toast'
import { type App, currentSession, focusComposer } from './app-store'
import { insertDictated } from './dictated-text'

/** The dictation of a window. `app` is asked for late: it holds this store. */
export function createDictation(client: RendererClient, app: () => App): DictationStore {
  return createDictationStore({
    client,
    microphone: createArmedMicrophone({ open: openMicrophone }),
    encode: encodeWebm,
    preferences: () => app().store.getState().preferences,
    session: () => currentSession(app()),
    insertInto: (session) => insertDictated(app(), session),
    async type(text) {
      const answer = await client.ask['app.typeText']({ text })
      if (!answer.ok) return false
      const { is_typed, why } = answer.value
      // It could not be typed there, but it is one paste away.
      if (!is_typed && why !== undefined)
        toast({ title: say(dictationWords)('copied'), body: why, timeoutMs: 15_000 })
      return is_typed
    },
  })
}

/** The microphone stays open only while the window is in front. Returns the undo. */
export function disarmBehind({ dictation }: App): () => void {
  const disarm = (): void => dictation.disarm()
  window.addEventListener('blur', disarm)
  return () => window.removeEventListener('blur', disarm)
}

/** All of it as one recording in the library. */
export async function keepRecording(app: App, { recording_id }: RecordingView): Promise<void> {
  const t = say(dictationWords)
  const answer = await app.client.ask['recordings.keep']({ recording_id })
  if (!answer.ok) return tellFault(answer.fault)
  const { asset_id } = answer.value
  toast({
    title: t('kept'),
    body: t('keptBody'),
    action: {
      words: t('look'),
      run: () => {
        app.store.setState({ page: 'library', drawer: null, isRenaming: false })
        app.library.open(asset_id)
      },
    },
  })
}

/** A run that is given what was said; its text leaves the box, what else is written there goes along. */
export async function askAbout(app: App, { recording_id }: RecordingView): Promise<void> {
  const { sessionId, session } = app.chat.getState()
  const isTaken = app.dictation.takeBack()
  const written = app.drafts.read(sessionId, session?.draft)
  app.drafts.write(sessionId, '')
  const content = written.trim() || say(dictationWords)('askWords')
  const answer = await app.chat.hand((session_id) =>
    app.client.ask['recordings.ask']({
      recording_id,
      session_id,
      request: { idempotency_key: crypto.randomUUID(), content },
    }),
  )
  if (answer.ok) {
    app.dictation.settle()
    return focusComposer(app)
  }
  // The words go back to the chat they were written in, before whatever was typed meanwhile.
  const home = sessionId ?? currentSession(app)
  const meanwhile = app.drafts.read(home, undefined)
  app.drafts.write(home, written)
  if (isTaken) app.dictation.putBack()
  if (meanwhile !== '') app.drafts.write(home, joinDrafts(app.drafts.read(home, undefined), meanwhile))
  tellFault(answer.fault)
}

export async function openMicrophoneSettings({ client }: App): Promise<void> {
  const answer = await client.ask['app.openMicrophoneSettings']({})
  if (answer.ok && !answer.value.is_open) toast({ title: say(dictationWords)('noSettings') })
  else if (!answer.ok) tellFault(answer.fault)
}
