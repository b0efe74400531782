import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { usageBody, type DemoGeneration, type DemoUsage } from './accounts'
import type { ChatContext } from './chat'
import { errorBody, type Frame } from './frames'
import { findImageModel } from './image-models'
import { carryOut, readOrder, type Order, type OrderBody } from './image-order'
import { encodePicture, lengthen, mediaTypeOf, shrink } from './pictures/encode'
import { play } from './play'
import { refuse, unknownModel } from './refuse'
import { tokensOf } from './respond'
import { chooseEndpoint } from './routing'
import type { Behaviour } from './behaviour'

type Made = Awaited<ReturnType<typeof carryOut>>[number]

/** Tokens that a picture counts for, put in and put out. */
export const pictureTokens = 765
export const drawnTokens = 4175

/** Answers `POST /images` (API reference 3.2 to 3.5). */
export async function answerImages(
  body: OrderBody,
  response: ServerResponse,
  { behaviour, gone, keep, tokensPerSecond }: ChatContext,
): Promise<void> {
  const sendJson = (status: number, value: object) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

  const id = String(body.model)
  const found = findImageModel(id)
  if (!found) return sendJson(400, unknownModel(id))
  const endpoint = chooseEndpoint(found.model, body['provider'])
  if ('body' in endpoint) return sendJson(404, endpoint.body)
  const order = await readOrder(body, found)
  if ('status' in order) return sendJson(order.status, order.body)
  if (refusedWords.test(order.prompt)) {
    return sendJson(
      400,
      refuse(400, 'The prompt was refused by the content policy', 'content_policy_violation'),
    )
  }
  const made = await carryOut(order, behaviour)
  if (gone.aborted) return
  const usage = billFor(order, made.length, found.family.usd)
  const generation: DemoGeneration = {
    id: `gen-img-${Math.floor(Date.now() / 1000)}-${randomBytes(8).toString('hex')}`,
    model: found.model,
    house: endpoint.upstream.name,
    created_ms: Date.now(),
    usage,
    finish_reason: 'stop',
    cancelled: false,
    asked: 0,
  }
  keep(generation)
  response.setHeader('x-generation-id', generation.id)
  for (const [name, value] of Object.entries(behaviour.headers ?? {})) response.setHeader(name, value)
  const bill = behaviour.usage === 'none' ? {} : { usage: imageUsage(usage, made.length) }
  if (body.stream !== true || !found.family.streams || behaviour.as_json) {
    const data = made.map((picture) => entryOf(picture, behaviour))
    return sendJson(200, { created: behaviour.created ?? Math.floor(Date.now() / 1000), data, ...bill })
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const frames = await framesOf(made, bill, behaviour)
  // A preview now and then, not as fast as words.
  await play(response, frames, behaviour, behaviour.tokens_per_second ?? tokensPerSecond / 40, gone)
  if (!gone.aborted) return
  // What was not complete costs nothing (API reference 3.7).
  generation.cancelled = true
  generation.finish_reason = null
  generation.usage = { ...usage, completion_tokens: 0, cost: 0 }
}

const refusedWords = /\b(forbidden|verboten)\b/i

export function billFor(order: Order, count: number, usd: number): DemoUsage {
  return {
    prompt_tokens: tokensOf(order.prompt).length + order.references.length * pictureTokens,
    completion_tokens: count * drawnTokens,
    reasoning_tokens: 0,
    cost: Number((count * usd).toFixed(9)),
  }
}

const imageUsage = (usage: DemoUsage, count: number): object => ({
  ...usageBody(usage),
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, image_tokens: count * drawnTokens },
})

function entryOf({ bytes, format }: Made, { media_type, huge_event_bytes }: Behaviour): object {
  const whole = huge_event_bytes && format === 'png' ? lengthen(bytes, huge_event_bytes) : bytes
  const type = media_type === undefined ? mediaTypeOf(format) : media_type
  return { b64_json: whole.toString('base64'), ...(type === null ? {} : { media_type: type }) }
}

async function framesOf(
  made: readonly Made[],
  bill: object,
  behaviour: Behaviour,
): Promise<readonly Frame[]> {
  const frame = (value: object, paced = true): Frame => ({ data: JSON.stringify(value), paced })
  const [first] = made
  const previews = first
    ? await Promise.all(
        [48, 96, 256].slice(0, behaviour.partials ?? 3).map(async (edge, partial_image_index) => {
          const preview = await encodePicture(await shrink(first.canvas, edge), 'png')
          const b64_json = preview.toString('base64')
          return frame({ type: 'image_generation.partial_image', partial_image_index, b64_json })
        }),
      )
    : []
  const created = behaviour.created ?? Math.floor(Date.now() / 1000)
  const whole = made.map((picture) =>
    frame({ type: 'image_generation.completed', created, ...entryOf(picture, behaviour), ...bill }),
  )
  const said =
    behaviour.text === undefined
      ? []
      : [frame({ type: 'image_generation.text_chunk', phase: 'content', text: behaviour.text })]
  const unheard = [frame({ type: 'image_generation.queued', position: 1 }, false)]
  const content = [...unheard, ...previews, ...said, ...whole]
  if (behaviour.after_chunks !== undefined || behaviour.error !== undefined) {
    const cut = content.slice(0, behaviour.after_chunks)
    const fails =
      behaviour.ending === 'error' || (behaviour.ending === undefined && behaviour.error !== undefined)
    return fails ? [...cut, frame(errorEvent(behaviour), false)] : cut
  }
  return behaviour.done === false ? content : [...content, { data: '[DONE]', paced: false }]
}

function errorEvent({ error = 'string_code', error_message }: Behaviour): object {
  const message = error_message ?? 'The upstream provider broke off'
  if (error === 'bare') return { error: errorBody(error, message) }
  const code = error === 'no_code' ? null : error === 'numeric' ? '502' : 'server_error'
  return { type: 'error', error: { message, code, type: 'image_generation_error', param: null } }
}
