import type { Clock } from '../ports/clock'
import type { ChatEvent } from '../ports/driver'
import { failureOfAnswer, type CallFacts } from './faults'
import { defaultLimits } from './limits'
import { readAnswer } from './read-stream'
import type { Line } from './send'
import { watch } from './watch'

/** An answer as it was kept. */
export interface RecordedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The body in the pieces in which it was kept. */
  readonly pieces: readonly string[]
  readonly route_id?: string
  readonly model?: string
}

/** Time stands still: nothing that was recorded can be late. */
const stillClock: Clock = {
  now: () => 0,
  after: () => () => undefined,
  sleep: async () => undefined,
}

/** Reads a recorded answer with the reader of the driver itself, without a network; throws the same `Failure`s. */
export async function* replayAnswer(recorded: RecordedAnswer): AsyncGenerator<ChatEvent> {
  const { status, headers, pieces, ...known } = recorded
  const header = (name: string) => headers[name]
  const generation_id = header('x-generation-id')
  const facts: CallFacts = { ...known, ...(generation_id ? { generation_id } : {}) }
  if (status < 200 || status > 299) {
    throw failureOfAnswer({ status, text: pieces.join(''), header, now: stillClock.now() }, facts)
  }
  const nobody = () => Promise.reject(new Error('a replay asks nobody'))
  const line: Line = {
    fetch: nobody,
    stream: nobody,
    clock: stillClock,
    attribution: { appUrl: '', appTitle: '' },
    limits: defaultLimits,
  }
  const { signal } = new AbortController()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece))
      controller.close()
    },
  })
  const type = header('content-type')
  const response = new Response(body, { headers: type === undefined ? {} : { 'content-type': type } })
  const open = async () => ({ response, watch: watch(stillClock, signal, 1), facts })
  yield* readAnswer(line, open, signal)
}
