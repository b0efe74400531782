import { isPicture } from '@contract/attached'
import type { Message, Part } from '@contract/message'
import {
  fileBlock,
  nothingAttached,
  pageHint,
  pictureHint,
  pictureMention,
  type Attached,
} from './attachments'
import { encodeReasoning } from './reasoning-history'

type WirePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } }

/** A message as the wire has it (API reference 2.2). */
export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly content: string | readonly WirePart[] | null
  readonly [key: string]: unknown
}
type ToolCall = Extract<Part, { kind: 'tool_call' }>

/** The conversation, oldest first, for `model`. Messages that would say nothing are left out. */
export function encodeHistory(
  history: readonly Message[],
  model: string,
  attached: Attached = nothingAttached,
): WireMessage[] {
  return history.flatMap((message, place) =>
    message.role === 'user' ? encodeUser(message, place, attached) : encodeAssistant(message, model),
  )
}

/** Part after part in its order (contract 8). One text part alone collapses to a plain string (contract 6.7). */
function encodeUser(message: Message, place: number, attached: Attached): WireMessage[] {
  const parts = message.parts.flatMap((part) => encodePart(part, place, attached))
  const [first, ...more] = parts
  if (first === undefined) return []
  return [{ role: 'user', content: more.length === 0 && first.type === 'text' ? first.text : parts }]
}

function encodePart(part: Part, place: number, { pictures, texts }: Attached): readonly WirePart[] {
  const text = (said: string): WirePart => ({ type: 'text', text: said })
  if (part.kind === 'text') return part.text === '' ? [] : [text(part.text)]
  if (part.kind !== 'attachment') return []
  const { asset } = part
  const isFile = !isPicture(asset)
  const picture = pictures.get(asset.asset_id)
  if (picture?.place !== place)
    return [text(isFile ? fileBlock(asset, texts.get(asset.asset_id)) : pictureMention(asset))]
  return [
    text(isFile ? pageHint(asset) : pictureHint(asset)),
    { type: 'image_url', image_url: { url: picture.url } },
  ]
}

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
