// oxlint-disable-next-line import/no-unassigned-import -- a style sheet
import './chat.css'
import type { AssetId } from '@contract/ids'
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react'
import { useStore } from 'zustand'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { FaultWays } from '../../ui/fault-ways'
import { LinkGate } from '../../ui/markdown/link-gate'
import { preloadMarkdown } from '../../ui/markdown/markdown'
import { Spinner } from '../../ui/spinner'
import { VirtualLog, type VirtualLogHandle } from '../../ui/virtual-log'
import { ChatContext, type ChatContextValue } from './chat-context'
import type { ChatStore } from './chat-store'
import { EmptyChat } from './empty-chat'
import { FindBar } from './find-bar'
import { isSketch } from './message-path'
import { isAwaiting, MessageRow, PendingRow, pendingKey } from './message-row'
import { QuoteOffer } from './quote-offer'
import { usePointed } from './use-pointed'
import { chatWords } from './words'

export interface ConversationProps extends ChatContextValue {
  /** An https or mailto link that the person has agreed to open. */
  readonly onOpenLink: (url: string) => void
  /** An example was chosen in the empty chat. */
  readonly onExample: (text: string) => void
  /** 0.8 to 1.5. */
  readonly textScale: number
}

/** The open chat: its messages, or why there are none. */
export const Conversation = memo(function Conversation(props: ConversationProps) {
  const { store } = props
  const phase = useStore(store, (state) => state.phase)
  const visit = useStore(store, (state) => state.visit)
  const isBlank = useStore(store, (state) => state.order.length === 0)
  const doors = useDoors(props)
  useEffect(preloadMarkdown, [])
  return (
    <ChatContext value={doors}>
      <LinkGate onOpenLink={doors.onOpenLink}>
        <div
          className="relative flex min-h-0 grow flex-col"
          style={{ fontSize: `${15 * props.textScale}px` }}
        >
          {phase === 'loading' ? <Loading /> : null}
          {phase === 'failed' ? <NotLoaded store={store} /> : null}
          {phase === 'empty' || (phase === 'ready' && isBlank) ? (
            <EmptyChat onExample={props.onExample} />
          ) : null}
          {phase === 'ready' && !isBlank ? (
            <Messages key={visit} store={store} onQuote={doors.onQuote} />
          ) : null}
        </div>
      </LinkGate>
    </ChatContext>
  )
})

/** The ways out of the conversation as functions that stay the same: a new one would draw every row again. */
function useDoors(props: ConversationProps): ChatContextValue & Pick<ConversationProps, 'onOpenLink'> {
  const { store } = props
  const newest = useRef(props)
  const canEdit = props.onEditAsset !== undefined
  useLayoutEffect(() => {
    newest.current = props
  })
  return useMemo(
    () => ({
      store,
      onOpenSession: (id) => newest.current.onOpenSession(id),
      onQuote: (markdown) => newest.current.onQuote(markdown),
      onOpenLink: (url) => newest.current.onOpenLink(url),
      onExportEvidence: (runId) => newest.current.onExportEvidence(runId),
      onOpenAsset: (id, siblings) => newest.current.onOpenAsset(id, siblings),
      ...(canEdit ? { onEditAsset: (id: AssetId) => newest.current.onEditAsset?.(id) } : {}),
      onSaveAsset: (id) => newest.current.onSaveAsset(id),
      onCopyAsset: (id) => newest.current.onCopyAsset(id),
      onDragAsset: (id) => newest.current.onDragAsset(id),
      renderEarlierPictures: (props) => newest.current.renderEarlierPictures(props),
      renderReadAloud: (message) => newest.current.renderReadAloud(message),
      renderSpoken: (message) => newest.current.renderSpoken(message),
      onOpenModels: (choose) => newest.current.onOpenModels(choose),
    }),
    [store, canEdit],
  )
}

/** Where each chat was left, by the message at the top; those at the end are not in it. */
const places = new Map<string, string>()

