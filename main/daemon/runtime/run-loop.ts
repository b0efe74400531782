import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import { Failure } from '../core/failure'
import { picturesOf } from '../core/runs/context-pictures'
import type { Asked, Happened, Todo } from '../core/runs/step'
import { newTurn, step } from '../core/runs/step'
import { mayMove } from '../core/runs/transitions'
import { toolLimits } from '../core/tools/limits'
import type { RunRecord } from '../ports/store'
import { modelOf } from './ask-model'
import { askedIn } from './chat-turn'
import type { Ended } from './end-run'
import { endRun } from './end-run'
import { faultOf } from './fault-of'
import { growAnswer } from './growing-answer'
import type { RunPorts } from './run-ports'
import { runTools } from './run-tools'
import { createTally } from './tally'
import { watchPin } from './watch-pin'
import type { BatchWriter } from './write-batches'

export interface RunHandle {
  readonly run: RunRecord
  /** With a refusal it ends at once. */
  begin(refusal?: Fault): void
  /** It waited for approvals when the daemon before this one ended, and goes on waiting. */
  restore(): void
  /** Goes on if nothing is pending any more. */
  decided(): void
  /** Waits for somebody: nothing of it is in flight. */
  isWaiting(): boolean
  /** What it is doing, and when the next attempt begins. */
  live(): Pick<RunView, 'progress' | 'retry_at_ms'>
  /** The run has ended when this returns; one that waits for approval outlives a `shutdown`. */
  stop(asked: Asked): void
  /** Nothing of the run is in flight any more. */
  readonly settled: Promise<void>
}

/** What the loop tells its owner. */
export interface Told {
  readonly changed: () => void
  /** It waits for somebody, or goes on. */
  readonly moved: () => void
  readonly ended: (ended: Ended) => void
}

