import type { Message } from '@contract/message'
import { Square, Volume2 } from 'lucide-react'
import { useStore } from 'zustand'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { audioWords } from './audio-words'
import type { ReadAloud } from './reading/create-read-aloud'
import { readingOf } from './reading/reading'

/** Reads a message, or stops reading it. */
export function ReadAloudButton({
  store,
  message,
}: {
  readonly store: ReadAloud
  readonly message: Message
}) {
  const say = useWords(audioWords)
  const isRead = useStore(store, (state) => readingOf(state, message.message_id) !== undefined)
  return (
    <IconButton
      name={say(isRead ? 'stopReading' : 'readAloud')}
      size="small"
      icon={
        isRead ? (
          <Square size={12} fill="currentColor" aria-hidden="true" />
        ) : (
          <Volume2 size={14} aria-hidden="true" />
        )
      }
      onClick={() => (isRead ? store.stop(message.message_id) : store.read(message))}
    />
  )
}
