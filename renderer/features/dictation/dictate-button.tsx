import { Mic } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import type { DictationStore } from './dictation-store'
import { dictationWords } from './words'

/** So long a pointer rests before the microphone opens ahead: passing by is no wish. */
const restsMs = 120

/** Starts a dictation, or ends it and inserts. */
export function DictateButton(props: { readonly store: DictationStore; readonly keys: string }) {
  const { store } = props
  const t = useWords(dictationWords)
  const isOn = useStore(store, ({ phase }) => phase === 'arming' || phase === 'recording')
  const isBusy = useStore(store, ({ phase }) => phase === 'finishing')
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(resting.current), [])
  return (
    <IconButton
      name={t('dictate')}
      keys={props.keys}
      side="top"
      aria-pressed={isOn}
      disabled={isBusy}
      focusableWhenDisabled
      className="aria-pressed:bg-danger-soft aria-pressed:text-danger aria-pressed:hover:not-data-disabled:bg-danger-soft aria-pressed:hover:not-data-disabled:text-danger"
      icon={<Mic size={15} aria-hidden="true" />}
      onPointerEnter={() => (resting.current = setTimeout(() => store.arm(), restsMs))}
      onPointerLeave={() => clearTimeout(resting.current)}
      onFocus={(event) => {
        // A click focuses too, and starts by itself.
        if (event.currentTarget.matches(':focus-visible')) store.arm()
      }}
      onClick={() => store.toggle()}
    />
  )
}
