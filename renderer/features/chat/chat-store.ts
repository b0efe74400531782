import type { AnyEvent } from '@contract/events'
import type { Answer, Fault } from '@contract/fault'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { Accepted } from '@contract/runs'
import type { SessionView, Transcript } from '@contract/sessions'
import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import { openInbox } from './inbox'
import { isSketch, placeMessage } from './message-path'
import { onNextFrame, type OnNextFrame } from './next-frame'
import { reachMessage } from './reach-message'
import { isSketchRun, sketchInto } from './sketch'
import { applyRun, emptyView, type ChatView } from './transcript'

export interface ChatState extends ChatView {
  readonly sessionId: SessionId | null
  /** Ids of `messages`; a new array only when the path changes, not when a message grows. */
  readonly order: readonly MessageId[]
  readonly isLoadingOlder: boolean
  /** Counts the chats opened: the same while a new chat gets its id. */
  readonly visit: number
  /** The person's message that is being edited in place. */
  readonly editing: {
    readonly id: MessageId
    /** Where it stood; absent: the message itself. */ readonly text?: string
  } | null
  readonly isFinding: boolean
  /** What a search over all chats has led to: the message, and the words that were looked for. */
  readonly pointed: { readonly id: MessageId; readonly words: readonly string[] } | null
  readonly phase: 'empty' | 'loading' | 'ready' | 'failed'
  /** Why the chat could not be loaded. */
  readonly fault: Fault | null
}

export interface RouteChoice {
  readonly provider?: string | undefined
  readonly model?: string | undefined
}

export interface ChatActions {
  /** Shows a chat; null is a new one that does not exist until its first message. */
  open(id: SessionId | null): Promise<void>
  /** The message stands in the chat at once; on a fault it is gone again and the caller still has the text. */
  send(
    text: string,
    options?: RouteChoice & { readonly replaces?: MessageId | undefined },
  ): Promise<Answer<Accepted>>
  stop(): Promise<Answer<unknown>>
  retry(runId: RunId, route?: RouteChoice): Promise<Answer<Accepted>>
  selectVersion(id: MessageId): Promise<Answer<Transcript>>
  /** Puts the page before the first message in front; `limit` up to 500. Whether any came. */
  loadOlder(limit?: number): Promise<boolean>
  /** Takes a waiting message out of the queue and answers its text; undefined when it had already started. */
  takeBack(runId: RunId): Promise<string | undefined>
  branch(messageId: MessageId): Promise<Answer<SessionView>>
  /** Opens the editor in a message of the person; null closes it. */
  edit(id: MessageId | null, text?: string): void
  editLast(): void
  /** Shows or hides the bar that finds text in the chat. */
  find(isOpen: boolean): void
  /** Leads to a message of the open chat, loading until it is there. Whether it is. */
  point(id: MessageId, words: readonly string[]): Promise<boolean>
  /** Feeds an event, of whatever chat. */
  hear(event: AnyEvent): void
}

export type ChatStore = StoreApi<ChatState> & ChatActions

/** Puts a view into the state; the order keeps its identity while it says the same. */
export type Show = (view: ChatView, more?: Partial<ChatState>) => void

export interface ChatStoreOptions {
  readonly onNextFrame?: OnNextFrame
  /** Whether a person is looking; decides if a finished run counts as seen. */
  readonly isWatched?: () => boolean
}

const pageSize = 60

