import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { usageOf, type DemoGeneration } from './accounts'
import type { Behaviour } from './behaviour'
import { callTools, type OfferedTools } from './calls'
import { draw, refusePictures, wantsPicture, type Drawn, type PictureWish } from './chat-pictures'
import { framesOf, wholeAnswer, type Spoken } from './frames'
import { pictureTokens } from './images'
import { lookThrough, noEyes, tellSeen } from './look'
import { demoModels, findDemoModel, type DemoModel } from './models'
import { play } from './play'
import { refuse, unknownModel } from './refuse'
import { chooseEndpoint } from './routing'
import { respond, textOf, textOfTokens, tokensOf, type AskedMessage } from './respond'
import type { DemoEndpoint } from './upstreams'

export interface ChatContext {
  readonly behaviour: Behaviour
  readonly tokensPerSecond: number
  readonly gone: AbortSignal
  readonly keep: (generation: DemoGeneration) => void
}

interface ChatBody extends PictureWish, OfferedTools {
  readonly model?: unknown
  readonly models?: unknown
  readonly provider?: unknown
  readonly messages?: unknown
  readonly stream?: unknown
  readonly max_tokens?: unknown
}

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
  // Any error of one moves on to the next; when all fail, the first one's word counts (API reference 2.1).
  const looked = lookThrough(messages)
  const isShown = looked.pictures.length > 0
  const tries = [...new Set(asked.map(String))].map((id) => tryModel(id, body, isShown, behaviour))
  const chosen = tries.find((one) => 'endpoint' in one)
  if (!chosen) {
    const [first] = tries as Refused[]
    return sendJson(first?.status ?? 400, first?.body ?? {})
  }
  const { endpoint } = chosen
  const model: DemoModel = { ...chosen.model, pricing: { ...chosen.model.pricing, ...endpoint.pricing } }
  if (behaviour.expects_details && !carriesDetails(messages, behaviour.expects_details)) {
    return sendJson(400, {
      error: {
        code: 400,
        message: 'Provider returned error',
        metadata: {
          error_type: 'invalid_request',
          provider_name: endpoint.upstream.name,
          raw: '{"error":{"message":"Function call is missing a thought_signature in functionCall parts."}}',
        },
      },
    })
  }

  const said = await decide(messages, body, model, behaviour)
  if (said === null) return sendJson(400, refuse(400, 'Could not process image', 'invalid_image'))
  const { saying, drawn } = said
  const spoken = { ...speak(messages, { model, endpoint }, body, saying), ...drawn }
  const generation: DemoGeneration = {
    id: spoken.id,
    model: spoken.model,
    house: spoken.house ?? endpoint.upstream.name,
    created_ms: Date.now(),
    usage: spoken.usage,
    finish_reason: 'stop',
    cancelled: false,
    asked: 0,
  }
  context.keep(generation)
  response.setHeader('x-generation-id', spoken.id)
  for (const [name, value] of Object.entries(behaviour.headers ?? {})) response.setHeader(name, value)
  if (body.stream !== true || behaviour.as_json) return sendJson(200, wholeAnswer(spoken, saying))

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const pace = behaviour.tokens_per_second ?? context.tokensPerSecond
  const sent = await play(response, framesOf(spoken, saying), behaviour, pace, gone)
  if (!gone.aborted) return
  generation.cancelled = true
  generation.finish_reason = null
  generation.usage = drawn
    ? { ...spoken.usage, completion_tokens: 0, cost: 0 }
    : usageOf(model, spoken.usage.prompt_tokens, sent, 0)
}

/** What is answered: as the test wants it, drawn, with a tool, or in words. Null: a picture can't be read. */
async function decide(
  messages: readonly AskedMessage[],
  body: ChatBody,
  model: DemoModel,
  behaviour: Behaviour,
): Promise<{ readonly saying: Behaviour; readonly drawn?: Drawn } | null> {
  if (wantsPicture(model, body)) {
    const drawn = await draw(model, messages, body, behaviour)
    return drawn && { saying: { ...behaviour, text: drawn.text }, drawn }
  }
  const { text, tokens, tool_calls, huge_event_bytes } = behaviour
  if ((text ?? tokens ?? tool_calls ?? huge_event_bytes) !== undefined) return { saying: behaviour }
  const called = callTools(messages, body)
  if (called) return { saying: { ...behaviour, ...called } }
  const told = await tellSeen(lookThrough(messages))
  if (told === null) return null
  return { saying: told === undefined ? behaviour : { ...behaviour, text: told } }
}

const carriesDetails = (messages: readonly AskedMessage[], expected: readonly unknown[]): boolean =>
  messages.some(
    (message) =>
      message.role === 'assistant' &&
      JSON.stringify(message['reasoning_details']) === JSON.stringify(expected),
  )

interface Chosen {
  readonly model: DemoModel
  readonly endpoint: DemoEndpoint
}
interface Refused {
  readonly status: number
  readonly body: object
}

/** A model, if it can answer now, at the upstream that is to answer. */
function tryModel(
  id: string,
  wish: ChatBody,
  isShown: boolean,
  { failing_models = [] }: Behaviour,
): Chosen | Refused {
  const model = findDemoModel(id)
  if (!model) return { status: 400, body: unknownModel(id) }
  if (isShown && !model.architecture.input_modalities.includes('image'))
    return { status: 404, body: noEyes(id) }
  const against = refusePictures(model, wish)
  if (against) return { status: 404, body: against }
  const endpoint = chooseEndpoint(concrete(model), wish.provider)
  if ('body' in endpoint) return { status: 404, body: endpoint.body }
  if (!failing_models.includes(id)) return { model, endpoint }
  const metadata = { error_type: 'provider_unavailable', provider_name: endpoint.upstream.name }
  return { status: 502, body: { error: { code: 502, message: 'Provider returned error', metadata } } }
}

function speak(
  messages: readonly AskedMessage[],
  { model, endpoint }: Chosen,
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
  const pictures = lookThrough(messages).pictures.length
  const written = messages.reduce((sum, message) => sum + tokensOf(textOf(message.content)).length + 4, 0)
  const prompt = written + pictures * pictureTokens
  return {
    id: `gen-${Math.floor(Date.now() / 1000)}-${randomBytes(8).toString('hex')}`,
    model: { ...concrete(model), ...(behaviour.serve_as?.model ? { id: behaviour.serve_as.model } : {}) },
    house: behaviour.serve_as?.provider === undefined ? endpoint.upstream.name : behaviour.serve_as.provider,
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
