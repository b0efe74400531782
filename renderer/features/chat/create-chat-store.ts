import type { Answer } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import { firstPage } from '@contract/opening'
import type { Accepted } from '@contract/runs'
import { createStore } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import type { ChatActions, ChatState, ChatStore, Show } from './chat-store'
import { emptyView, type ChatView } from './chat-view'
import { openInbox } from './inbox'
import { isSketch, placeMessage } from './message-path'
import { inputOf } from './message-draft'
import { decidedWith, withApproval } from './pending-approvals'
import { onNextFrame, type OnNextFrame } from './next-frame'
import { reachMessage } from './reach-message'
import { isSketchRun, sketchInto } from './sketch'
import { applyRun } from './transcript'

export interface ChatStoreOptions {
  readonly onNextFrame?: OnNextFrame
  /** Whether a person is looking; decides if a finished run counts as seen. */
  readonly isWatched?: () => boolean
}

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
    snapshot: (sessionId) =>
      client.ask['sessions.transcript']({ session_id: sessionId, limit: firstPage.messages }),
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
    if (id !== null) await refresh(id)
  }

  async function refresh(id: SessionId): Promise<void> {
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
    // A new chat is one from its first message on, also while that waits.
    show(inbox.hasEnded(accepted.run.run_id) ? view : applyRun(view, accepted.run), { phase: 'ready' })
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

    async refresh() {
      const { sessionId } = store.getState()
      if (sessionId !== null) await refresh(sessionId)
    },

    async send(text, { attachments = [], contextAssets, replaces, provider, model, settings } = {}) {
      store.setState({ pointed: null })
      const withdraw = sketchInto(store, show, { text, attachments }, replaces)
      const session = await sessionToSendTo()
      const answer = session.ok
        ? await client.ask['sessions.submitRun']({
            session_id: session.value,
            idempotency_key: crypto.randomUUID(),
            ...inputOf({ text, attachments }),
            ...(contextAssets === undefined ? {} : { context_assets: [...contextAssets] }),
            ...(provider === undefined ? {} : { provider }),
            ...(model === undefined ? {} : { model }),
            ...(replaces === undefined ? {} : { replaces }),
            ...settings,
          })
        : session
      withdraw(answer.ok && answer.value.messages.length > 0)
      if (answer.ok && session.ok) accept(session.value, answer.value)
      return answer
    },

    async hand(order) {
      store.setState({ pointed: null })
      const session = await sessionToSendTo()
      const answer = session.ok ? await order(session.value) : session
      if (answer.ok && session.ok) accept(session.value, answer.value)
      return answer
    },
    async draw({ prompt, sources, count, size, choice }) {
      store.setState({ pointed: null })
      const session = await sessionToSendTo()
      if (!session.ok) return session
      const answer = await client.ask['images.submit']({
        session_id: session.value,
        idempotency_key: crypto.randomUUID(),
        prompt,
        count,
        ...(size === '' ? {} : { size }),
        ...choice,
        source_asset_ids: sources.map(({ asset_id }) => asset_id),
      })
      if (answer.ok) accept(session.value, answer.value)
      return answer
    },

    async stop(runId) {
      const { sessionId, active, beside } = store.getState()
      const id = runId ?? active?.run_id ?? beside.at(-1)?.run_id
      // A person's stop is deliberate: the run ends cancelled. Without a run in view whatever runs is interrupted.
      if (id) {
        const answer = await client.ask['runs.cancel']({ run_id: id })
        // It ended by itself at that very moment, and stopped is what it was meant to be.
        const hasEnded = !answer.ok && answer.fault.code === 'run_state_conflict'
        return hasEnded ? { ok: true, value: null } : answer
      }
      return sessionId
        ? client.ask['sessions.interrupt']({ session_id: sessionId })
        : { ok: true, value: { run: null } }
    },

    async decide(approval, decision) {
      const known = store.getState().approvals
      const resolutions = decidedWith(known, approval, decision === 'allow_session').map(
        ({ approval_id }) => ({ approval_id, decision }),
      )
      const answer = await client.ask['approvals.resolve']({ resolutions })
      if (answer.ok && store.getState().sessionId === approval.session_id)
        store.setState(({ approvals }) => ({
          approvals: answer.value.approvals.reduce(withApproval, approvals),
        }))
      return answer
    },

    async retry(runId, { provider, model, max_tokens } = {}) {
      const { sessionId } = store.getState()
      const answer = await client.ask['runs.retry']({
        run_id: runId,
        idempotency_key: crypto.randomUUID(),
        ...(provider === undefined ? {} : { provider }),
        ...(model === undefined ? {} : { model }),
        ...(max_tokens === undefined ? {} : { generation: { max_tokens } }),
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

    async loadOlder(limit = firstPage.messages) {
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
      return {
        text: waiting.input_text ?? waiting.request.text_preview,
        attachments: waiting.input_attachments ?? [],
      }
    },

    async branch(messageId) {
      const { sessionId } = store.getState()
      return client.ask['sessions.branch']({ session_id: sessionId as SessionId, message_id: messageId })
    },

    edit: (id, draft) =>
      store.setState({ editing: id === null ? null : { id, ...(draft === undefined ? {} : { draft }) } }),
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
