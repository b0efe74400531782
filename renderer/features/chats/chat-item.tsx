import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import { Braces, FileText, Pencil, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { useWords } from '../../lib/words'
import { classNames } from '../../ui/class-names'
import { ContextMenu } from '../../ui/menu'
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
  readonly onRenaming: (on: boolean) => void
  readonly onFocus: () => void
  readonly actions: ChatItemActions
}

export const ChatItem = memo(
  function ChatItem(props: ChatItemProps) {
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
              props.onRenaming(false)
              if (title !== undefined) actions.onRename(id, title)
            }}
          />
        </div>
      )
    }
    const icon = (Icon: typeof Pencil) => <Icon size={14} />
    return (
      <ContextMenu
        groups={[
          [
            {
              id: 'rename',
              words: t('rename'),
              icon: icon(Pencil),
              keys: 'F2',
              run: () => props.onRenaming(true),
            },
            {
              id: 'markdown',
              words: t('exportMarkdown'),
              icon: icon(FileText),
              run: () => actions.onExport(id, 'markdown'),
            },
            {
              id: 'json',
              words: t('exportJson'),
              icon: icon(Braces),
              run: () => actions.onExport(id, 'json'),
            },
          ],
          [
            {
              id: 'delete',
              words: t('delete'),
              icon: icon(Trash2),
              keys: 'Delete',
              danger: true,
              run: () => actions.onDelete(id),
            },
          ],
        ]}
      >
        <button
          type="button"
          data-chat={id}
          tabIndex={props.isTabStop ? 0 : -1}
          aria-current={isSelected ? 'page' : undefined}
          onFocus={props.onFocus}
          onClick={() => actions.onOpen(id)}
          onDoubleClick={() => props.onRenaming(true)}
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
      </ContextMenu>
    )
  },
  // The callbacks close over ids only; a row is drawn again when what it shows changes.
  (a, b) =>
    a.session === b.session &&
    a.isSelected === b.isSelected &&
    a.isTabStop === b.isTabStop &&
    a.isRenaming === b.isRenaming &&
    a.actions === b.actions,
)
