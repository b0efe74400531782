import { Mic } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { isOn } from './dictation'
import type { DictationStore } from './dictation-store'
import { dictationWords } from './words'

/** So long a pointer rests before the microphone opens ahead: passing by is no wish. */
const restsMs = 120

/** Starts a dictation, or ends it and inserts. */
export function DictateButton(props: { readonly store: DictationStore; readonly keys: string }) {
  const { store } = props
  const t = useWords(dictationWords)
  const isDictating = useStore(store, isOn)
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(resting.current), [])
  return (
    <IconButton
      name={t('dictate')}
      keys={props.keys}
      side="top"
      aria-pressed={isDictating}
      className="aria-pressed:bg-danger-soft aria-pressed:text-danger aria-pressed:hover:not-data-disabled:bg-danger-soft aria-pressed:hover:not-data-disabled:text-danger"
      icon={<Mic size={15} aria-hidden="true" />}
      onPointerEnter={() => (resting.current = setTimeout(() => store.arm(), restsMs))}
      onPointerLeave={() => clearTimeout(resting.current)}
      onClick={(event) => {
        // A double click that ends is no wish to go on.
        if (event.detail > 1 && store.getState().phase === 'finishing') return
        store.toggle()
      }}
    />
  )
}