function Messages({ store, onQuote }: Pick<ConversationProps, 'store' | 'onQuote'>) {
  const say = useWords(chatWords)
  const order = useStore(store, (state) => state.order)
  const isPending = useStore(store, isAwaiting)
  const isFinding = useStore(store, (state) => state.isFinding)
  const keys = useMemo(() => (isPending ? [...order, pendingKey] : order), [order, isPending])
  const log = useRef<VirtualLogHandle>(null)
  const area = useRef<HTMLDivElement>(null)
  const showRow = useCallback((index: number) => log.current?.show(index), [])
  const loadOlder = useCallback(() => void store.loadOlder(), [store])
  const startAt = useMemo(() => places.get(store.getState().sessionId ?? ''), [store])

  useKeptPlace(store, log)
  useOwnWords(store, log)
  usePointed(store, log, area)

  return (
    <div ref={area} className="relative flex min-h-0 grow flex-col leading-[1.6]">
      <VirtualLog
        handle={log}
        name={say('conversation')}
        keys={keys}
        startAt={startAt ?? null}
        jumpName={say('jump')}
        onNearStart={loadOlder}
        className="grow"
        header={<Older store={store} />}
        renderRow={renderRow}
      />
      <QuoteOffer within={area} onQuote={onQuote} />
      {isFinding ? (
        <FindBar store={store} within={area} onShow={showRow} onClose={() => store.find(false)} />
      ) : null}
    </div>
  )
}

const renderRow = (key: string, index: number) => (
  <div className="mx-auto w-full max-w-[calc(44.8em+1.75rem)] px-3.5 pb-5">
    {key === pendingKey ? <PendingRow /> : <MessageRow id={key} index={index} />}
  </div>
)

/** Remembers where the reader was when the chat is left. */
function useKeptPlace(store: ChatStore, log: RefObject<VirtualLogHandle | null>): void {
  const sessionId = useStore(store, (state) => state.sessionId)
  // By the time a chat is left the store already shows the next one.
  const mine = useRef(sessionId)
  mine.current ??= sessionId
  useLayoutEffect(() => {
    const handle = log.current
    return () => {
      const place = handle?.place() ?? null
      if (mine.current && place) places.set(mine.current, place)
      else if (mine.current) places.delete(mine.current)
    }
  }, [log])
}

/** What the person has just sent is brought into view wherever they were reading. */
function useOwnWords(store: ChatStore, log: RefObject<VirtualLogHandle | null>): void {
  const last = useStore(store, (state) => {
    const message = state.messages.at(-1)
    return message && isSketch(message) ? message.message_id : null
  })
  useEffect(() => {
    if (last) log.current?.scrollToEnd()
  }, [last, log])
}

function Older({ store }: { readonly store: ChatStore }) {
  const say = useWords(chatWords)
  const isLoading = useStore(store, (state) => state.isLoadingOlder)
  return (
    <p
      role="status"
      className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center text-xs"
    >
      {isLoading ? (
        <span className="popup flex items-center gap-2 rounded-full px-3 py-1 text-muted">
          <Spinner /> {say('loadingOlder')}
        </span>
      ) : null}
    </p>
  )
}

function Loading() {
  const say = useWords(chatWords)
  return (
    <p role="status" className="appears-late flex grow items-center justify-center gap-2 text-sm text-muted">
      <Spinner /> {say('loading')}
    </p>
  )
}

function NotLoaded({ store }: { readonly store: ChatStore }) {
  const say = useWords(chatWords)
  const sayFault = useWords(faultCatalogue)
  const { fault, sessionId } = store.getState()
  const words = fault ? faultWords(fault, sayFault) : null
  return (
    <div className="flex grow items-center justify-center p-6">
      <Callout
        role="alert"
        tone="danger"
        title={say('notLoaded')}
        className="max-w-120"
        actions={
          <>
            <Button size="small" onClick={() => void store.open(sessionId)}>
              {say('reload')}
            </Button>
            <FaultWays offers={words?.offers ?? []} />
          </>
        }
      >
        {words ? `${words.title}. ${words.body}` : null}
      </Callout>
    </div>
  )
}
