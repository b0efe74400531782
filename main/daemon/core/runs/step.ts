import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { RunStatus, RunView } from '@contract/runs'
import { backoff, retriesFor } from './backoff'

export type Progress = NonNullable<RunView['progress']>
/** Who wants the run stopped: the person, something broader, or the daemon's own end. */
export type Asked = 'cancel' | 'interrupt' | 'shutdown'
export type EndStatus = Extract<RunStatus, 'completed' | 'failed' | 'interrupted' | 'cancelled'>

export type Happened =
  | { readonly is: 'begun' }
  /** The provider took the request. */
  | { readonly is: 'accepted' }
  /** A keep-alive. */
  | { readonly is: 'waiting' }
  /** Something a person can see arrived. */
  | { readonly is: 'grew' }
  /** The answer is whole; accounting may follow. */
  | { readonly is: 'finished' }
  /** The provider has nothing more to say. */
  | { readonly is: 'closed' }
  /** `chance` in [0, 1) spreads the retries. */
  | { readonly is: 'failed'; readonly fault: Fault; readonly chance: number }
  /** The wait before a retry is over. */
  | { readonly is: 'slept' }
  | { readonly is: 'stop'; readonly asked: Asked }

export type Todo =
  /** With the key as the keychain has it at that moment. */
  | { readonly do: 'ask' }
  | { readonly do: 'sleep'; readonly ms: number }
  /** Tells the run's event list that another attempt is coming. */
  | { readonly do: 'note_retry'; readonly retry: number; readonly code: string }
  | { readonly do: 'show'; readonly progress: Progress }
  /** Drops the request or the wait that is in flight. */
  | { readonly do: 'abort' }
  | { readonly do: 'end'; readonly status: EndStatus; readonly fault?: Fault }

export interface Turn {
  readonly progress: Progress | 'unborn'
  readonly retries: number
  /** A refused key was read again once. */
  readonly rekeyed: boolean
  /** Bytes of the answer were shown: nothing is asked twice from here on. */
  readonly shown: boolean
  readonly whole: boolean
  readonly over: boolean
}

export const newTurn: Turn = {
  progress: 'unborn',
  retries: 0,
  rekeyed: false,
  shown: false,
  whole: false,
  over: false,
}

type Next = readonly [Turn, readonly Todo[]]

/**
 * What a run does next, given what just happened (contract 6.2, 6.4; API reference 1.8, 1.9).
 * No clock, no network, no store. Whether a fault may be retried was decided where it was born.
 */
export function step(turn: Turn, happened: Happened): Next {
  if (turn.over) return [turn, []]
  switch (happened.is) {
    case 'begun':
      return turn.progress === 'unborn' ? ask(turn) : [turn, []]
    case 'accepted':
    case 'waiting':
      return turn.shown || turn.whole ? [turn, []] : show(turn, 'waiting_for_provider')
    case 'grew':
      return show({ ...turn, shown: true }, 'streaming')
    case 'finished':
      return [{ ...turn, whole: true }, []]
    case 'closed':
      return turn.whole ? end(turn, 'completed') : end(turn, 'failed', brokeOff)
    case 'failed':
      return failed(turn, happened.fault, happened.chance)
    case 'slept':
      return turn.progress === 'retrying' ? ask(turn) : [turn, []]
    case 'stop':
      return stopped(turn, happened.asked)
  }
}

const brokeOff = fault(
  'provider_error',
  'The answer broke off before its end. What arrived is kept; try again.',
  {
    retryable: true,
    kind: 'cut_short',
  },
)

const shuttingDown = fault(
  'daemon_stopping',
  'Kheish was closed while this answer was being written. What arrived is kept.',
)

function failed(turn: Turn, why: Fault, chance: number): Next {
  // The answer is whole; only its accounting got lost (API reference 1.9).
  if (turn.whole) return end(turn, 'completed')
  if (turn.shown || why.code !== 'provider_error') return end(turn, 'failed', why)
  if (why.kind === 'key_refused' && !turn.rekeyed) return ask({ ...turn, rekeyed: true })
  const mayRetry = why.retryable && turn.retries < retriesFor(why.kind)
  const ms = mayRetry ? backoff(turn.retries, why.retry_after_ms, chance) : undefined
  if (ms === undefined) return end(turn, 'failed', why)
  const retries = turn.retries + 1
  const [next, shown] = show({ ...turn, retries }, 'retrying')
  return [next, [{ do: 'note_retry', retry: retries, code: why.kind }, ...shown, { do: 'sleep', ms }]]
}

function stopped(turn: Turn, asked: Asked): Next {
  const abort: Todo = { do: 'abort' }
  const [over, todo] =
    asked === 'cancel'
      ? end(turn, 'cancelled')
      : turn.whole
        ? end(turn, 'completed')
        : end(turn, 'interrupted', asked === 'shutdown' ? shuttingDown : undefined)
  return [over, [abort, ...todo]]
}

function ask(turn: Turn): Next {
  const [next, shown] = show(turn, 'connecting')
  return [next, [...shown, { do: 'ask' }]]
}

/** Progress is told only when it changes. */
const show = (turn: Turn, progress: Progress): Next =>
  turn.progress === progress ? [turn, []] : [{ ...turn, progress }, [{ do: 'show', progress }]]

const end = (turn: Turn, status: EndStatus, why?: Fault): Next => [
  { ...turn, over: true },
  [{ do: 'end', status, ...(why ? { fault: why } : {}) }],
]
