import { usageOf } from './chunk-reader'
import { errorIn, failureOf, type CallFacts } from './faults'
import { fieldsOf, findPictures, listOf, textIn, type Answered } from './images-found'
import { Usage } from './wire'

/** The error of an answer that began well, thrown (API reference 1.4 D and E). */
export function refuseError(body: unknown, facts: CallFacts, now: number): void {
  const error = errorIn(body)
  if (error) throw failureOf({ error, header: () => undefined, now }, facts)
}

/** `usage` of an answer; unknown fields and forms are passed over. */
export function readUsage(value: unknown): Pick<Answered, 'usage'> {
  const parsed = Usage.safeParse(value)
  return parsed.success ? { usage: usageOf(parsed.data) } : {}
}

/** The JSON answer of `POST /images` (API reference 3.3). */
export function readImages(body: unknown, facts: CallFacts, now: number): Answered {
  refuseError(body, facts, now)
  const { data, usage } = fieldsOf(body)
  return { found: findPictures(data), text: '', choice_count: listOf(data).length, ...readUsage(usage) }
}

/** The JSON answer of chat completions: pictures in `message.images`, seldom among the content (API reference 3.6). */
export function readImageChat(body: unknown, facts: CallFacts, now: number): Answered {
  refuseError(body, facts, now)
  const { choices, usage, id, model, provider } = fieldsOf(body)
  const all = listOf(choices).map(fieldsOf)
  for (const choice of all) refuseError(choice, facts, now)
  const messages = all.map(({ message }) => fieldsOf(message))
  const parts = messages.flatMap(({ content }) => listOf(content))
  const texts = messages.flatMap(({ content, refusal }) => [textIn(content), textIn(refusal)])
  return {
    found: [
      ...messages.flatMap(({ images }) => findPictures(images)),
      ...findPictures(parts.filter((part) => typeof part === 'object')),
    ],
    text: [...texts, ...parts.map((part) => textIn(fieldsOf(part)['text']))].filter(Boolean).join('\n'),
    choice_count: all.length,
    ...readUsage(usage),
    ...(textIn(id) ? { generation_id: textIn(id) } : {}),
    ...(textIn(model) ? { served_model: textIn(model) } : {}),
    ...(textIn(provider) ? { served_provider: textIn(provider) } : {}),
  }
}
