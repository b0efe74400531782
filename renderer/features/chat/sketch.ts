import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import type { StoreApi } from 'zustand/vanilla'
import type { ChatState, MessageDraft, Show } from './chat-store'
import { sketchMessage, sketchPrefix } from './message-path'

/**
 * Shows a person's words before the daemon has them: in the path, or in the queue while a run is active. The undo
 * is told whether real messages are about to take their place; otherwise it mends the path as it was.
 */
export function sketchInto(
  store: StoreApi<ChatState>,
  show: Show,
  draft: MessageDraft,
  replaces: MessageId | undefined,
): (isReplaced: boolean) => void {
  const before = store.getState()
  const sessionId = before.sessionId ?? ('new' as SessionId)
  if (before.active || before.queued.length > 0) {
    const run = sketchRun(sessionId, draft, before.queued.length + 1)
    store.setState({ queued: [...before.queued, run] })
    return () => store.setState(({ queued }) => ({ queued: queued.filter((other) => other !== run) }))
  }
  const at = replaces ? before.messages.findIndex((message) => message.message_id === replaces) : -1
  const kept = at === -1 ? before.messages : before.messages.slice(0, at)
  const cut = at === -1 ? [] : before.messages.slice(at)
  const message = sketchMessage(sessionId, kept.at(-1), draft)
  show({ ...before, messages: [...kept, message], unanswered: null }, { phase: 'ready' })
  return (isReplaced) => {
    const now = store.getState()
    const place = now.messages.indexOf(message)
    if (place === -1 || isReplaced) return
    const messages = now.messages.toSpliced(place, 1, ...cut)
    show(
      { ...now, messages, unanswered: before.unanswered },
      messages.length === 0 ? { phase: before.phase } : {},
    )
  }
}

/** A waiting run as shown before the daemon has accepted it. */
function sketchRun(sessionId: SessionId, { text, attachments }: MessageDraft, place: number): RunView {
  const now = Date.now()
  return {
    run_id: `${sketchPrefix}${crypto.randomUUID()}` as RunId,
    session_id: sessionId,
    kind: 'input',
    status: 'queued',
    submitted_at_ms: now,
    updated_at_ms: now,
    queued_position: place,
    request: { source_kind: 'composer', text_preview: text.slice(0, 200), provider: '', model: '' },
    input_text: text,
    ...(attachments.length > 0 ? { input_attachments: attachments } : {}),
    user_message_id: null,
    assistant_message_id: null,
  }
}

export const isSketchRun = (run: RunView): boolean => run.run_id.startsWith(sketchPrefix)
