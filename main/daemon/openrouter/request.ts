import type { ModelView } from '@contract/models'
import type { ProviderPreferences } from '@contract/request-settings'
import type { ToolView } from '@contract/tools'
import { takesField, takesTools } from '../core/capabilities/takes-tools'
import type { ChatTurn } from '../ports/driver'
import type { Attached } from './attachments'
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

/** The body of `POST /chat/completions` for a turn and what was read of its files (contract 6.7, API reference 2.1). */
export function encodeTurn(turn: ChatTurn, attached?: Attached): object {
  const { temperature, reasoning_effort } = turn.generation
  const limit = maxTokens(turn.generation.max_tokens, turn.entry)
  const tools = takesTools(turn.entry) ? (turn.tools ?? []) : []
  const history = encodeHistory(turn.history, turn.model, attached, tools.length > 0)
  // What ends with words of an answer would be taken for a beginning to write on.
  if (history.at(-1)?.role === 'assistant') history.push({ role: 'user', content: 'Go on.' })
  return {
    model: turn.model,
    ...(turn.fallback_models?.length ? { models: [turn.model, ...turn.fallback_models] } : {}),
    messages: turn.system === '' ? history : [{ role: 'system', content: turn.system }, ...history],
    stream: true,
    ...(limit === undefined ? {} : { max_tokens: limit }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(reasoning_effort === undefined ? {} : { reasoning: { effort: reasoning_effort } }),
    ...encodeTools(tools, turn.entry),
    ...encodeProvider(turn.provider_preferences),
    session_id: turn.session_id.slice(0, 256),
  }
}

/** The tools, on every turn of a loop (API reference 2.4). */
function encodeTools(tools: readonly ToolView[], entry: ModelView | undefined): object {
  if (tools.length === 0) return {}
  return {
    tools: tools.map(({ name, description, parameters }) => ({
      type: 'function',
      function: { name, description, parameters },
    })),
    ...(takesField(entry, 'tool_choice') ? { tool_choice: 'auto' } : {}),
    ...(takesField(entry, 'parallel_tool_calls') ? { parallel_tool_calls: true } : {}),
  }
}

/**
 * Which upstreams may serve (API reference 2.8). The names are the provider's own; prices travel as decimal strings,
 * as its schema has them.
 */
export function encodeProvider(preferences: ProviderPreferences = {}): { readonly provider?: object } {
  const { max_price, ...rest } = preferences
  const prices = Object.entries(max_price ?? {}).flatMap(([what, usd]) =>
    usd === undefined ? [] : [[what, decimal(usd)]],
  )
  const provider = {
    ...rest,
    ...(prices.length > 0 ? { max_price: Object.fromEntries(prices) as object } : {}),
  }
  return Object.keys(provider).length > 0 ? { provider } : {}
}

/** Without an exponent; `String` would write a millionth and less with one. */
const decimal = (number: number): string =>
  number < 1e-6 ? number.toFixed(12).replace(/\.?0+$/, '') : String(number)

/** Header values must be plain ASCII, or `fetch` throws before it sends (API reference 1.2). */
const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').trim()

/** The headers that name the app. */
export const attributionHeaders = (attribution: Attribution): Record<string, string> => ({
  'HTTP-Referer': ascii(attribution.appUrl),
  'X-OpenRouter-Title': ascii(attribution.appTitle),
})
