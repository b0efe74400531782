import { createParser } from 'eventsource-parser'
import { Failure } from '../core/failure'
import type { ChatEvent, FinishReason } from '../ports/driver'
import { createChunkReader, type ChunkReader, type Told } from './chunk-reader'
import { trouble, type CallFacts } from './faults'
import { looksLikePage } from './said'
import { readText, translate, type Begun, type Line } from './send'

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'content_filter',
}

/**
 * Reads an answer: a stream, or one JSON body although a stream was asked for. `finished` comes last and only when the
 * content was complete; everything that arrived before a failure was yielded. One generator reads, translates and tidies
 * up: what passes through several of them is paid for at each.
 */
export async function* readAnswer(
  line: Line,
  open: () => Promise<Begun>,
  caller: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const begun = await open()
  const { response, watch, facts } = begun
  try {
    const type = response.headers.get('content-type') ?? 'text/event-stream'
    yield {
      is: 'accepted',
      ...(facts.generation_id === undefined ? {} : { generation_id: facts.generation_id }),
    }
    if (/^application\/(\w+\+)?json\b/i.test(type)) {
      yield* await readWhole(line, begun)
      return
    }
    if (!/^text\/event-stream\b/i.test(type)) {
      throw trouble('malformed', facts, { http_status: response.status })
    }
    const reader = createEventReader(line, begun)
    let reached: 'content' | 'finish' | 'done' = 'content'
    try {
      for await (const bytes of response.body ?? []) {
        watch.alive()
        const { out, failure } = reader.take(bytes)
        for (const event of out) yield event
        if (failure) throw failure.error
        const now = reader.reached()
        if (now === reached) continue
        reached = now
        // After the last word only the end of the body is missing; read it, and the connection can be used again.
        watch.expect(now === 'done' ? line.limits.end_ms : line.limits.linger_ms)
      }
    } catch (error) {
      // A socket that dies or dawdles once the content is complete takes nothing away.
      const stopped = watch.signal.aborted && !watch.timedOut()
      if (reached === 'content' || stopped || error instanceof Failure) throw error
    }
    yield* reader.end()
  } catch (error) {
    throw translate(error, watch, caller, facts, 'during')
  } finally {
    // Also reached when the consumer leaves its loop early: the socket is closed then and there.
    watch.end()
  }
}

/** The events in some bytes, and what is wrong with what comes after them. */
interface Piece {
  readonly out: readonly ChatEvent[]
  readonly failure?: { readonly error: unknown }
}

function createEventReader({ clock, limits }: Line, { facts, tap }: Begun) {
  const told: Told = { facts, served: {}, done: false }
  const reader = createChunkReader(() => clock.now(), told)
  const decoder = new TextDecoder()
  let heard: 'comment' | 'data' | undefined
  let events: ChatEvent[] = []

  const parser = createParser({
    maxBufferSize: limits.event_size,
    onComment: () => void (heard ??= 'comment'),
    onEvent(event) {
      heard = 'data'
      if (told.done) return
      if (event.data === '[DONE]') told.done = true
      else reader.take(parseEvent(event.data, told.facts), events)
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') {
        throw trouble('malformed', told.facts, { said: 'One event was larger than the limit' })
      }
    },
  })

  /** Feeds a piece; what it held before it failed is not lost. */
  function feed(text: string): Piece {
    heard = undefined
    events = []
    let failure: { readonly error: unknown } | undefined
    try {
      parser.feed(text)
    } catch (error) {
      failure = { error }
    }
    const deltas = reader.drain()
    const grew: ChatEvent[] = deltas.length > 0 ? [{ is: 'grew', deltas }] : []
    // Nearly always there is nothing else.
    if (events.length === 0 && heard === 'data' && !failure) return { out: grew }
    const waiting: ChatEvent[] = heard === 'comment' ? [{ is: 'waiting' }] : []
    // Who serves comes before what was served, the bill after it.
    const out = [
      ...waiting,
      ...servedIn(events, deltas.length > 0),
      ...grew,
      ...events.filter((event) => event.is === 'usage').slice(-1),
    ]
    return failure ? { out, failure } : { out }
  }

  return {
    take(bytes: Uint8Array): Piece {
      const text = decoder.decode(bytes, { stream: true })
      tap?.streamed(text)
      return feed(text)
    },
    reached: () => (told.done ? 'done' : told.finish ? 'finish' : 'content'),
    /** The body is over. */
    *end(): Generator<ChatEvent> {
      if (!told.done) {
        // A last event without its blank line is not delivered by the parser on its own; half of one is not JSON.
        const rest = decoder.decode()
        if (rest !== '') tap?.streamed(rest)
        const { out, failure } = feed(`${rest}\n\n`)
        yield* out
        if (failure && !isMalformed(failure.error)) throw failure.error
      }
      yield* closing(told, reader)
    },
  }
}

const isMalformed = (error: unknown): boolean =>
  error instanceof Failure && error.fault.code === 'provider_error' && error.fault.kind === 'malformed'

async function readWhole({ clock, limits }: Line, begun: Begun): Promise<Generator<ChatEvent>> {
  const told: Told = { facts: begun.facts, served: {}, done: true }
  const text = await readText(begun, limits.event_size)
  begun.tap?.said(text)
  return eventsOf(
    text,
    told,
    createChunkReader(() => clock.now(), told),
  )
}

function* eventsOf(text: string, told: Told, reader: ChunkReader): Generator<ChatEvent> {
  const events: ChatEvent[] = []
  let failure: { readonly error: unknown } | undefined
  try {
    reader.take(parseEvent(text, told.facts), events)
  } catch (error) {
    failure = { error }
  }
  const deltas = reader.drain()
  yield* servedIn(events, deltas.length > 0)
  if (deltas.length > 0) yield { is: 'grew', deltas }
  yield* events.filter((event) => event.is === 'usage')
  if (failure) throw failure.error
  // A whole body is complete even if it doesn't say why it ended.
  told.finish ??= { reason: 'stop' }
  yield* closing(told, reader)
}

/** The last word on who serves, and whether more of the same read follows it. */
const servedIn = (events: readonly ChatEvent[], goesOn: boolean): ChatEvent[] =>
  events
    .filter((event) => event.is === 'served')
    .slice(-1)
    .map((event) => (goesOn ? { ...event, goes_on: true } : event))

function* closing(told: Told, reader: ChunkReader): Generator<ChatEvent> {
  if (!told.finish) throw trouble('cut_short', told.facts)
  // Before the arguments of those calls are made whole.
  const isNameless = reader.hasNamelessCalls()
  reader.close()
  const deltas = reader.drain()
  if (deltas.length > 0) yield { is: 'grew', deltas }
  if (isNameless) throw trouble('malformed', told.facts, { retryable: true })
  const reason = reasons[told.finish.reason] ?? 'other'
  yield {
    is: 'finished',
    reason: reason === 'stop' && reader.hasToolCalls() ? 'tool_calls' : reason,
    ...(told.finish.native === undefined ? {} : { native: told.finish.native }),
  }
}

function parseEvent(data: string, facts: CallFacts): unknown {
  try {
    return JSON.parse(data) as unknown
  } catch {
    throw trouble('malformed', facts, { retryable: !looksLikePage(data) })
  }
}
