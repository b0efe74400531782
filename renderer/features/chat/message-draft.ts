import type { AssetRef, Message } from '@contract/message'
import type { RunRequest } from '@contract/runs'
import type { MessageDraft } from './chat-store'
import { textOf } from './message-path'

/** The words first, then what is attached, in its order (contract 8). */
export function inputOf({ text, attachments }: MessageDraft): Pick<RunRequest, 'content' | 'input_items'> {
  if (attachments.length === 0) return { content: text }
  return {
    input_items: [
      ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
      ...attachments.map(({ asset_id }) => ({ type: 'asset_reference' as const, asset_id })),
    ],
  }
}

export const attachmentsOf = (message: Message): readonly AssetRef[] =>
  message.parts.flatMap((part) => (part.kind === 'attachment' ? [part.asset] : []))

/** A message as it was before it was sent. */
export const draftOf = (message: Message): MessageDraft => ({
  text: textOf(message),
  attachments: attachmentsOf(message),
})

/** The Markdown of a message without its reasoning; what is attached is named. */
export const markdownOf = (message: Message): string =>
  [
    textOf(message),
    ...attachmentsOf(message).map(({ media_type, file_name }) => {
      const name = file_name.replaceAll(/[[\]\\]/g, String.raw`\$&`)
      return `${media_type.startsWith('image/') ? '!' : ''}[${name}](<${file_name.replaceAll(/[<>]/g, '')}>)`
    }),
  ]
    .filter((piece) => piece !== '')
    .join('\n\n')
