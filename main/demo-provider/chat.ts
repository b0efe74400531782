import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { usageOf, type DemoGeneration } from './accounts'
import type { Behaviour } from './behaviour'
import { framesOf, wholeAnswer, type Spoken } from './frames'
import { demoModels, findDemoModel, type DemoModel } from './models'
import { play } from './play'
import { respond, textOf, textOfTokens, tokensOf, type AskedMessage } from './respond'

export interface ChatContext {
  readonly behaviour: Behaviour
  readonly tokensPerSecond: number
  readonly gone: AbortSignal
  readonly keep: (generation: DemoGeneration) => void
}

interface ChatBody {
  readonly model?: unknown
  readonly models?: unknown
  readonly messages?: unknown
  readonly stream?: unknown
  readonly max_tokens?: unknown
}

/** A refusal in shape A of API reference 1.4. */
export const refuse = (code: number, message: string, error_type: string): object => ({
  error: { code, message, metadata: { error_type } },
  user_id: null,
})

const house = (model: DemoModel): string => /^([^:]+):/.exec(model.name)?.[1] ?? 'OpenRouter'

/** Answers `POST /chat/completions`. */
export async function answerChat(
  body: ChatBody,
  response: ServerResponse,
  context: ChatContext,
): Promise<void> {
  const { behaviour, gone } = context
  const sendJson = (status: number, value: object) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

  const messages = Array.isArray(body.messages) ? (body.messages as AskedMessage[]) : []
  if (messages.length === 0)
    return sendJson(400, refuse(400, 'messages: at least one is required', 'invalid_request'))
  const asked = [body.model, ...(Array.isArray(body.models) ? (body.models as unknown[]) : [])]
  const model = asked.map((id) => findDemoModel(String(id))).find(Boolean)
  if (!model) {
    return sendJson(400, {
      error: {
        code: 400,
        message: `${String(body.model)} is not a valid model ID`,
        metadata: { error_type: 'not_found' },
        availability: {
          code: 'model_not_found',
          retryable: false,
          requested_models: [String(body.model)],
          docs_url: 'https://openrouter.ai/docs',
        },
      },
    })
  }
  if (behaviour.expects_details && !carriesDetails(messages, behaviour.expects_details)) {
    return sendJson(400, {
      error: {
        code: 400,
        message: 'Provider returned error',
        metadata: {
          error_type: 'invalid_request',
          provider_name: house(model),
          raw: '{"error":{"message":"Function call is missing a thought_signature in functionCall parts."}}',
        },
      },
    })
  }

  const spoken = speak(messages, model, body, behaviour)
  const generation: DemoGeneration = {
    id: spoken.id,
    model,
    house: spoken.house,
    created_ms: Date.now(),
    usage: spoken.usage,
    finish_reason: 'stop',
    cancelled: false,
    asked: 0,
  }
  context.keep(generation)
  response.setHeader('x-generation-id', spoken.id)
  for (const [name, value] of Object.entries(behaviour.headers ?? {})) response.setHeader(name, value)
  if (body.stream !== true || behaviour.as_json) return sendJson(200, wholeAnswer(spoken, behaviour))

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const pace = behaviour.tokens_per_second ?? context.tokensPerSecond
  const sent = await play(response, framesOf(spoken, behaviour), behaviour, pace, gone)
  if (!gone.aborted) return
  generation.cancelled = true
  generation.finish_reason = null
  generation.usage = usageOf(model, spoken.usage.prompt_tokens, sent, 0)
}

const carriesDetails = (messages: readonly AskedMessage[], expected: readonly unknown[]): boolean =>
  messages.some(
    (message) =>
      message.role === 'assistant' &&
      JSON.stringify(message['reasoning_details']) === JSON.stringify(expected),
  )

function speak(
  messages: readonly AskedMessage[],
  model: DemoModel,
  body: ChatBody,
  behaviour: Behaviour,
): Spoken {
  const own = behaviour.tokens === undefined ? undefined : textOfTokens(behaviour.tokens)
  const given = behaviour.text ?? own ?? (behaviour.huge_event_bytes || behaviour.tool_calls ? '' : undefined)
  const made = given === undefined ? respond(messages, model) : { text: given }
  const reasoning = behaviour.reasoning ?? made.reasoning
  const limit = typeof body.max_tokens === 'number' ? body.max_tokens : Infinity
  const words = tokensOf(made.text)
  const text = words.length > limit ? words.slice(0, limit).join('') : made.text
  const thought = reasoning ? tokensOf(reasoning).length : 0
  const prompt = messages.reduce((sum, message) => sum + tokensOf(textOf(message.content)).length + 4, 0)
  return {
    id: `gen-${Math.floor(Date.now() / 1000)}-${randomBytes(8).toString('hex')}`,
    model: concrete(model),
    house: house(model),
    created: Math.floor(Date.now() / 1000),
    text,
    ...(reasoning ? { reasoning } : {}),
    usage: usageOf(model, prompt, Math.min(words.length, limit) + thought, thought),
  }
}

/** Who answers behind a router or an alias. */
const concrete = (model: DemoModel): DemoModel =>
  isRouter(model) ? (demoModels.find((other) => !isRouter(other)) ?? model) : model
const isRouter = (model: DemoModel): boolean => /^(openrouter\/|~)/.test(model.id)
