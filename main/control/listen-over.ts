import type { IncomingMessage } from 'node:http'
import type { DaemonEvent } from '@contract/events'
import type { Answer } from '@contract/fault'
import { eventsPath, heartbeatMs, type StreamNotes } from '@contract/http'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { readAnswer, send, unreachable, type Line } from './ask-over'

export interface ListenOptions {
  /** Id of the last event that was heard; what came since is told first. Absent: from now on. */
  readonly after?: string
  /** Only this chat, and what concerns everybody. */
  readonly session_id?: string
  readonly signal?: AbortSignal
  /** What was missed can't be told any more. The stream goes on. */
  readonly onReset?: (reset: StreamNotes['reset']) => void
  /** Everything up to this event has been told. */
  readonly onPlace?: (lastEventId: string) => void
}

export interface Listening {
  readonly ended: Promise<StreamEnd>
}

export interface StreamEnd {
  /** `stopped` by the signal, `daemon_stopping` as the daemon said, `lost` without a word, `silent` for too long. */
  readonly reason: 'stopped' | 'daemon_stopping' | 'lost' | 'silent'
  /** To go on from: `after` of the next stream. */
  readonly last_event_id: string
}

/** Opens the event stream; resolves at its first word, which says from where on everything is told. */
export async function listenOver(
  line: Line,
  options: ListenOptions,
  hear: (event: DaemonEvent, id: string) => void,
  closing: AbortSignal,
): Promise<Answer<Listening>> {
  const { after, session_id, signal } = options
  const query = new URLSearchParams({
    ...(after === undefined ? {} : { after }),
    ...(session_id === undefined ? {} : { session_id }),
  })
  const until = signal ? AbortSignal.any([signal, closing]) : closing
  try {
    // A connection of its own: it never comes back to the others.
    const request = { socketPath: line.socketPath, agent: false, signal: until } as const
    const response = await send({ ...request, path: `${eventsPath}?${query.toString()}` })
    if (response.statusCode === 200) return await open(response, options, hear, until)
    return (await readAnswer(response)) as Answer<never>
  } catch (error) {
    return { ok: false, fault: unreachable(error) }
  }
}

function open(
  response: IncomingMessage,
  { after = '', onReset, onPlace }: ListenOptions,
  hear: (event: DaemonEvent, id: string) => void,
  until: AbortSignal,
): Promise<Answer<Listening>> {
  let last_event_id = after
  let reason: StreamEnd['reason'] = 'lost'
  return new Promise((resolve) => {
    const silence = setTimeout(() => {
      reason = 'silent'
      response.destroy()
    }, heartbeatMs * 3)
    const ended = new Promise<StreamEnd>((end) => {
      response.once('close', () => {
        clearTimeout(silence)
        end({ reason: until.aborted ? 'stopped' : reason, last_event_id })
        // Too early to have been opened: the promise of a word was not kept.
        resolve({ ok: false, fault: unreachable(undefined) })
      })
    })
    const take = ({ id = '', event, data }: EventSourceMessage) => {
      last_event_id = id
      if (event === 'end') reason = (JSON.parse(data) as StreamNotes['end']).reason
      else if (event === 'reset') onReset?.(JSON.parse(data) as StreamNotes['reset'])
      // What this version does not know is for its reader to pass over.
      else if (event !== 'heartbeat') hear(JSON.parse(data) as DaemonEvent, id)
      onPlace?.(id)
      resolve({ ok: true, value: { ended } })
    }
    const parser = createParser({ onEvent: take })
    const decoder = new TextDecoder()
    response.on('data', (chunk: Buffer) => {
      silence.refresh()
      parser.feed(decoder.decode(chunk, { stream: true }))
    })
    response.on('error', () => response.destroy())
  })
}
