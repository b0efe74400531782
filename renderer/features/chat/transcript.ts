import type { DaemonEvent } from '@contract/events'
import { fold } from '@contract/fold'
import type { MessageId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { RunView } from '@contract/runs'
import type { Transcript } from '@contract/sessions'
import { emptyView, type ChatView } from './chat-view'
import { isSketch, newest, placeMessage } from './message-path'

/** A snapshot as a view; pages that were loaded before it and still lead to it stay. */
export function viewOf(transcript: Transcript, before: ChatView = emptyView): ChatView {
  const first = transcript.messages[0]?.message_id
  const at = before.messages.findIndex((message) => message.message_id === first)
  const isJoined = at > 0 && transcript.has_more
  return {
    session: transcript.session,
    messages: [
      ...(isJoined ? before.messages.slice(0, at) : []),
      ...transcript.messages,
      ...before.messages.filter(isSketch),
    ],
    hasMore: isJoined ? before.hasMore : transcript.has_more,
    queued: transcript.queued,
    active: transcript.active,
    drawing: transcript.drawing,
    unanswered: null,
  }
}

/**
 * Folds one event into the open chat. What belongs to another chat, repeats, or grows off the shown path changes
 * nothing; 'gap' means that something was missed and one snapshot is due. `elsewhere` are messages that a
 * snapshot has already shown to be off the path.
 */
export function applyEvent(
  view: ChatView,
  sessionId: SessionId,
  event: DaemonEvent,
  elsewhere: ReadonlySet<MessageId>,
): ChatView | 'gap' {
  switch (event.type) {
    case 'session.changed':
      return event.session.session_id === sessionId ? { ...view, session: event.session } : view
    case 'message.added':
      if (event.message.session_id !== sessionId || elsewhere.has(event.message.message_id)) return view
      return placeMessage(view, event.message)
    case 'message.changed':
      return event.message.session_id === sessionId ? replaceMessage(view, event.message) : view
    case 'run.accepted':
    case 'run.changed':
      return event.run.session_id === sessionId ? applyRun(view, event.run) : view
    case 'run.ended': {
      if (event.run.session_id !== sessionId) return view
      const ended = endRun(view, event.run, event.message)
      return event.message ? replaceMessage(ended, event.message) : ended
    }
    case 'run.grew': {
      if (event.session_id !== sessionId || elsewhere.has(event.message_id)) return view
      const at = view.messages.findLastIndex((message) => message.message_id === event.message_id)
      const message = view.messages[at]
      if (!message) return isSibling(view.messages, event.message_id) ? view : 'gap'
      const grown = fold(message, event.batch)
      if (grown === 'gap') return 'gap'
      return grown === message ? view : { ...view, messages: view.messages.with(at, grown) }
    }
    default:
      return view
  }
}

/** Takes in a run that was accepted, moved in the queue, started or made progress. */
export function applyRun(view: ChatView, run: RunView): ChatView {
  if (run.kind === 'image') return applyDrawing(view, run)
  const queued = view.queued.filter((other) => other.run_id !== run.run_id)
  if (run.status === 'queued') {
    const places = [...queued, run].sort((a, b) => (a.queued_position ?? 0) - (b.queued_position ?? 0))
    return { ...view, queued: places }
  }
  const isLive =
    run.status === 'running' ||
    run.status === 'waiting_for_approval' ||
    run.status === 'waiting_for_user_question'
  if (!isLive) return endRun(view, run, null)
  const kept = queued.length === view.queued.length ? view.queued : queued
  return { ...view, queued: kept, active: run, unanswered: null }
}

/** Pictures come to be beside whatever else the chat does. */
function applyDrawing(view: ChatView, run: RunView): ChatView {
  const others = view.drawing.filter((other) => other.run_id !== run.run_id)
  const isLive = run.finished_at_ms === undefined
  return { ...view, drawing: isLive ? [...others, run] : others }
}

function endRun(view: ChatView, run: RunView, answer: Message | null): ChatView {
  if (run.kind === 'image') return applyDrawing(view, run)
  const queued = view.queued.filter((other) => other.run_id !== run.run_id)
  const active = view.active?.run_id === run.run_id ? null : view.active
  const isTakenBack = run.user_message_id === null
  const isAnswered = answer !== null || run.assistant_message_id !== null || isTakenBack
  return { ...view, queued, active, unanswered: isAnswered ? view.unanswered : run }
}

function replaceMessage(view: ChatView, incoming: Message): ChatView {
  const at = view.messages.findLastIndex((message) => message.message_id === incoming.message_id)
  const current = view.messages[at]
  return current ? { ...view, messages: view.messages.with(at, newest(current, incoming)) } : view
}

const isSibling = (messages: readonly Message[], id: MessageId): boolean =>
  messages.some((message) => message.versions.length > 1 && message.versions.includes(id))
