import { usageBody, type DemoUsage } from './accounts'
import type { Behaviour, ErrorForm } from './behaviour'
import type { DemoModel } from './models'
import { tokensOf } from './respond'

/** One event of a stream. Paced ones carry a token and wait their turn. */
export interface Frame {
  readonly data: string
  readonly paced: boolean
}

/** Everything one answer consists of. */
export interface Spoken {
  readonly id: string
  readonly model: DemoModel
  /** Null: it does not say. */
  readonly house: string | null
  readonly created: number
  readonly text: string
  /** Entries of `images`, each whole in one chunk. */
  readonly images?: readonly unknown[]
  readonly reasoning?: string
  readonly usage: DemoUsage
}

const formats: Readonly<Record<string, string>> = {
  anthropic: 'anthropic-claude-v1',
  google: 'google-gemini-v1',
  openai: 'openai-responses-v1',
  'x-ai': 'xai-responses-v1',
}

/** What a reasoning model of this family sends beside its thoughts. */
function detailFormat(model: DemoModel): string {
  return formats[model.id.split('/')[0] ?? ''] ?? 'unknown'
}

export const errorBody = (form: ErrorForm, message: string): object => ({
  ...(form === 'no_code' ? {} : { code: form === 'string_code' ? 'server_error' : 502 }),
  message,
  ...(form === 'no_code' || form === 'bare' ? {} : { metadata: { error_type: 'provider_unavailable' } }),
})

/** Cuts an answer into the chunks of API reference 1.9, bent the way the behaviour asks. */
export function framesOf(spoken: Spoken, behaviour: Behaviour): Frame[] {
  const head = {
    id: spoken.id,
    object: 'chat.completion.chunk',
    created: spoken.created,
    model: spoken.model.id,
    ...(spoken.house === null ? {} : { provider: spoken.house }),
  }
  const chunk = (delta: object, more: object = {}, paced = true): Frame => ({
    data: JSON.stringify({
      ...head,
      choices: [
        { index: 0, delta, finish_reason: null, native_finish_reason: null, logprobs: null, ...more },
      ],
    }),
    paced,
  })

  const thoughts = thoughtFrames(spoken, behaviour, chunk)
  const late = behaviour.late_detail ? thoughts.splice(-1) : []
  const words = tokensOf(spoken.text).map((content) => chunk({ role: 'assistant', content }))
  const calls = (behaviour.tool_calls ?? []).map((tool_calls) => chunk({ tool_calls }))
  const huge = behaviour.huge_event_bytes
    ? [chunk({ role: 'assistant', content: 'k'.repeat(behaviour.huge_event_bytes) })]
    : []
  const pictures = (spoken.images ?? []).map((image) =>
    chunk({ role: 'assistant', content: '', images: [image] }),
  )
  const content = [
    ...thoughts,
    ...words.slice(0, 1),
    ...late,
    ...words.slice(1),
    ...pictures,
    ...calls,
    ...huge,
  ]
  if (behaviour.after_chunks !== undefined) {
    const cut = content.slice(0, behaviour.after_chunks)
    const fails =
      behaviour.ending === 'error' || (behaviour.ending === undefined && behaviour.error !== undefined)
    return fails ? [...cut, errorFrame(head, behaviour)] : cut
  }

  const reason = behaviour.finish_reason ?? (calls.length > 0 ? 'tool_calls' : 'stop')
  const finish = { finish_reason: reason, native_finish_reason: reason.toUpperCase() }
  const closing = [...content, chunk({ role: 'assistant', content: '' }, finish, false)]
  if (behaviour.repeat_finish) closing.push(chunk({}, finish, false))
  const usage = usageBody(spoken.usage)
  if (behaviour.usage === 'empty_delta') {
    const { data } = chunk({}, finish, false)
    closing.push({ data: JSON.stringify({ ...(JSON.parse(data) as object), usage }), paced: false })
  } else if (behaviour.usage !== 'none') {
    closing.push({ data: JSON.stringify({ ...head, choices: [], usage }), paced: false })
  }
  if (behaviour.done !== false) closing.push({ data: '[DONE]', paced: false })
  return closing
}

function thoughtFrames(
  spoken: Spoken,
  behaviour: Behaviour,
  chunk: (delta: object, more?: object, paced?: boolean) => Frame,
): Frame[] {
  if (behaviour.reasoning_details) {
    return behaviour.reasoning_details.map((reasoning_details) =>
      chunk({ role: 'assistant', reasoning_details }),
    )
  }
  if (!spoken.reasoning) return []
  const format = detailFormat(spoken.model)
  const pieces = tokensOf(spoken.reasoning).map((text) =>
    chunk({
      role: 'assistant',
      content: '',
      reasoning: text,
      reasoning_details: [{ type: 'reasoning.text', text, format, index: 0, id: null }],
    }),
  )
  if (format !== 'anthropic-claude-v1') return pieces
  const signature = Buffer.from(`signed:${spoken.id}`).toString('base64')
  return [
    ...pieces,
    chunk({ reasoning_details: [{ type: 'reasoning.text', signature, format, index: 0 }] }, {}, false),
  ]
}

function errorFrame(head: object, behaviour: Behaviour): Frame {
  const form = behaviour.error ?? 'numeric'
  const error = errorBody(form, behaviour.error_message ?? 'The upstream provider broke off')
  const choice = { index: 0, delta: { content: '' }, finish_reason: 'error' }
  const body =
    form === 'bare'
      ? { error }
      : form === 'in_choice'
        ? { ...head, choices: [{ ...choice, error }] }
        : { ...head, error, choices: form === 'empty_choices' ? [] : [choice] }
  return { data: JSON.stringify(body), paced: false }
}

/** The same answer without a stream (API reference 2.3). */
export function wholeAnswer(spoken: Spoken, behaviour: Behaviour): object {
  const details = behaviour.reasoning_details?.flat()
  return {
    id: spoken.id,
    object: 'chat.completion',
    created: spoken.created,
    model: spoken.model.id,
    ...(spoken.house === null ? {} : { provider: spoken.house }),
    system_fingerprint: null,
    service_tier: null,
    choices: [
      {
        index: 0,
        finish_reason: behaviour.finish_reason ?? 'stop',
        native_finish_reason: 'STOP',
        logprobs: null,
        message: {
          role: 'assistant',
          content: spoken.images && spoken.text === '' ? null : spoken.text,
          refusal: null,
          reasoning: spoken.reasoning ?? null,
          ...(details ? { reasoning_details: details } : {}),
          ...(spoken.images ? { images: spoken.images } : {}),
          ...(behaviour.tool_calls ? { tool_calls: behaviour.tool_calls.flat() } : {}),
        },
      },
    ],
    usage: usageBody(spoken.usage),
  }
}
