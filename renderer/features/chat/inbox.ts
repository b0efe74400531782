import type { AnyEvent, DaemonEvent } from '@contract/events'
import type { Answer } from '@contract/fault'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import type { Transcript } from '@contract/sessions'
import type { StoreApi } from 'zustand/vanilla'
import type { ChatState, Show } from './chat-store'
import { emptyView, type ChatView } from './chat-view'
import type { OnNextFrame } from './next-frame'
import { applyEvent, viewOf } from './transcript'

export interface Inbox {
  hear(event: AnyEvent): void
  /** Asks for a snapshot of the open chat and folds in what arrived meanwhile. */
  refresh(): Promise<Answer<Transcript>>
  /** Takes a snapshot that came as the answer to something else. */
  settle(transcript: Transcript): void
  /** After a snapshot that ends with an unanswered message: asks why. */
  explainSilence(ask: (runId: RunId) => Promise<Answer<RunView>>): Promise<void>
  hasEnded(runId: RunId): boolean
  /** Drops everything about the chat that was open. */
  forget(): void
}

interface InboxParts {
  readonly store: StoreApi<ChatState>
  readonly show: Show
  readonly onNextFrame: OnNextFrame
  readonly snapshot: (sessionId: SessionId) => Promise<Answer<Transcript>>
  readonly onEnded: (sessionId: SessionId) => void
}

const firstPauseMs = 50
const longestPauseMs = 2000

/**
 * Where events of the open chat wait for the next frame, or for a snapshot that is on its way. However many
 * arrive, there is one change of state per frame.
 */
export function openInbox({ store, show, onNextFrame, snapshot, onEnded }: InboxParts): Inbox {
  let waiting: DaemonEvent[] = []
  let cancelTick: (() => void) | null = null
  /** Counts chats opened, so that an answer for the one before is known as such. */
  let visit = 0
  let loading: Promise<Answer<Transcript>> | null = null
  let pauseMs = firstPauseMs
  const elsewhere = new Set<MessageId>()
  const ended = new Set<RunId>()

  function hear(event: AnyEvent): void {
    const { sessionId } = store.getState()
    if (sessionId === null || sessionOf(event) !== sessionId) return
    waiting.push(event as DaemonEvent)
    cancelTick ??= onNextFrame(() => {
      cancelTick = null
      if (!loading) drain(false)
    })
  }

  /** Folds what waits. `isFresh` right after a snapshot, when asking for another at once would change nothing. */
  function drain(isFresh: boolean): void {
    const { sessionId } = store.getState()
    if (sessionId === null || waiting.length === 0) return
    const events = waiting
    waiting = []
    let view: ChatView = store.getState()
    let hasEnded = false
    for (const [at, event] of events.entries()) {
      if (event.type === 'run.ended') {
        ended.add(event.run.run_id)
        hasEnded = true
      } else if (isStale(event)) continue
      const next = applyEvent(view, sessionId, event, elsewhere)
      if (next !== 'gap') {
        if (event.type === 'run.grew' && next !== view) pauseMs = firstPauseMs
        view = next
        continue
      }
      if (isFresh && isOffPath(view, event)) continue
      waiting = isFresh ? events.slice(at + 1) : events.slice(at)
      void (isFresh ? refreshLater() : refresh())
      break
    }
    show(view)
    if (hasEnded) onEnded(sessionId)
  }

  /** Word of a run's life that was sent before its end and came after it. */
  const isStale = (event: DaemonEvent): boolean =>
    (event.type === 'run.accepted' || event.type === 'run.changed') && ended.has(event.run.run_id)

  /** True, and remembered, when not even a new snapshot shows the message. */
  function isOffPath(view: ChatView, event: DaemonEvent): boolean {
    const id =
      event.type === 'run.grew'
        ? event.message_id
        : event.type === 'message.added'
          ? event.message.message_id
          : null
    if (id === null || view.messages.some((message) => message.message_id === id)) return false
    elsewhere.add(id)
    return true
  }

  function refresh(): Promise<Answer<Transcript>> {
    loading ??= load(visit)
    return loading
  }

  async function load(mine: number): Promise<Answer<Transcript>> {
    const answer = await snapshot(store.getState().sessionId as SessionId)
    if (mine !== visit) return answer
    loading = null
    if (answer.ok) settle(answer.value)
    return answer
  }

  /** A snapshot that cuts through a batch leaves a hole again: let the stream go on a little before the next. */
  function refreshLater(): void {
    const mine = visit
    const pause = new Promise((resolve) => setTimeout(resolve, pauseMs))
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    loading = pause.then(() => load(mine))
  }

  function settle(transcript: Transcript): void {
    // Overtaken by an end that nobody will tell again.
    if (transcript.active && ended.has(transcript.active.run_id)) return refreshLater()
    const state = store.getState()
    const before = state.phase === 'ready' ? state : emptyView
    elsewhere.clear()
    show(viewOf(transcript, before), { phase: 'ready', fault: null })
    drain(true)
  }

  return {
    hear,
    refresh,
    settle,
    hasEnded: (runId) => ended.has(runId),

    async explainSilence(ask) {
      const { messages, active, queued } = store.getState()
      const last = messages.at(-1)
      if (last?.role !== 'user' || last.run_id === null || active || queued.length > 0) return
      const answer = await ask(last.run_id)
      const now = store.getState()
      if (answer.ok && now.messages.at(-1) === last && !now.active)
        store.setState({ unanswered: answer.value })
    },

    forget() {
      visit += 1
      waiting = []
      loading = null
      cancelTick?.()
      cancelTick = null
      pauseMs = firstPauseMs
      elsewhere.clear()
      ended.clear()
    },
  }
}

function sessionOf(event: AnyEvent): SessionId | null {
  switch (event.type) {
    case 'session.changed':
      return event.session.session_id
    case 'message.added':
    case 'message.changed':
      return event.message.session_id
    case 'run.accepted':
    case 'run.changed':
    case 'run.ended':
      return event.run.session_id
    case 'run.grew':
    case 'call.progress':
      return event.session_id
    case 'approval.changed':
      return event.approval.session_id
    default:
      return null
  }
}
