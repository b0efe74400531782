import { createParser } from 'eventsource-parser'
import { detect } from '../core/media-types/detect'
import { Failure } from '../core/failure'
import type { ImagePartial } from '../ports/driver'
import { trouble } from './faults'
import { readUsage, refuseError } from './images-answer'
import { bytesOf } from './images-bytes'
import { fieldsOf, findPicture, textIn, type Answered, type Found } from './images-found'
import type { Begun, Line } from './send'

type Shown = (picture: Omit<ImagePartial, 'index'>) => void

/**
 * Reads the events of a streamed order (API reference 3.4); what is complete before a stream breaks is not lost, for it
 * is paid for.
 */
export async function readImageEvents(line: Line, begun: Begun, shown: Shown): Promise<Answered> {
  const { response, facts } = begun
  const found: Found[] = []
  let text = ''
  let usage: Pick<Answered, 'usage'> = {}
  let isDone = false
  const answered = (): Answered => ({ found, text, choice_count: found.length, ...usage })

  function take(data: string): void {
    if (data === '[DONE]') isDone = true
    if (isDone) return
    const event = parseEvent(data, begun)
    refuseError(event, facts, line.clock.now())
    switch (event['type']) {
      case 'image_generation.partial_image': {
        const bytes = bytesOf(textIn(event['b64_json']))
        if (bytes) shown({ bytes, media_type: detect(bytes.subarray(0, 4096)) ?? 'image/png' })
        break
      }
      case 'image_generation.text_chunk':
        if (event['phase'] === 'content') text += textIn(event['text'])
        break
      case 'image_generation.completed': {
        const picture = findPicture(event)
        if (picture) found.push(picture)
        usage = { ...usage, ...readUsage(event['usage']) }
      }
    }
  }

  const decoder = new TextDecoder()
  const parser = createParser({
    maxBufferSize: line.limits.event_size,
    onEvent: ({ data }) => take(data),
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') {
        throw trouble('malformed', facts, { said: 'One event was larger than the limit' })
      }
    },
  })
  /** A last event without its blank line is whole, or no JSON. */
  function flush(): void {
    try {
      parser.feed(`${decoder.decode()}\n\n`)
    } catch (error) {
      if (!isMalformed(error)) throw error
    }
  }
  try {
    for await (const bytes of response.body ?? []) {
      begun.watch.alive()
      parser.feed(decoder.decode(bytes, { stream: true }))
      if (isDone) break
    }
    if (!isDone) flush()
    if (!isDone && found.length === 0) throw trouble('cut_short', facts)
  } catch (error) {
    if (begun.watch.signal.aborted || found.length === 0) throw error
  }
  return answered()
}

const isMalformed = (error: unknown): boolean =>
  error instanceof Failure && error.fault.code === 'provider_error' && error.fault.kind === 'malformed'

function parseEvent(data: string, { facts }: Begun): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(data))
  } catch {
    throw trouble('malformed', facts)
  }
}
