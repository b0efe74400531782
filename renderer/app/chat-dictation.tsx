import { lazy, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import { LeftOffer } from '../features/dictation/left-offer'
import { useApp } from './app-context'
import { focusComposer } from './app-store'
import { isBusyElsewhere } from './busy-elsewhere'
import { askAbout, keepRecording, openMicrophoneSettings } from './dictation-actions'

const DictationBar = lazy(async () => ({
  default: (await import('../features/dictation/dictation-bar')).DictationBar,
}))

/** The dictation under way, in the composer. Read when there is one. */
export function ChatDictation({ isEmpty }: { readonly isEmpty: boolean }) {
  const app = useApp()
  const isThere = useStore(app.dictation, ({ phase }) => phase !== 'idle')
  useEscapeDiscards()
  // What was dictated has been sent: nothing is left to say of it.
  useEffect(() => {
    if (isEmpty && app.dictation.getState().phase === 'done') app.dictation.dismiss()
  }, [app, isEmpty])
  return isThere ? <OpenDictation onClosed={() => focusComposer(app)} /> : null
}

/** Wherever it is shown; `onClosed` says what has the focus when it has gone. */
export function OpenDictation({ onClosed }: { readonly onClosed: () => void }) {
  const app = useApp()
  return (
    <Suspense>
      <DictationBar
        store={app.dictation}
        platform={app.client.platform}
        onOpenSettings={() => void openMicrophoneSettings(app)}
        onAsk={(view) => void askAbout(app, view)}
        onKeep={(view) => void keepRecording(app, view)}
        onClosed={onClosed}
      />
    </Suspense>
  )
}

/** What a crash has left, above the box. */
export function LeftDictations({ draft }: { readonly draft: string }) {
  const app = useApp()
  return <LeftOffer store={app.dictation} draft={draft} onInserted={() => focusComposer(app)} />
}

/** Before it stops an answer: what is nearest to a person who speaks. */
function useEscapeDiscards(): void {
  const { dictation } = useApp()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
      const { phase, isAsking } = dictation.getState()
      if (isAsking || !['arming', 'recording', 'finishing'].includes(phase) || isBusyElsewhere()) return
      event.preventDefault()
      event.stopPropagation()
      dictation.askDiscard()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [dictation])
}