/** Carries out what `step` decides for one run that has its messages. Nothing of it throws. */
export function createRun(
  on: RunPorts & { readonly batches: BatchWriter },
  run: RunRecord,
  told: Told,
): RunHandle {
  const { store, clock, log } = on
  const limits = { ...toolLimits, ...on.toolLimits }
  const stopping = new AbortController()
  const { signal } = stopping
  let turn = { ...newTurn, ceiling: limits.turns }
  let retryAt: number | undefined
  let working: Promise<void> = Promise.resolve()
  const pin = watchPin(on, run)
  const tally = createTally(on, run, pin.asked)
  const answer = growAnswer(on, run, {
    grew: () => {
      tally.grew()
      tell({ is: 'grew' })
    },
    // Wakes the loop when the provider is silent.
    refused: () => stopping.abort(),
  })
  const askModel = modelOf(on, { run, answer, tally, pin, signal, isOver: () => turn.over, tell })

  function tell(happened: Happened): void {
    const [next, todo] = step(turn, happened)
    turn = next
    const pause = todo.find((item) => item.do === 'sleep')
    retryAt = pause && clock.now() + pause.ms
    for (const item of todo) perform(item)
  }

  function perform(todo: Todo): void {
    switch (todo.do) {
      case 'ask':
        if (todo.number > 1) tally.begin()
        working = askModel(todo.number)
        return
      case 'write_down':
        working = writeDown()
        return
      case 'sleep':
        working = clock.sleep(todo.ms, signal).then(
          () => tell({ is: 'slept' }),
          () => undefined,
        )
        return
      case 'note_retry':
        noteRetry(todo)
        return
      case 'run_tools':
        working = callTools(todo)
        return
      case 'wait':
        told.moved()
        return
      case 'go_on':
        goOn()
        return
      case 'show':
        told.changed()
        return
      case 'abort':
        stopping.abort()
        return
      case 'end':
        end(todo)
    }
  }

  /** Looked at again: a queued run has waited, others have spent meanwhile, and routes and models may have changed. */
  function refused(): Fault | undefined {
    try {
      const showsPictures = picturesOf(askedIn(store, run)).length > 0
      return on.spending.refusal() ?? (showsPictures ? on.blindness(run) : undefined)
    } catch (error) {
      return faultOf(error, log.surprise)
    }
  }

  /** The text of what a person said, before the model is asked; what it cost belongs to the answer. */
  async function writeDown(): Promise<void> {
    try {
      const message = run.user_message_id as MessageId
      await on.transcription.prepare(run, message, signal, tally.paid)
      // Spent meanwhile: the model is asked only where there is room.
      const refusal = on.spending.refusal()
      if (refusal) throw new Failure(refusal)
      tell({ is: 'written_down' })
    } catch (error) {
      if (!turn.over) tell({ is: 'failed', fault: faultOf(error, log.surprise), chance: 0 })
    }
  }

  async function callTools({ number, again }: Extract<Todo, { do: 'run_tools' }>): Promise<void> {
    try {
      if (turn.over) return
      if (!again) tally.close(answer.turn.base)
      const { receipt, spent, paid } = tally
      const came = await runTools(on, { run, answer, number, again, limits, receipt, spent, paid, signal })
      tell({ is: came === 'held' ? 'held' : 'tools_ended' })
    } catch (error) {
      if (turn.over) return
      // Whatever still runs beside it has nobody to tell any more.
      stopping.abort()
      tell({ is: 'failed', fault: faultOf(answer.refusal?.error ?? error, log.surprise), chance: 0 })
    }
  }

  function goOn(): void {
    try {
      const at = clock.now()
      store.transaction(() => {
        const status = store.runs.get(run.run_id)?.status ?? run.status
        if (!mayMove(status, 'running'))
          throw new Failure(fault('run_state_conflict', 'This run can’t go on.'))
        store.runs.update(run.run_id, { status: 'running', updated_at_ms: at })
        store.sessions.update(run.session_id, { activity: 'running' })
      })
      told.moved()
    } catch (error) {
      tell({ is: 'failed', fault: faultOf(error, log.surprise), chance: 0 })
    }
  }

  /** A disk that refuses the note must not cost the retry. */
  function noteRetry({ retry, code }: Extract<Todo, { do: 'note_retry' }>): void {
    try {
      store.runs.addEvent(run.run_id, { at_ms: clock.now(), kind: 'retried', data: { retry, code } })
    } catch (error) {
      log.surprise(error)
    }
  }

  function end({ status, fault: why }: Extract<Todo, { do: 'end' }>): void {
    let ended: Ended
    try {
      const { base, hasGrown } = answer.turn
      const receipt = turn.at === 'model' && hasGrown ? tally.last(base) : tally.receipt()
      ended = endRun(on, run, { status, receipt, ...(why ? { fault: why } : {}) })
    } catch (error) {
      // The disk refuses. Every journalled byte is there; the owner writes the end as soon as there is room.
      ended = unwritten(faultOf(error, log.surprise))
    }
    told.ended(ended)
  }

  /** An end that only those who listen now hear of: the answer as it is on disk, and why it stops there. */
  function unwritten(why: Fault): Ended {
    const end = { status: 'failed', fault: why, receipt: tally.receipt() } as const
    const kept = store.messages.get(run.assistant_message_id as MessageId)
    return { run: { ...run, ...end }, message: kept ? { ...kept, ...end } : null }
  }

  return {
    run,
    begin: (given) => {
      const refusal = given ?? refused()
      if (refusal) return tell({ is: 'failed', fault: refusal, chance: 0 })
      const { user_message_id: asked } = run
      tell({ is: 'begun', sound: asked !== null && on.transcription.needsPreparing(asked) })
    },
    restore: () => tell({ is: 'restored', number: run.receipt?.turns ?? 1 }),
    decided: () => {
      const isPending = store.approvals.list({ run_id: run.run_id, pending: true, limit: 1 }).length > 0
      if (!isPending) tell({ is: 'decided' })
    },
    isWaiting: () => turn.at === 'approval' && !turn.over,
    live: () => ({
      ...(turn.progress === 'unborn' ? {} : { progress: turn.progress }),
      ...(retryAt === undefined ? {} : { retry_at_ms: retryAt }),
    }),
    stop: (asked) => {
      answer.flush()
      tell({ is: 'stop', asked })
    },
    get settled() {
      return working
    },
  }
}
