import type { SessionView } from '@contract/sessions'
import { CircleAlert, Hourglass } from 'lucide-react'
import { useWords } from '../../lib/words'
import { Spinner } from '../../ui/spinner'
import { chatsWords } from './words'

/** What a chat is doing, for the eye and in words. */
export function ChatMarks({ session }: { readonly session: SessionView }) {
  const t = useWords(chatsWords)
  const { activity, unread } = session
  if (activity === 'running') {
    return <Mark words={t('running')} icon={<Spinner className="size-3 text-accent-ink" />} />
  }
  if (activity === 'waiting') {
    return <Mark words={t('waiting')} icon={<Hourglass size={12} className="text-warn" />} />
  }
  if (activity === 'failed') {
    return <Mark words={t('failed')} icon={<CircleAlert size={13} className="text-danger" />} />
  }
  return unread ? (
    <Mark words={t('unread')} icon={<span className="block size-1.75 rounded-full bg-accent" />} />
  ) : null
}

function Mark({ words, icon }: { readonly words: string; readonly icon: React.ReactNode }) {
  return (
    <span className="flex w-4 shrink-0 justify-center" title={words}>
      <span aria-hidden="true">{icon}</span>
      <span className="sr-only">, {words}</span>
    </span>
  )
}
