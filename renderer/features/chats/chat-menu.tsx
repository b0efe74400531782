import type { SessionId } from '@contract/ids'
import { Braces, FileText, Pencil, Trash2 } from 'lucide-react'
import { type ReactElement, type SyntheticEvent, useMemo, useState } from 'react'
import { useWords } from '../../lib/words'
import { ContextMenu, type MenuGroups } from '../../ui/menu'
import type { ChatItemActions } from './chat-item'
import { chatsWords } from './words'

export interface ChatMenuProps {
  readonly actions: ChatItemActions
  readonly onRename: (id: SessionId) => void
  /** What holds the chats, each as an element with `data-chat`. */
  readonly children: ReactElement
}

/** The menu of whichever chat was asked for with a right click or the menu key. */
export function ChatMenu({ actions, onRename, children }: ChatMenuProps) {
  const t = useWords(chatsWords)
  const [id, setId] = useState<SessionId | null>(null)
  const groups = useMemo<MenuGroups>(
    () =>
      id === null
        ? []
        : [
            [
              {
                id: 'rename',
                words: t('rename'),
                icon: <Pencil size={14} />,
                keys: 'F2',
                run: () => onRename(id),
              },
              {
                id: 'markdown',
                words: t('exportMarkdown'),
                icon: <FileText size={14} />,
                run: () => actions.onExport(id, 'markdown'),
              },
              {
                id: 'json',
                words: t('exportJson'),
                icon: <Braces size={14} />,
                run: () => actions.onExport(id, 'json'),
              },
            ],
            [
              {
                id: 'delete',
                words: t('delete'),
                icon: <Trash2 size={14} />,
                keys: 'Delete',
                danger: true,
                run: () => actions.onDelete(id),
              },
            ],
          ],
    [id, t, actions, onRename],
  )
  const aim = (event: SyntheticEvent): void => {
    const chat = (event.target as Element).closest<HTMLElement>('[data-chat]')
    if (chat) setId(chat.dataset['chat'] as SessionId)
    // Headings and gaps have no menu.
    else event.stopPropagation()
  }
  return (
    <ContextMenu groups={groups}>
      <div onContextMenuCapture={aim} onTouchStartCapture={aim} className="flex min-h-0 grow flex-col">
        {children}
      </div>
    </ContextMenu>
  )
}
