import type { ModelView } from '@contract/models'
import type { ChatTurn } from '../ports/driver'
import { encodeHistory } from './history'

const outputCap = 32_000

/** Who we are to the provider. */
export interface Attribution {
  readonly appUrl: string
  readonly appTitle: string
}

/**
 * How many tokens to allow. Without a cap the provider checks the balance against the model's largest output
 * (API reference 9.5); a cap of the whole context would leave no room for the question.
 */
function maxTokens(asked: number | undefined, entry: ModelView | undefined): number | undefined {
  if (asked !== undefined) return asked
  if (entry?.max_output_tokens === undefined) return undefined
  const room = entry.context_length === undefined ? outputCap : Math.floor(entry.context_length / 2)
  return Math.max(1, Math.min(entry.max_output_tokens, outputCap, room))
}

/** The body of `POST /chat/completions` for a turn (contract 6.7, API reference 2.1). */
export function encodeTurn(turn: ChatTurn): object {
  const { temperature, reasoning_effort } = turn.generation
  const limit = maxTokens(turn.generation.max_tokens, turn.entry)
  const history = encodeHistory(turn.history, turn.model)
  return {
    model: turn.model,
    ...(turn.fallback_model === undefined ? {} : { models: [turn.model, turn.fallback_model] }),
    messages: turn.system === '' ? history : [{ role: 'system', content: turn.system }, ...history],
    stream: true,
    ...(limit === undefined ? {} : { max_tokens: limit }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(reasoning_effort === undefined ? {} : { reasoning: { effort: reasoning_effort } }),
    session_id: turn.session_id.slice(0, 256),
  }
}

/** Header values must be plain ASCII, or `fetch` throws before it sends (API reference 1.2). */
const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').trim()

/** The headers that name the app. */
export const attributionHeaders = (attribution: Attribution): Record<string, string> => ({
  'HTTP-Referer': ascii(attribution.appUrl),
  'X-OpenRouter-Title': ascii(attribution.appTitle),
})
