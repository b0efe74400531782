import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import type { ToolFacts } from '@contract/message'
import type { Receipt } from '@contract/runs'
import { directCallId } from '../core/images/direct-call'
import { pictureOutput } from '../core/images/picture-output'
import type { Asked } from '../core/runs/step'
import { receiptOf, type Gathered } from '../core/runs/receipt'
import { Failure } from '../core/failure'
import type { ImageAnswer, ImageChoice } from '../ports/images'
import type { RunRecord } from '../ports/store'
import type { CallProgress, ToolCall } from '../ports/tools'
import { orderOf } from './begin-image-run'
import { endImageRun, type CallEnd } from './end-image-run'
import type { End, Ended } from './end-run'
import { faultOf } from './fault-of'
import type { RunPorts } from './run-ports'

export interface ImageRunHandle {
  readonly run: RunRecord
  begin(): void
  /** The run has ended when this returns. */
  stop(asked: Asked): void
  /** Nothing of the run is in flight any more. */
  readonly settled: Promise<void>
}

const shuttingDown = fault('daemon_stopping', 'Kheish was closed while this picture was being made.')

/** Carries out a person's order that has its messages. Nothing of it throws. */
export function createImageRun(on: RunPorts, run: RunRecord, ended: (ended: Ended) => void): ImageRunHandle {
  const { store, clock, log, publish } = on
  const message_id = run.assistant_message_id as MessageId
  const call_id = directCallId(run.run_id)
  const stopping = new AbortController()
  const started_at_ms = clock.now()
  const { session_id, run_id } = run
  let isOver = false
  let working: Promise<void> = Promise.resolve()
  let gathered: Gathered = { route_id: run.route_id, model: run.model, started_at_ms }
  let answers = 0
  /** US dollars that were reported, and answers that came without. */
  let spent = 0
  let unpriced = 0

  const call: ToolCall = {
    run,
    message_id,
    call_id,
    signal: stopping.signal,
    progress: tell,
    dispatch: () => {
      // Whoever stopped it has said that nothing more is sent.
      if (isOver) throw new Failure(fault('interrupted', 'Stopped.'))
      store.calls.dispatch(run_id, call_id, clock.now())
    },
    // `learn` hears it with everything else that was said.
    paid: () => undefined,
  }

  function tell({ partial, ...now }: CallProgress): void {
    if (isOver) return
    const shown = partial ? { partial_uri: on.partials.show(call_id, partial) } : {}
    publish({ type: 'call.progress', run_id, session_id, message_id, call_id, ...now, ...shown })
  }

  /** Written down at once: after a kill it is the only way to learn what a picture cost. */
  function learn({ route_id, model, usage, ...served }: ImageAnswer): void {
    answers += 1
    const { cost_usd, ...tokens } = usage ?? {}
    if (cost_usd === undefined) unpriced += 1
    else spent += cost_usd
    const priced = unpriced === 0 ? { cost_usd: spent } : {}
    gathered = { ...gathered, route_id, model, ...served, usage: { ...tokens, ...priced } }
    if (isOver) return
    try {
      store.runs.update(run_id, { receipt: receipt(), updated_at_ms: clock.now() })
    } catch (error) {
      log.surprise(error)
    }
  }

  function receipt(): Receipt {
    const turns = answers > 1 ? { turns: answers } : {}
    return { ...receiptOf(gathered, clock.now(), estimate()), ...turns }
  }

  /** By the catalogue's price of a picture, for each answer that came without one. */
  function estimate(): Receipt['cost'] | undefined {
    const { route_id, model } = gathered
    const each = store.imageModels.list(route_id).find(({ id }) => id === model)?.usd_per_image
    if (each === undefined) return spent > 0 ? { basis: 'estimated', usd: spent } : undefined
    return { basis: 'estimated', usd: spent + each * unpriced }
  }

  const timed = (facts: ToolFacts = {}): ToolFacts => ({
    started_at_ms,
    duration_ms: clock.now() - started_at_ms,
    ...(spent > 0 ? { cost_usd: spent } : {}),
    ...facts,
  })

  async function work(): Promise<void> {
    try {
      const made = await on.images.make(orderOf(run), candidatesOf(on, run), call, learn)
      if (isOver) return
      const output = JSON.stringify(pictureOutput(made))
      end({ state: 'done', output, facts: timed(made.facts) }, { status: 'completed', receipt: receipt() })
    } catch (error) {
      if (!isOver) fail(faultOf(error, log.surprise))
    }
  }

  function fail(why: Fault): void {
    end({ state: 'failed', output: why.detail, facts: timed() }, { status: 'failed', fault: why, ...paid() })
  }

  /** A receipt only where a provider has answered. */
  const paid = () => (answers > 0 ? { receipt: receipt() } : {})

  function end(result: CallEnd, how: End): void {
    isOver = true
    on.partials.drop(call_id)
    let over: Ended
    try {
      over = endImageRun(on, run, result, how, (batch) =>
        publish({ type: 'run.grew', run_id, session_id, message_id, batch }),
      )
    } catch (error) {
      // The disk refuses; the owner writes an end as soon as there is room.
      const why = { status: 'failed', fault: faultOf(error, log.surprise), ...paid() } as const
      const kept = store.messages.get(message_id)
      const unwritten = { run: { ...run, ...why }, message: kept ? { ...kept, ...why } : null, expired: [] }
      over = unwritten
    }
    ended(over)
  }

  return {
    run,
    begin: () => {
      const refusal = on.spending.refusal()
      if (refusal) fail(refusal)
      else working = work()
    },
    stop: (asked) => {
      if (isOver) return
      isOver = true
      stopping.abort()
      const why = asked === 'shutdown' ? { fault: shuttingDown } : {}
      const status = asked === 'cancel' ? 'cancelled' : 'interrupted'
      end(
        { state: 'failed', output: 'Stopped.', facts: { ...timed(), outcome: 'stopped' } },
        { status, ...why, ...paid() },
      )
    },
    get settled() {
      return working
    },
  }
}

/** The pinned choice first; others only where no route was named, and never in place of one that is gone (contract 6.3). */
function candidatesOf({ images }: RunPorts, run: RunRecord): readonly ImageChoice[] {
  const { operation, provider, model } = orderOf(run)
  const pinned = { route_id: run.route_id, model: run.model }
  if (provider !== undefined) return [pinned]
  const all = images.candidates({ operation, model, soft: pinned })
  const isThere = all.some(({ route_id }) => route_id === pinned.route_id)
  return isThere ? [pinned, ...all.filter(({ route_id }) => route_id !== pinned.route_id)] : [pinned]
}
