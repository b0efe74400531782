import { attachmentsOf, isPicture } from '@contract/attached'
import type { Message } from '@contract/message'
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

/** A message as it was before it was sent. */
export const draftOf = (message: Message): MessageDraft => ({
  text: textOf(message),
  attachments: attachmentsOf(message.parts),
})

/** The Markdown of a message without its reasoning; what is attached is named. */
export const markdownOf = (message: Message): string =>
  [
    textOf(message),
    ...attachmentsOf(message.parts).map((asset) => {
      const { file_name } = asset
      const name = file_name.replaceAll(/[[\]\\]/g, String.raw`\$&`)
      return `${isPicture(asset) ? '!' : ''}[${name}](<${file_name.replaceAll(/[<>]/g, '')}>)`
    }),
  ]
    .filter((piece) => piece !== '')
    .join('\n\n')
