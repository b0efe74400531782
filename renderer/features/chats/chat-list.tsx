import type { SessionId } from '@contract/ids'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { formatMonth } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { groupChats, type ChatRow } from './chat-groups'
import { ChatItem, type ChatItemActions } from './chat-item'
import type { ChatListStore } from './chat-list-store'
import { ChatMenu } from './chat-menu'
import { chatsWords } from './words'

export interface ChatListProps {
  readonly store: ChatListStore
  readonly selected: SessionId | null
  /** Moves with the day, so that `Today` is right after midnight. */
  readonly nowMs: number
  readonly actions: ChatItemActions
}

const rowHeight = 32
const headingHeight = 34

/** Every chat, in view or not, at the cost of those in view. */
export function ChatList(props: ChatListProps) {
  const [renaming, setRenaming] = useState<SessionId | null>(null)
  return (
    <ChatMenu actions={props.actions} onRename={setRenaming}>
      <Chats {...props} renaming={renaming} onRenaming={setRenaming} />
    </ChatMenu>
  )
}

interface ChatsProps extends ChatListProps {
  readonly renaming: SessionId | null
  readonly onRenaming: (id: SessionId | null) => void
}

function Chats({ store, selected, nowMs, actions, renaming, onRenaming }: ChatsProps) {
  const t = useWords(chatsWords)
  const sessions = useStore(store, (state) => state.rows)
  const total = useStore(store, (state) => state.total)
  const rows = useMemo(() => groupChats(sessions, nowMs), [sessions, nowMs])
  const scroller = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState<SessionId | null>(null)
  const wantsFocus = useRef(false)

  const place = (id: SessionId | null): number => rows.findIndex((row) => row.key === id)
  const stop = Math.max(place(cursor), cursor === null ? place(selected) : -1)
  const tabStop = stop >= 0 ? stop : rows.findIndex((row) => row.kind === 'chat')

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at]?.kind === 'heading' ? headingHeight : rowHeight),
    // Another function for other rows: their places are worked out again then, and only then.
    getItemKey: useCallback((at: number) => rows[at]?.key ?? at, [rows]),
    overscan: 8,
    initialRect: { width: 260, height: 700 },
    // The tab stop stays in the page wherever the list is scrolled to.
    rangeExtractor: (range) =>
      tabStop < 0
        ? defaultRangeExtractor(range)
        : [...new Set([...defaultRangeExtractor(range), tabStop])].sort((a, b) => a - b),
  })
  const items = virtual.getVirtualItems()
  const lastInView = virtual.range?.endIndex ?? 0
  useEffect(() => {
    if (lastInView >= rows.length - 30) void store.loadMore()
  }, [lastInView, rows.length, store])

  useEffect(() => {
    if (!wantsFocus.current || cursor === null) return
    wantsFocus.current = false
    scroller.current?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(cursor)}"]`)?.focus()
  }, [cursor, items])

  const moveTo = (at: number, step: 1 | -1): void => {
    let next = at
    while (rows[next]?.kind === 'heading') next += step
    const row = rows[next]
    if (row?.kind !== 'chat') return
    wantsFocus.current = true
    virtual.scrollToIndex(rows[next - 1]?.kind === 'heading' ? next - 1 : next)
    virtual.scrollToIndex(next)
    setCursor(row.session.session_id)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[tabStop]
    if (row?.kind !== 'chat') return
    const { session_id: id } = row.session
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => moveTo(tabStop + 1, 1),
      ArrowUp: () => moveTo(tabStop - 1, -1),
      Home: () => moveTo(0, 1),
      End: () => moveTo(rows.length - 1, -1),
      F2: () => onRenaming(id),
      Delete: () => {
        moveTo(rows[tabStop + 1]?.kind === 'chat' ? tabStop + 1 : tabStop - 1, -1)
        actions.onDelete(id)
      },
    }
    const move = moves[event.key]
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move()
  }

  const rename = useCallback(
    (id: SessionId, on: boolean): void => {
      wantsFocus.current = !on
      setCursor(id)
      onRenaming(on ? id : null)
    },
    [onRenaming],
  )

  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto px-2 pb-2">
      <div
        role="list"
        aria-label={t('chats')}
        onKeyDown={onKeyDown}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <div
              key={item.key}
              role="listitem"
              {...(row.kind === 'chat' ? { 'aria-posinset': row.place, 'aria-setsize': total } : {})}
              className="absolute inset-x-0 [contain:size_layout_style]"
              style={{ height: item.size, top: item.start }}
            >
              {row.kind === 'heading' ? (
                <Heading row={row} nowMs={nowMs} />
              ) : (
                <ChatItem
                  session={row.session}
                  isSelected={row.session.session_id === selected}
                  isTabStop={item.index === tabStop}
                  isRenaming={row.session.session_id === renaming}
                  onRenaming={rename}
                  onFocus={setCursor}
                  actions={actions}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

const Heading = memo(function Heading(props: {
  readonly row: ChatRow & { kind: 'heading' }
  readonly nowMs: number
}) {
  const { row, nowMs } = props
  const t = useWords(chatsWords)
  const { group } = row
  const words =
    group.kind === 'month' ? formatMonth(group.year, group.month, nowMs, formatLocale()) : t(group.kind)
  return <h2 className="flex h-full items-end px-2 pb-1 text-2xs font-medium text-faint">{words}</h2>
})
