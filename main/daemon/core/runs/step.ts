import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { RunStatus, RunView } from '@contract/runs'
import { toolLimits } from '../tools/limits'
import { backoff, retriesFor } from './backoff'

export type Progress = NonNullable<RunView['progress']>
/** Who wants the run stopped: the person, something broader, or the daemon's own end. */
export type Asked = 'cancel' | 'interrupt' | 'shutdown'
export type EndStatus = Extract<RunStatus, 'completed' | 'failed' | 'interrupted' | 'cancelled'>

export type Happened =
  /** `sound`: recordings of the person's message are written down first. */
  | { readonly is: 'begun'; readonly sound?: boolean }
  /** They are. */
  | { readonly is: 'written_down' }
  /** It waited for approvals when its daemon ended. */
  | { readonly is: 'restored'; readonly number: number }
  /** The provider took the request. */
  | { readonly is: 'accepted' }
  /** A keep-alive. */
  | { readonly is: 'waiting' }
  /** Something a person can see arrived. */
  | { readonly is: 'grew' }
  /** The answer is whole and asks for so many tools to be called; accounting may follow. */
  | { readonly is: 'finished'; readonly calls: number }
  /** The provider has nothing more to say. */
  | { readonly is: 'closed' }
  /** `chance` in [0, 1) spreads the retries. */
  | { readonly is: 'failed'; readonly fault: Fault; readonly chance: number }
  /** The wait before a retry is over. */
  | { readonly is: 'slept' }
  /** Somebody has to decide before the tools may run. */
  | { readonly is: 'held' }
  /** Everything was decided. */
  | { readonly is: 'decided' }
  /** Every call of the turn has its result. */
  | { readonly is: 'tools_ended' }
  | { readonly is: 'stop'; readonly asked: Asked }

export type Todo =
  /** The model, with the key as the keychain has it at that moment. */
  | { readonly do: 'ask'; readonly number: number }
  /** Recordings of the person's message; what fails of it ends the run before the model is asked (contract 10.5). */
  | { readonly do: 'write_down' }
  | { readonly do: 'sleep'; readonly ms: number }
  /** Tells the run's event list that another attempt is coming. */
  | { readonly do: 'note_retry'; readonly retry: number; readonly code: string }
  /** Those that the turn asked for; `again` after some were held. */
  | { readonly do: 'run_tools'; readonly number: number; readonly again: boolean }
  /** Tells that it waits for somebody. */
  | { readonly do: 'wait' }
  /** It was waiting and is running again. */
  | { readonly do: 'go_on' }
  | { readonly do: 'show'; readonly progress: Progress }
  /** Drops the request, the wait or the tools that are in flight. */
  | { readonly do: 'abort' }
  | { readonly do: 'end'; readonly status: EndStatus; readonly fault?: Fault }

export interface Turn {
  readonly progress: Progress | 'unborn'
  /** Of the request to the model, from 1. */
  readonly number: number
  /** Requests that a run may make; 0: as many as it likes (contract 6.4). */
  readonly ceiling: number
  readonly at: 'sound' | 'model' | 'tools' | 'approval'
  readonly retries: number
  /** A refused key was read again once. */
  readonly rekeyed: boolean
  /** Bytes of this turn's answer were shown: it is not asked twice from here on. */
  readonly shown: boolean
  readonly whole: boolean
  /** Tools that the answer asks for. */
  readonly calls: number
  readonly over: boolean
}

export const newTurn: Turn = {
  progress: 'unborn',
  number: 1,
  ceiling: toolLimits.turns,
  at: 'model',
  retries: 0,
  rekeyed: false,
  shown: false,
  whole: false,
  calls: 0,
  over: false,
}

type Next = readonly [Turn, readonly Todo[]]

/**
 * What a run does next, given what just happened (contract 6.2, 6.4; API reference 1.8, 1.9, 2.4). An answer that asks
 * for tools is followed by their results and another turn. No clock, no network, no store. Whether a fault may be
 * retried was decided where it was born.
 */
export function step(turn: Turn, happened: Happened): Next {
  if (turn.over) return [turn, []]
  const isUnborn = turn.progress === 'unborn'
  switch (happened.is) {
    case 'begun':
      if (!isUnborn) return [turn, []]
      return happened.sound ? writeDown(turn) : ask(turn)
    case 'written_down':
      return turn.at === 'sound' ? ask({ ...turn, at: 'model' }) : [turn, []]
    case 'restored':
      return isUnborn ? restored(turn, happened.number) : [turn, []]
    case 'held':
      return turn.at === 'tools' ? [{ ...turn, at: 'approval' }, [{ do: 'wait' }]] : [turn, []]
    case 'decided':
      return turn.at === 'approval' ? decided(turn) : [turn, []]
    case 'tools_ended':
      return turn.at === 'tools' ? nextTurn(turn) : [turn, []]
    case 'failed':
      return failed(turn, happened.fault, happened.chance)
    case 'stop':
      return stopped(turn, happened.asked)
    default:
      return turn.at === 'model' ? heard(turn, happened) : [turn, []]
  }
}

