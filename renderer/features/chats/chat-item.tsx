import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import { memo } from 'react'
import { useWords } from '../../lib/words'
import { classNames } from '../../ui/class-names'
import { ChatMarks } from './chat-marks'
import { TitleField } from './title-field'
import { chatsWords } from './words'

export interface ChatItemActions {
  readonly onOpen: (id: SessionId) => void
  readonly onRename: (id: SessionId, title: string) => void
  readonly onExport: (id: SessionId, format: 'markdown' | 'json') => void
  readonly onDelete: (id: SessionId) => void
}

export interface ChatItemProps {
  readonly session: SessionView
  readonly isSelected: boolean
  readonly isTabStop: boolean
  readonly isRenaming: boolean
  /** The three stay the same functions while the list is scrolled: a row that stays in view is not drawn again. */
  readonly onRenaming: (id: SessionId, on: boolean) => void
  readonly onFocus: (id: SessionId) => void
  readonly actions: ChatItemActions
}

/** One chat. Its menu belongs to the list: one for each row would cost more than the row. */
export const ChatItem = memo(function ChatItem(props: ChatItemProps) {
  const { session, isSelected, actions } = props
  const t = useWords(chatsWords)
  const id = session.session_id
  if (props.isRenaming) {
    return (
      <div className="flex h-full items-center px-1">
        <TitleField
          title={session.title}
          className="h-7"
          onDone={(title) => {
            props.onRenaming(id, false)
            if (title !== undefined) actions.onRename(id, title)
          }}
        />
      </div>
    )
  }
  return (
    <button
      type="button"
      data-chat={id}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-current={isSelected ? 'page' : undefined}
      onFocus={() => props.onFocus(id)}
      onClick={() => actions.onOpen(id)}
      onDoubleClick={() => props.onRenaming(id, true)}
      className={classNames(
        'flex h-full w-full items-center gap-1 rounded-sm px-2 text-left text-sm outline-offset-[-2px]',
        'text-muted hover:bg-hover hover:text-ink aria-[current]:bg-selected aria-[current]:text-ink',
        session.unread && 'font-medium text-ink',
      )}
    >
      <span className={classNames('min-w-0 grow truncate', session.title === '' && 'italic')}>
        {session.title === '' ? t('untitled') : session.title}
      </span>
      <ChatMarks session={session} />
    </button>
  )
})
