import type { AssetRef, Message, Part } from '@contract/message'
import { encodeReasoning } from './reasoning-history'

/** A message as the wire has it (API reference 2.2). */
export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly content: string | readonly { readonly type: 'text'; readonly text: string }[] | null
  readonly [key: string]: unknown
}
type ToolCall = Extract<Part, { kind: 'tool_call' }>

/** The conversation, oldest first, for `model`. Messages that would say nothing are left out. */
export function encodeHistory(history: readonly Message[], model: string): WireMessage[] {
  return history.flatMap((message) =>
    message.role === 'user' ? encodeUser(message) : encodeAssistant(message, model),
  )
}

/** One text part collapses to a plain string (contract 6.7). */
function encodeUser(message: Message): WireMessage[] {
  const texts = message.parts.flatMap((part) =>
    part.kind === 'text' && part.text !== ''
      ? [part.text]
      : part.kind === 'attachment'
        ? [mention(part.asset)]
        : [],
  )
  const [first, ...more] = texts
  if (first === undefined) return []
  const content = more.length === 0 ? first : texts.map((text) => ({ type: 'text' as const, text }))
  return [{ role: 'user', content }]
}

/** What a model without eyes or ears learns of an attachment (contract 8). */
const mention = (asset: AssetRef): string => `[Attached file: ${asset.file_name} (${asset.media_type})]`

function encodeAssistant(message: Message, model: string): WireMessage[] {
  const from = message.receipt?.served_model ?? message.receipt?.model
  return rounds(message.parts).flatMap((parts) => {
    const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    // A call that never ran has no result to answer it with, and upstream refuses calls without one.
    const calls = parts.filter(
      (part): part is ToolCall =>
        part.kind === 'tool_call' && (part.state === 'done' || part.state === 'failed'),
    )
    if (text === '' && calls.length === 0) return []
    const turn: WireMessage = {
      role: 'assistant',
      content: text === '' ? null : text,
      ...encodeReasoning(parts, from, model),
      ...(calls.length > 0 ? { tool_calls: calls.map(encodeCall) } : {}),
    }
    return [turn, ...calls.map(encodeResult)]
  })
}

/** A message holds every round of a tool loop; text or thought after a call begins the next one. */
function rounds(parts: readonly Part[]): Part[][] {
  const out: Part[][] = []
  let afterCall = true
  for (const part of parts) {
    const isCall = part.kind === 'tool_call'
    if (out.length === 0 || (afterCall && !isCall)) out.push([])
    out.at(-1)?.push(part)
    afterCall = isCall
  }
  return out
}

/** Arguments go back as they came: another key order would miss the provider's prompt cache. */
const encodeCall = (call: ToolCall) => ({
  id: call.call_id,
  type: 'function',
  function: { name: call.name, arguments: call.arguments === '' ? '{}' : call.arguments },
})

const encodeResult = (call: ToolCall): WireMessage => ({
  role: 'tool',
  tool_call_id: call.call_id,
  content: call.output ?? '',
})
