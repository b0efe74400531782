import type { IncomingMessage, ServerResponse } from 'node:http'
import { fault } from '@contract/fault'
import { heartbeatMs, type StreamNotes } from '@contract/http'
import { Failure } from '../daemon/core/failure'
import type { EventLog, NumberedEvent } from '../daemon/ports/events'
import { guardingHeaders } from './respond'

/** Events looked at, and bytes written, in one go. */
const stride = 1_024
const pieceBytes = 64 * 1024
/** A reader who takes nothing for this long is let go. */
const stallMs = 30_000

/** Milliseconds between two tellings: so many for each reader there is, none for a few, never more than this. */
const gapPerReader = 0.5
const shortestGap = 4
const longestGap = 50

export interface EventStreams {
  /** Answers with the stream; refused when a parameter is not known. */
  open(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void
  /** Tells everybody what they have not heard yet, says so, and ends. */
  end(): void
}

interface Options {
  readonly heartbeatMs?: number
  readonly stallMs?: number
}

/**
 * The event stream (contract 13.2 `events`). Nothing is queued per reader: each has a place in the log and is told what
 * comes after it as fast as it reads; whoever falls out of the log hears `reset` and goes on from now.
 */
export function createEventStreams(log: EventLog, options: Options = {}): EventStreams {
  const readers = new Set<Reader>()
  const waiting = new Set<Reader>()
  let isTurnSet = false

  function takeTurn(): void {
    isTurnSet = false
    const turn = [...waiting]
    waiting.clear()
    for (const reader of turn) reader.tell()
  }

  /** A few readers hear at once; many wait a little, so that one writing carries more. */
  function awaitTurn(reader: Reader): void {
    waiting.add(reader)
    if (isTurnSet) return
    isTurnSet = true
    const gap = Math.min(longestGap, readers.size * gapPerReader)
    if (gap < shortestGap) setImmediate(takeTurn)
    else setTimeout(takeTurn, gap)
  }

  return {
    open(request, response, query) {
      for (const name of query.keys()) {
        if (name !== 'after' && name !== 'session_id')
          throw new Failure(fault('call_refused', 'The event stream takes after and session_id.', {}))
      }
      const header = request.headers['last-event-id']
      const after = (typeof header === 'string' && header) || query.get('after') || undefined
      const sessionId = query.get('session_id') ?? undefined
      const reader = openReader({ log, response, after, sessionId, options, awaitTurn })
      readers.add(reader)
      response.on('close', () => {
        readers.delete(reader)
        waiting.delete(reader)
      })
    },
    end() {
      for (const reader of readers) reader.end()
    },
  }
}

interface Reader {
  /** What there is, until the reader is full or has all. */
  tell(): void
  end(): void
}

interface ReaderNeeds {
  readonly log: EventLog
  readonly response: ServerResponse
  readonly after: string | undefined
  readonly sessionId: string | undefined
  readonly options: Options
  /** Has `tell` called soon. */
  readonly awaitTurn: (reader: Reader) => void
}

function openReader({ log, response, after, sessionId, options, awaitTurn }: ReaderNeeds): Reader {
  let place = after ?? log.last()
  let blockedAt: number | undefined
  const isTold = (numbered: NumberedEvent) =>
    sessionId === undefined || numbered.session_id === undefined || numbered.session_id === sessionId
  const isOpen = () => blockedAt === undefined && !response.writableEnded && !response.destroyed

  // The stream ends with its connection: without chunks, each writing is one piece and no more.
  response.useChunkedEncodingByDefault = false
  response.writeHead(200, {
    ...guardingHeaders,
    'content-type': 'text/event-stream; charset=utf-8',
    connection: 'close',
  })
  // A small event must not wait for the acknowledgement of the one before it.
  response.socket?.setNoDelay(true)

  function write(bytes: Buffer | string): void {
    if (!response.write(bytes)) blockedAt ??= performance.now()
  }
  const note = <T extends keyof StreamNotes>(type: T, data: StreamNotes[T]) =>
    write(`id: ${data.last_event_id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`)

  function reset(): void {
    const isSameBoot = bootOf(place) === bootOf(log.last())
    place = log.last()
    note('reset', { reason: isSameBoot ? 'no_longer_kept' : 'other_boot', last_event_id: place })
  }

  const reader: Reader = {
    tell() {
      if (!isOpen()) return
      const numbered = log.after(place, stride)
      if (!numbered) {
        reset()
        return
      }
      const piece: Buffer[] = []
      let bytes = 0
      let last: NumberedEvent | undefined
      for (const each of numbered) {
        last = each
        if (!isTold(each)) continue
        const frame = frameOf(each)
        piece.push(frame)
        bytes += frame.length
        if (bytes >= pieceBytes) break
      }
      if (!last) return
      place = last.id
      const [only, ...more] = piece
      if (only) write(more.length === 0 ? only : Buffer.concat(piece, bytes))
      // Who is behind catches up without waiting for a turn.
      if (numbered.length === stride || last !== numbered.at(-1)) setImmediate(reader.tell)
    },
    end() {
      while (isOpen() && place !== log.last()) reader.tell()
      if (!response.writableEnded) note('end', { reason: 'daemon_stopping', last_event_id: place })
      response.end()
    },
  }

  if (log.after(place, 1)) note('heartbeat', { last_event_id: place })
  awaitTurn(reader)
  const undo = log.listen(() => awaitTurn(reader), sessionId)
  const beating = setInterval(() => {
    if (blockedAt === undefined) {
      reader.tell()
      if (blockedAt === undefined) note('heartbeat', { last_event_id: place })
    } else if (performance.now() - blockedAt > (options.stallMs ?? stallMs)) response.destroy()
  }, options.heartbeatMs ?? heartbeatMs)
  beating.unref()
  response.on('drain', () => {
    blockedAt = undefined
    setImmediate(reader.tell)
  })
  response.on('error', () => response.destroy())
  response.on('close', () => {
    clearInterval(beating)
    undo()
  })
  return reader
}

const bootOf = (id: string) => id.slice(0, id.lastIndexOf('-'))

const lineEnd = Buffer.from('\n\n')
const framesKeptBytes = 1024 * 1024
const frames = new Map<NumberedEvent, Buffer>()
let frameBytes = 0

/** What is new is told to everybody at about the same time: it is put into a frame once. */
function frameOf(numbered: NumberedEvent): Buffer {
  const known = frames.get(numbered)
  if (known) return known
  const head = Buffer.from(`id: ${numbered.id}\nevent: ${numbered.type}\ndata: `)
  const frame = Buffer.concat([head, numbered.json, lineEnd])
  if (frame.length > framesKeptBytes) return frame
  if (frameBytes + frame.length > framesKeptBytes) {
    frames.clear()
    frameBytes = 0
  }
  frames.set(numbered, frame)
  frameBytes += frame.length
  return frame
}
