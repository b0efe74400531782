import type { InputOf } from '@contract/define'
import type { Message, Part } from '@contract/message'
import type { sessionCalls, SessionView } from '@contract/sessions'
import { findSession } from './find'
import type { World } from './world'

/** More than any chat holds; an export is the whole path. */
const everything = 1_000_000

/** `sessions.export`: the path that is shown, for people (Markdown) or programs (JSON). */
export const exportSession =
  ({ store }: Pick<World, 'store'>) =>
  ({ session_id, format }: InputOf<(typeof sessionCalls)['sessions.export']>) => {
    const session = findSession(store, session_id)
    const messages = session.head_message_id
      ? store.messages.path(session.head_message_id, { limit: everything }).messages
      : []
    const isMarkdown = format === 'markdown'
    return {
      file_name: `${fileNameOf(session.title)}.${isMarkdown ? 'md' : 'json'}`,
      text: isMarkdown ? toMarkdown(session, messages) : toJson(session, messages),
    }
  }

function toMarkdown({ title }: SessionView, messages: readonly Message[]): string {
  const blocks = messages.map((message) => {
    const model = message.receipt ? ` (${message.receipt.served_model ?? message.receipt.model})` : ''
    const who = message.role === 'user' ? 'You' : `Assistant${model}`
    const end = message.fault ? `\n\n> ${message.fault.detail}` : ''
    return `## ${who}\n\n${shown(message.parts)}${end}`
  })
  return `${[`# ${title || 'Chat'}`, ...blocks].join('\n\n')}\n`
}

/** Text as it is, files by their names, in order. */
const shown = (parts: readonly Part[]): string =>
  parts
    .flatMap((part) => {
      if (part.kind === 'text') return [part.text]
      if (part.kind === 'observed') return [`Observed: ${part.asset.file_name} (${part.asset.media_type})`]
      return part.kind === 'attachment'
        ? [`Attached: ${part.asset.file_name} (${part.asset.media_type})`]
        : []
    })
    .join('\n')

function toJson({ session_id, title, created_at_ms }: SessionView, messages: readonly Message[]): string {
  return `${JSON.stringify({ version: 1, session: { session_id, title, created_at_ms }, messages }, null, 2)}\n`
}

/** A name that every file system takes. */
const fileNameOf = (title: string): string =>
  title
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
    .slice(0, 100)
    .trim() || 'chat'
