import { useEffect, useRef } from 'react'
import { useWords } from '../../lib/words'
import { chatsWords } from './words'

/** A title being written: Enter or leaving keeps it, Escape does not. */
export function TitleField(props: {
  readonly title: string
  /** Undefined when it is to stay as it was. */
  readonly onDone: (title: string | undefined) => void
  readonly className?: string
}) {
  const t = useWords(chatsWords)
  const field = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useEffect(() => field.current?.select(), [])
  const finish = (keep: boolean): void => {
    if (isDone.current) return
    isDone.current = true
    const title = field.current?.value.trim() ?? ''
    props.onDone(keep && title !== '' && title !== props.title ? title : undefined)
  }
  return (
    <input
      ref={field}
      aria-label={t('title')}
      defaultValue={props.title}
      maxLength={200}
      spellCheck={false}
      autoFocus
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        // Or the same key press would also act on the button that gets the focus back.
        event.preventDefault()
        finish(event.key === 'Enter')
      }}
      className={`w-full min-w-0 rounded-xs bg-canvas px-1 text-sm text-ink outline-2 outline-offset-0 outline-focus ${props.className ?? ''}`}
    />
  )
}
