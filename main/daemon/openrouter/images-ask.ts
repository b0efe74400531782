import { Failure } from '../core/failure'
import type { Access, ImageAsk, ImageHearing, ImagesMade } from '../ports/driver'
import type { PublicFetch } from '../ports/public-fetch'
import { trouble, type CallFacts } from './faults'
import { readImageChat, readImages } from './images-answer'
import { readPicture } from './images-bytes'
import { chatConfig, encodeImageChat, modalitiesOf } from './images-chat'
import type { Answered } from './images-found'
import { encodeImages, imageConfig, isStreamed } from './images-request'
import { readImageEvents } from './images-stream'
import { readText, send, translate, type Ask, type Begun, type Line } from './send'
import { within } from './within'

export interface ImageLine extends Line {
  /** Where pictures are fetched that an answer only names; absent: nowhere. */
  readonly pages?: PublicFetch
}

/** One request for `ask.count` pictures; `place` is that of its first among all that are being made. */
export async function askForImages(
  line: ImageLine,
  access: Access,
  ask: ImageAsk,
  known: CallFacts,
  caller: AbortSignal,
  hearing: ImageHearing,
  place: number,
): Promise<ImagesMade> {
  hearing.summary?.({
    is: 'request',
    model: ask.model,
    path: ask.path,
    modalities: ask.path === 'chat' ? modalitiesOf(ask) : ['image'],
    config: ask.path === 'chat' ? chatConfig(ask) : imageConfig(ask, ask.count),
    prompt_length: ask.prompt.length,
    image_count: ask.references.length,
  })
  return within(line, line.limits.images_ms, known, caller, async (signal) => {
    const begun = await sendTwice(line, encode(line, access, ask, known), signal)
    const { facts } = begun
    try {
      const answered = await read(line, begun, ask, (picture) =>
        hearing.partial?.({ index: place, ...picture }),
      )
      hearing.summary?.({
        is: 'response',
        model: answered.served_model ?? ask.model,
        choice_count: answered.choice_count,
        image_count: answered.found.length,
        text_length: answered.text.length,
      })
      return await open(line, answered, ask, facts, signal)
    } catch (error) {
      throw translate(error, begun.watch, signal, facts, 'during')
    } finally {
      begun.watch.end()
    }
  })
}

function encode(line: Line, access: Access, ask: ImageAsk, facts: CallFacts): Ask {
  const prefix = access.prefix.replace(/\/+$/, '')
  const isChat = ask.path === 'chat'
  return {
    url: `${prefix}/${isChat ? 'chat/completions' : 'images'}`,
    key: access.key,
    body: isChat ? encodeImageChat(ask) : encodeImages(ask, ask.count),
    most: isChat ? line.limits.chat_size : line.limits.images_size,
    accept:
      !isChat && isStreamed(ask, ask.count) ? 'text/event-stream, application/json' : 'application/json',
    isStream: !isChat && isStreamed(ask, ask.count),
    facts,
  }
}

/** An explicit 502 says that nothing was made and nothing is billed: asked once more (API reference 3.7). */
async function sendTwice(line: Line, ask: Ask, signal: AbortSignal): Promise<Begun> {
  const patient = { ...line, limits: { ...line.limits, first_byte_ms: line.limits.images_ms } }
  try {
    return await send(patient, ask, signal)
  } catch (error) {
    const is502 =
      error instanceof Failure && error.fault.code === 'provider_error' && error.fault.http_status === 502
    if (!is502) throw error
    return send(patient, ask, signal)
  }
}

async function read(
  line: Line,
  begun: Begun,
  { path }: ImageAsk,
  shown: Parameters<typeof readImageEvents>[2],
): Promise<Answered> {
  const { response, facts } = begun
  // An answer that is made of one long silence is not one.
  begun.watch.expect(line.limits.images_ms)
  const type = response.headers.get('content-type') ?? 'application/json'
  if (path === 'images' && /^text\/event-stream\b/i.test(type)) return readImageEvents(line, begun, shown)
  if (!/^application\/(\w+\+)?json\b/i.test(type)) {
    throw trouble('malformed', facts, { http_status: response.status })
  }
  const most = path === 'chat' ? line.limits.image_chat_size : line.limits.event_size
  const text = await readText(begun, most + 1)
  if (text.length > most) throw trouble('malformed', facts, { said: 'The answer was larger than the limit' })
  const now = line.clock.now()
  return path === 'chat'
    ? readImageChat(parse(text, begun), facts, now)
    : readImages(parse(text, begun), facts, now)
}

function parse(text: string, { facts, response }: Begun): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw trouble('malformed', facts, { http_status: response.status })
  }
}

/** The pictures of an answer; one that can't be read takes nothing from the others. */
async function open(
  { pages }: ImageLine,
  answered: Answered,
  ask: ImageAsk,
  facts: CallFacts,
  signal: AbortSignal,
): Promise<ImagesMade> {
  const { found, text, choice_count: _, ...about } = answered
  const generation_id = facts.generation_id ?? about.generation_id
  const ids = generation_id === undefined ? facts : { ...facts, generation_id }
  if (found.length === 0) throw trouble('no_image', ids, text === '' ? {} : { said: text })
  const read = await Promise.allSettled(
    found.slice(0, ask.count).map((picture) => readPicture(picture, pages, ids, signal)),
  )
  const images = read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const [first] = read
  if (images.length === 0 && first?.status === 'rejected') throw first.reason
  return {
    ...about,
    images,
    ...(text === '' ? {} : { text }),
    ...(generation_id === undefined ? {} : { generation_id }),
  }
}
