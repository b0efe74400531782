import type { Message } from '@contract/message'
import {
  ClipboardType,
  Ellipsis,
  FileSearch,
  GitBranch,
  Pencil,
  Quote,
  RefreshCw,
  Shuffle,
} from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { copyText } from '../../lib/copy-text'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { CopyButton } from '../../ui/markdown/copy-button'
import { Menu, type MenuItem } from '../../ui/menu'
import { attempt } from './attempt'
import { useChat } from './chat-context'
import { markdownOf } from './message-draft'
import { isSketch, textOf } from './message-path'
import { quoteOf, selectedIn } from './quote'
import { useRetryWithModel } from './use-retry-with-model'
import { chatWords } from './words'

const icon = (Icon: typeof Pencil): ReactNode => <Icon size={14} aria-hidden="true" />

/** What can be done with a message; shown when it is hovered or holds the focus. */
export function MessageActions({ message, isBusy }: { readonly message: Message; readonly isBusy: boolean }) {
  const say = useWords(chatWords)
  const { store, onOpenSession, onQuote, onExportEvidence, renderReadAloud } = useChat()
  const retryWithModel = useRetryWithModel()
  const bar = useRef<HTMLDivElement>(null)
  const { run_id: runId, message_id: id } = message
  const isMine = message.role === 'user'
  const canRun = !isBusy && runId !== null && !isMine

  const branch = async (): Promise<void> => {
    const session = await attempt(store.branch(id))
    if (session) onOpenSession(session.session_id)
  }
  const body = (): HTMLElement | null =>
    bar.current?.closest('article')?.querySelector<HTMLElement>('[data-body]') ?? null

  const more: readonly (readonly MenuItem[])[] = [
    [
      {
        id: 'copy-text',
        words: say('copyText'),
        icon: icon(ClipboardType),
        run: () => void copyText(body()?.innerText ?? textOf(message)),
      },
      {
        id: 'quote',
        words: say('quoteAll'),
        icon: icon(Quote),
        run: () => onQuote(quoteOf(selectedIn(body()) || textOf(message))),
      },
    ],
    canRun
      ? [
          {
            id: 'regenerate-with',
            words: say('regenerateWith'),
            icon: icon(Shuffle),
            run: () => retryWithModel(runId),
          },
          {
            id: 'evidence',
            words: say('exportEvidence'),
            icon: icon(FileSearch),
            run: () => onExportEvidence(runId),
          },
        ]
      : [],
  ]

  return (
    <div ref={bar} className="flex shrink-0 items-center">
      {markdownOf(message) === '' ? null : <CopyButton name={say('copy')} text={() => markdownOf(message)} />}
      {isMine ? (
        <IconButton
          name={say('edit')}
          icon={icon(Pencil)}
          size="small"
          disabled={isSketch(message)}
          onClick={() => store.edit(id)}
        />
      ) : (
        <IconButton
          name={say('regenerate')}
          icon={icon(RefreshCw)}
          size="small"
          disabled={!canRun}
          onClick={() => runId && void attempt(store.retry(runId))}
        />
      )}
      <IconButton
        name={say('branch')}
        icon={icon(GitBranch)}
        size="small"
        disabled={isSketch(message) || (isBusy && !isMine)}
        onClick={() => void branch()}
      />
      {isMine || markdownOf(message) === '' ? null : renderReadAloud(message)}
      <Menu
        align={isMine ? 'end' : 'start'}
        trigger={<IconButton name={say('more')} icon={icon(Ellipsis)} size="small" />}
        groups={more}
      />
    </div>
  )
}
