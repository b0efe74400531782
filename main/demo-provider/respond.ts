import { answers, anyAnswer } from './answers'
import type { DemoModel } from './models'

/** One message of a chat request, as far as the demo reads it. */
export interface AskedMessage {
  readonly role?: string
  readonly content?: unknown
  readonly [key: string]: unknown
}

/** The text of a message: a string, or the text parts of a list. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: { text?: unknown }) => (typeof part?.text === 'string' ? part.text : ''))
    .filter(Boolean)
    .join('\n')
}

/** Cuts between words; long questions are quoted by their beginning. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 160 ? line : `${line.slice(0, 150).replace(/\s\S*$/, '')} …`
}

/** Builds the answer to a conversation. The same conversation always gets the same answer. */
export function respond(
  messages: readonly AskedMessage[],
  model: DemoModel,
): { readonly text: string; readonly reasoning?: string } {
  const asked = messages
    .filter((message) => message.role === 'user')
    .map((message) => textOf(message.content))
  const last = asked.at(-1) ?? ''
  const found = answers.find((answer) => answer.asked.test(last)) ?? anyAnswer
  const repeated = asked.length > 1 && asked.slice(0, -1).includes(last)
  const lead = repeated ? 'You asked that before, so once more:\n\n' : ''
  const text =
    lead + found.text.replaceAll('{quote}', quote(last) || 'nothing at all').replaceAll('{model}', model.id)
  if (!model.reasoning) return { text }
  const turn = asked.length > 1 ? ` This is question ${asked.length} of the conversation.` : ''
  return { text, reasoning: `The person wrote “${quote(last)}”.${turn} ${found.thought}` }
}

/** Words with the blanks that follow them: what the demo calls tokens. */
export const tokensOf = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? []

const filler =
  'the quick brown fox jumps over the lazy dog while a patient window keeps every word in its place and'.split(
    ' ',
  )

/** A text of exactly `count` tokens, with a paragraph now and then. */
export function textOfTokens(count: number): string {
  return Array.from({ length: count }, (_, at) => {
    const word = filler[at % filler.length] ?? ''
    return at === count - 1 ? `${word}.` : (at + 1) % 60 === 0 ? `${word}.\n\n` : `${word} `
  }).join('')
}
