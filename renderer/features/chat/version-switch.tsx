import type { Message } from '@contract/message'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { attempt } from './attempt'
import { useChat } from './chat-context'
import { chatWords } from './words'

/** ‹ 2/3 › between the versions of a message; nothing when there is one. */
export function VersionSwitch({ message }: { readonly message: Message }) {
  const say = useWords(chatWords)
  const { store } = useChat()
  const { versions } = message
  if (versions.length < 2) return null
  const at = versions.indexOf(message.message_id)
  const step = (by: -1 | 1) => {
    const target = versions[at + by]
    if (target) void attempt(store.selectVersion(target))
  }
  return (
    <span className="flex items-center text-xs text-faint tabular-nums">
      <IconButton
        name={say('previousVersion')}
        size="small"
        className="w-6"
        icon={<ChevronLeft size={14} aria-hidden="true" />}
        disabled={at <= 0}
        onClick={() => step(-1)}
      />
      <span aria-label={say('version', { at: at + 1, of: versions.length })} role="img">
        {at + 1}/{versions.length}
      </span>
      <IconButton
        name={say('nextVersion')}
        size="small"
        className="w-6"
        icon={<ChevronRight size={14} aria-hidden="true" />}
        disabled={at >= versions.length - 1}
        onClick={() => step(1)}
      />
    </span>
  )
}