/** One chat as the window shows it: the open transcript, and what a person may do with it. */
export function createChatStore(client: RendererClient, options: ChatStoreOptions = {}): ChatStore {
  const isWatched = options.isWatched ?? (() => document.hasFocus())
  const store = createStore<ChatState>(() => ({
    ...emptyView,
    sessionId: null,
    order: [],
    isLoadingOlder: false,
    visit: 0,
    editing: null,
    isFinding: false,
    pointed: null,
    phase: 'empty',
    fault: null,
  }))

  const show: Show = (view, more = {}) => {
    store.setState(({ order }) => {
      // A message has one way to the root, so the same end at the same length is the same path.
      const isSamePath =
        order.length === view.messages.length && order.at(-1) === view.messages.at(-1)?.message_id
      return {
        ...view,
        order: isSamePath ? order : view.messages.map((message) => message.message_id),
        ...more,
      }
    })
  }

  const inbox = openInbox({
    store,
    show,
    onNextFrame: options.onNextFrame ?? onNextFrame,
    snapshot: (sessionId) => client.ask['sessions.transcript']({ session_id: sessionId, limit: pageSize }),
    onEnded: (sessionId) => {
      if (isWatched()) void client.ask['sessions.markSeen']({ session_id: sessionId })
    },
  })

  async function open(id: SessionId | null): Promise<void> {
    const state = store.getState()
    if (id === state.sessionId && state.phase !== 'failed') return
    inbox.forget()
    store.setState(({ visit }) => ({
      ...emptyView,
      order: [],
      isLoadingOlder: false,
      visit: visit + 1,
      editing: null,
      isFinding: false,
      pointed: null,
      fault: null,
      sessionId: id,
      phase: id === null ? 'empty' : 'loading',
    }))
    if (id === null) return
    const answer = await inbox.refresh()
    if (store.getState().sessionId !== id) return
    if (!answer.ok) return store.setState({ phase: 'failed', fault: answer.fault })
    void client.ask['sessions.markSeen']({ session_id: id })
    await inbox.explainSilence((runId) => client.ask['runs.get']({ run_id: runId }))
  }

  /** Shows what the daemon made of a request, unless the person has gone elsewhere meanwhile. */
  function accept(sessionId: SessionId, accepted: Accepted): void {
    let view: ChatView = store.getState()
    if (store.getState().sessionId !== sessionId) return
    for (const message of accepted.messages) {
      const placed = placeMessage(view, message)
      if (placed === 'gap') return void inbox.refresh()
      view = placed
    }
    show(inbox.hasEnded(accepted.run.run_id) ? view : applyRun(view, accepted.run))
  }

  /** The chat that is being made for the first message of a visit; a second message waits for the same. */
  let making: { readonly visit: number; readonly session: Promise<Answer<SessionId>> } | null = null

  function sessionToSendTo(): Promise<Answer<SessionId>> {
    const { sessionId, visit } = store.getState()
    if (sessionId) return Promise.resolve({ ok: true, value: sessionId })
    if (making?.visit !== visit) making = { visit, session: makeSession(visit) }
    return making.session
  }

  async function makeSession(visit: number): Promise<Answer<SessionId>> {
    const created = await client.ask['sessions.create']({})
    if (making?.visit === visit) making = null
    if (!created.ok) return created
    if (store.getState().visit === visit) {
      store.setState({ sessionId: created.value.session_id, session: created.value })
    }
    return { ok: true, value: created.value.session_id }
  }

  const chat = Object.assign(store, {
    open,

    async send(text, { replaces, provider, model } = {}) {
      store.setState({ pointed: null })
      const withdraw = sketchInto(store, show, text, replaces)
      const session = await sessionToSendTo()
      const answer = session.ok
        ? await client.ask['sessions.submitRun']({
            session_id: session.value,
            idempotency_key: crypto.randomUUID(),
            content: text,
            ...(provider === undefined ? {} : { provider }),
            ...(model === undefined ? {} : { model }),
            ...(replaces === undefined ? {} : { replaces }),
          })
        : session
      withdraw(answer.ok && answer.value.messages.length > 0)
      if (answer.ok && session.ok) accept(session.value, answer.value)
      return answer
    },

    async stop() {
      const { sessionId, active } = store.getState()
      // A person's stop is deliberate: the run ends cancelled. Without a run in view whatever runs is interrupted.
      if (active) {
        const answer = await client.ask['runs.cancel']({ run_id: active.run_id })
        // It ended by itself at that very moment, and stopped is what it was meant to be.
        const hasEnded = !answer.ok && answer.fault.code === 'run_state_conflict'
        return hasEnded ? { ok: true, value: null } : answer
      }
      return sessionId
        ? client.ask['sessions.interrupt']({ session_id: sessionId })
        : { ok: true, value: { run: null } }
    },

    async retry(runId, { provider, model } = {}) {
      const { sessionId } = store.getState()
      const answer = await client.ask['runs.retry']({
        run_id: runId,
        idempotency_key: crypto.randomUUID(),
        ...(provider === undefined ? {} : { provider }),
        ...(model === undefined ? {} : { model }),
      })
      if (answer.ok && sessionId) accept(sessionId, answer.value)
      return answer
    },

    async selectVersion(id) {
      const { sessionId } = store.getState()
      const answer = await client.ask['sessions.selectVersion']({
        session_id: sessionId as SessionId,
        message_id: id,
      })
      if (answer.ok && store.getState().sessionId === sessionId) inbox.settle(answer.value)
      return answer
    },

    async loadOlder(limit = pageSize) {
      const { sessionId, messages, hasMore, isLoadingOlder } = store.getState()
      const first = messages[0]
      if (!sessionId || !first || !hasMore || isLoadingOlder) return false
      store.setState({ isLoadingOlder: true })
      const answer = await client.ask['sessions.transcript']({
        session_id: sessionId,
        before: first.message_id,
        limit,
      })
      const now = store.getState()
      if (now.sessionId !== sessionId) return false
      const isStillFirst = now.messages[0]?.message_id === first.message_id
      if (!answer.ok || !isStillFirst) {
        store.setState({ isLoadingOlder: false })
        return false
      }
      const older = { messages: [...answer.value.messages, ...now.messages], hasMore: answer.value.has_more }
      show({ ...now, ...older }, { isLoadingOlder: false })
      return true
    },

    async takeBack(runId) {
      const waiting = store.getState().queued.find((run) => run.run_id === runId)
      if (!waiting || isSketchRun(waiting)) return undefined
      const answer = await client.ask['runs.cancel']({ run_id: runId })
      if (!answer.ok || answer.value.user_message_id !== null) return undefined
      store.setState((state) => ({ queued: state.queued.filter((run) => run.run_id !== runId) }))
      return waiting.input_text ?? waiting.request.text_preview
    },

    async branch(messageId) {
      const { sessionId } = store.getState()
      return client.ask['sessions.branch']({ session_id: sessionId as SessionId, message_id: messageId })
    },

    edit: (id, text) =>
      store.setState({ editing: id === null ? null : { id, ...(text === undefined ? {} : { text }) } }),
    editLast() {
      const last = store
        .getState()
        .messages.findLast((message) => message.role === 'user' && !isSketch(message))
      if (last) store.setState({ editing: { id: last.message_id } })
    },
    find: (isOpen) => store.setState({ isFinding: isOpen, pointed: null }),
    async point(id, words) {
      const isThere = await reachMessage(chat, id)
      if (isThere) store.setState({ pointed: { id, words } })
      return isThere
    },
    hear: inbox.hear,
  } satisfies ChatActions)
  return chat
}
