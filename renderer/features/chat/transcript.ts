import type { DaemonEvent } from '@contract/events'
import { fold } from '@contract/fold'
import type { MessageId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { RunView } from '@contract/runs'
import type { Transcript } from '@contract/sessions'
import { withoutMessage, withProgress } from './call-progress'
import { emptyView, type ChatView } from './chat-view'
import { isSketch, newest, placeMessage } from './message-path'
import { withApproval, withRun } from './pending-approvals'

/** A snapshot as a view; pages that were loaded before it and still lead to it stay. */
export function viewOf(transcript: Transcript, before: ChatView = emptyView): ChatView {
  const first = transcript.messages[0]?.message_id
  const at = before.messages.findIndex((message) => message.message_id === first)
  const isJoined = at > 0 && transcript.has_more
  const { active } = transcript
  const isWaiting = ({ status }: RunView): boolean => status === 'queued'
  return {
    session: transcript.session,
    messages: [
      ...(isJoined ? before.messages.slice(0, at) : []),
      ...transcript.messages,
      ...before.messages.filter(isSketch),
    ],
    hasMore: isJoined ? before.hasMore : transcript.has_more,
    queued: [...transcript.queued, ...transcript.drawing.filter(isWaiting)],
    active,
    beside: transcript.drawing.filter((run) => !isWaiting(run)),
    unanswered: null,
    approvals: active ? withRun(before.approvals, active) : before.approvals,
    progress: before.progress,
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
    case 'call.progress':
      return event.session_id === sessionId &&
        view.messages.some((each) => each.message_id === event.message_id)
        ? { ...view, progress: withProgress(view.progress, event) }
        : view
    case 'approval.changed':
      return event.approval.session_id === sessionId
        ? { ...view, approvals: withApproval(view.approvals, event.approval) }
        : view
    default:
      return view
  }
}

/** Takes in a run that was accepted, moved in the queue, started or made progress. */
export function applyRun(view: ChatView, run: RunView): ChatView {
  const queued = withoutRun(view.queued, run)
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
  if (run.kind === 'image') return { ...view, queued: kept, beside: [...withoutRun(view.beside, run), run] }
  const approvals = withRun(view.approvals, run)
  return { ...view, queued: kept, active: run, unanswered: null, approvals }
}

function endRun(view: ChatView, run: RunView, answer: Message | null): ChatView {
  const queued = withoutRun(view.queued, run)
  const active = view.active?.run_id === run.run_id ? null : view.active
  const isTakenBack = run.user_message_id === null
  const isAnswered = answer !== null || run.assistant_message_id !== null || isTakenBack
  return {
    ...view,
    queued,
    active,
    beside: withoutRun(view.beside, run),
    unanswered: isAnswered ? view.unanswered : run,
    approvals: withRun(view.approvals, { ...run, pending_approvals: [] }),
    progress: run.assistant_message_id
      ? withoutMessage(view.progress, run.assistant_message_id)
      : view.progress,
  }
}

const withoutRun = (runs: readonly RunView[], { run_id }: RunView): readonly RunView[] =>
  runs.filter((other) => other.run_id !== run_id)

function replaceMessage(view: ChatView, incoming: Message): ChatView {
  const at = view.messages.findLastIndex((message) => message.message_id === incoming.message_id)
  const current = view.messages[at]
  return current ? { ...view, messages: view.messages.with(at, newest(current, incoming)) } : view
}

const isSibling = (messages: readonly Message[], id: MessageId): boolean =>
  messages.some((message) => message.versions.length > 1 && message.versions.includes(id))
