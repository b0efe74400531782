import type { MessageId, SessionId } from '@contract/ids'
import type { Message, Part } from '@contract/message'
import type { RunStatus } from '@contract/runs'
import type { MessageDraft } from './chat-store'
import type { ChatView } from './chat-view'

/** Ids that the daemon has not given. */
export const sketchPrefix = 'sketch-'

/** A person's message as shown before the daemon has answered. */
export function sketchMessage(
  sessionId: SessionId,
  parent: Message | undefined,
  { text, attachments }: MessageDraft,
): Message {
  const id = `${sketchPrefix}${crypto.randomUUID()}` as MessageId
  return {
    message_id: id,
    session_id: sessionId,
    parent_id: parent?.message_id ?? null,
    role: 'user',
    parts: [
      ...(text === '' ? [] : [{ kind: 'text' as const, text }]),
      ...attachments.map((asset) => ({ kind: 'attachment' as const, asset })),
    ],
    created_at_ms: Date.now(),
    run_id: null,
    seen: 0,
    versions: [id],
  }
}

export const isSketch = (message: Message): boolean => message.message_id.startsWith(sketchPrefix)

/** Every text part, joined by blank lines: the Markdown of the message without its reasoning. */
export const textOf = (message: Message): string =>
  message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n')

/**
 * Puts a message that joined the tree where its parent is shown; the path ends with it then. A message whose
 * parent is not shown says 'gap'. A sketch of the same words gives way.
 */
export function placeMessage(view: ChatView, message: Message): ChatView | 'gap' {
  const messages = message.role === 'user' ? withoutSketch(view.messages, message) : view.messages
  const at = messages.findLastIndex((other) => other.message_id === message.message_id)
  const known = messages[at]
  if (known) return { ...view, messages: messages.with(at, newest(known, message)) }
  const unanswered = message.role === 'assistant' ? null : view.unanswered
  if (message.parent_id === null) return { ...view, messages: [message], hasMore: false, unanswered }
  const parentAt = messages.findLastIndex((other) => other.message_id === message.parent_id)
  if (parentAt === -1) return 'gap'
  return { ...view, messages: [...messages.slice(0, parentAt + 1), message], unanswered }
}

/**
 * The further of two forms of one message: an end is never undone, and text that has grown is never cut. Parts
 * that say the same stay the same objects.
 */
export function newest(known: Message, incoming: Message): Message {
  if (isOver(known.status) && !isOver(incoming.status)) return { ...known, versions: incoming.versions }
  if (incoming.seen < known.seen && !isOver(incoming.status)) {
    return { ...incoming, parts: known.parts, seen: known.seen }
  }
  return { ...incoming, parts: keepSame(known.parts, incoming.parts) }
}

export const isOver = (status: RunStatus | undefined): boolean =>
  status === 'completed' || status === 'failed' || status === 'interrupted' || status === 'cancelled'

function keepSame(before: readonly Part[], after: readonly Part[]): readonly Part[] {
  return after.map((part, place) => {
    const old = before[place]
    return old?.kind === 'text' && part.kind === 'text' && old.text === part.text ? old : part
  })
}

function withoutSketch(messages: readonly Message[], real: Message): readonly Message[] {
  const at = messages.findIndex((message) => isSketch(message) && textOf(message) === textOf(real))
  return at === -1 ? messages : messages.toSpliced(at, 1)
}
