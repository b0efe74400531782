import { useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useApp } from './app-context'
import { OpenDictation } from './chat-dictation'

/** A page in the place of the chat, and below it the dictation that goes on meanwhile. */
export function AboveDictation({ children }: { readonly children: ReactNode }) {
  const { dictation } = useApp()
  const isThere = useStore(dictation, ({ phase }) => phase !== 'idle' && phase !== 'done')
  const page = useRef<HTMLDivElement>(null)
  return (
    <>
      <div ref={page} tabIndex={isThere ? -1 : undefined} className="min-h-0 grow outline-none">
        {children}
      </div>
      {isThere ? (
        <div className="shrink-0 border-t border-line px-2 pb-2">
          <OpenDictation onClosed={() => page.current?.focus()} />
        </div>
      ) : null}
    </>
  )
}