type Heard = Extract<Happened, { is: 'accepted' | 'waiting' | 'grew' | 'finished' | 'closed' | 'slept' }>

/** What comes from the model. */
function heard(turn: Turn, happened: Heard): Next {
  switch (happened.is) {
    case 'accepted':
    case 'waiting':
      return turn.shown || turn.whole ? [turn, []] : show(turn, 'waiting_for_provider')
    case 'grew':
      return show({ ...turn, shown: true }, 'streaming')
    case 'finished':
      return [{ ...turn, whole: true, calls: happened.calls }, []]
    case 'closed':
      return turn.whole ? answered(turn) : end(turn, 'failed', brokeOff)
    case 'slept':
      return turn.progress === 'retrying' ? ask(turn) : [turn, []]
  }
}

/** The answer is whole. */
const answered = (turn: Turn): Next => (turn.calls > 0 ? runTools(turn, false) : end(turn, 'completed'))

function runTools(turn: Turn, again: boolean): Next {
  const [next, shown] = show({ ...turn, at: 'tools' }, 'running_tools')
  return [next, [...shown, { do: 'run_tools', number: turn.number, again }]]
}

function decided(turn: Turn): Next {
  const [next, todo] = runTools(turn, true)
  return [next, [{ do: 'go_on' }, ...todo]]
}

const restored = (turn: Turn, number: number): Next => [
  { ...turn, number, at: 'approval', progress: 'running_tools', whole: true },
  [],
]

/** With their results, the model is asked once more. */
function nextTurn({ progress, number, ceiling, ...turn }: Turn): Next {
  if (ceiling > 0 && number >= ceiling)
    return end({ ...turn, progress, number, ceiling }, 'failed', tooLong(number))
  return ask({ ...newTurn, progress, ceiling, number: number + 1 })
}

const tooLong = (turns: number): Fault =>
  fault(
    'turn_ceiling_reached',
    `The model has called tools ${turns} times over without coming to an end. What it did is kept.`,
  )

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
  if (turn.at !== 'model') return end(turn, 'failed', why)
  // The answer is whole; only its accounting got lost (API reference 1.9).
  if (turn.whole && (turn.calls === 0 || why.code === 'provider_error')) return answered(turn)
  if (turn.shown || why.code !== 'provider_error') return end(turn, 'failed', why)
  if (why.kind === 'key_refused' && !turn.rekeyed) return ask({ ...turn, rekeyed: true })
  const mayRetry = why.retryable && turn.retries < retriesFor(why.kind)
  const ms = mayRetry ? backoff(turn.retries, why.retry_after_ms, chance) : undefined
  if (ms === undefined) return end(turn, 'failed', why)
  const retries = turn.retries + 1
  const [next, shown] = show({ ...turn, retries }, 'retrying')
  return [next, [{ do: 'note_retry', retry: retries, code: why.kind }, ...shown, { do: 'sleep', ms }]]
}

/** What waits for somebody outlives the daemon (contract 6.5); everything else ends here and now. */
function stopped(turn: Turn, asked: Asked): Next {
  const abort: Todo = { do: 'abort' }
  if (turn.at === 'approval' && asked === 'shutdown') return [{ ...turn, over: true }, [abort]]
  const isDone = turn.at === 'model' && turn.whole && turn.calls === 0
  const [over, todo] =
    asked === 'cancel'
      ? end(turn, 'cancelled')
      : isDone
        ? end(turn, 'completed')
        : end(turn, 'interrupted', asked === 'shutdown' ? shuttingDown : undefined)
  return [over, [abort, ...todo]]
}

function writeDown(turn: Turn): Next {
  const [next, shown] = show({ ...turn, at: 'sound' }, 'transcribing')
  return [next, [...shown, { do: 'write_down' }]]
}

function ask(turn: Turn): Next {
  const [next, shown] = show(turn, 'connecting')
  return [next, [...shown, { do: 'ask', number: turn.number }]]
}

/** Progress is told only when it changes. */
const show = (turn: Turn, progress: Progress): Next =>
  turn.progress === progress ? [turn, []] : [{ ...turn, progress }, [{ do: 'show', progress }]]

const end = (turn: Turn, status: EndStatus, why?: Fault): Next => [
  { ...turn, over: true },
  [{ do: 'end', status, ...(why ? { fault: why } : {}) }],
]
