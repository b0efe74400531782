import { fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import type { Part, ToolFacts } from '@contract/message'
import { Failure } from '../core/failure'
import { errorText, outputText, weigh, type Brought } from '../core/tools/result'
import type { CallProgress, ToolResult } from '../ports/tools'
import { ToolError } from '../core/tools/tool-error'
import { faultOf } from './fault-of'
import type { Planned } from './plan-calls'
import type { RunPorts } from './run-ports'
import type { ToolRound } from './run-tools'

/** What the calls of a turn have brought together. */
export interface Purse {
  readonly brought: Brought
  readonly add: (after: Brought) => void
}

/** How a call came out. */
interface Outcome {
  readonly state: 'done' | 'failed'
  readonly output: string
  readonly facts: ToolFacts
  readonly shows: readonly Part[]
}

/** Carries out one call and writes down how it came out. Rejects when the disk refuses. */
export async function runCall(on: RunPorts, round: ToolRound, call: Planned, purse: Purse): Promise<void> {
  if (round.signal.aborted) return
  if (call.go !== 'run') {
    const trouble = call.go === 'refuse' ? call.trouble : 'It was not decided.'
    const facts: ToolFacts = call.go === 'refuse' && call.denied ? { denied: true } : {}
    return finish(on, round, call, { state: 'failed', output: errorText(trouble), facts, shows: [] })
  }
  const { run, answer } = round
  const started_at_ms = on.clock.now()
  answer.put([{ at: 'tool', place: call.place, state: 'running', facts: { started_at_ms } }])
  on.store.runs.addEvent(run.run_id, {
    at_ms: started_at_ms,
    kind: 'tool_started',
    data: { call_id: call.part.call_id, name: call.part.name },
  })
  let paid: number | undefined
  const outcome = await carryOut(on, round, call, purse, (usd) => {
    paid = (paid ?? 0) + usd
    round.paid(usd)
  })
  // Whoever stopped the run has said what became of this.
  if (round.signal.aborted) return
  const rest = (outcome.facts.cost_usd ?? 0) - (paid ?? 0)
  if (rest > 0) round.spent(rest)
  const known = {
    started_at_ms,
    duration_ms: on.clock.now() - started_at_ms,
    ...(paid === undefined ? {} : { cost_usd: paid }),
  }
  finish(on, round, call, { ...outcome, facts: { ...known, ...outcome.facts } })
}

type Runnable = Extract<Planned, { go: 'run' }>

async function carryOut(
  on: RunPorts,
  round: ToolRound,
  call: Runnable,
  purse: Purse,
  paid: (usd: number) => void,
): Promise<Outcome> {
  const { clock, partials, log } = on
  const { limits, run } = round
  const { view } = call.tool
  const late = new AbortController()
  const signal = AbortSignal.any([round.signal, late.signal])
  const timeout = Math.min(view.timeout_ms, limits.timeout_ms)
  const undo = clock.after(timeout, () => late.abort())
  const key = `${run.run_id}/${call.part.call_id}`
  let isDispatched = false
  let isOpen = true
  try {
    const result = await unlessAborted(signal, () =>
      call.tool.run(call.input, {
        run,
        message_id: run.assistant_message_id as MessageId,
        call_id: call.part.call_id,
        signal,
        progress: (now) => {
          if (isOpen && !signal.aborted) tellProgress(on, round, call, key, now)
        },
        dispatch: () => {
          // Too late to begin what costs.
          if (!isOpen || signal.aborted) throw new Failure(fault('interrupted', 'Stopped.'))
          on.store.calls.dispatch(run.run_id, call.part.call_id, clock.now())
          isDispatched = true
        },
        paid: (usd) => {
          if (isOpen && !round.signal.aborted) paid(usd)
        },
      }),
    )
    return taken(result, round, purse)
  } catch (error) {
    if (error instanceof ToolError) return failed(error.message)
    if (!late.signal.aborted) return failed(faultOf(error, log.surprise).detail)
    const rest = isDispatched ? ' It may have taken effect all the same; it was not repeated.' : ''
    return failed(
      `“${view.name}” did not come to an end within ${Math.round(timeout / 1_000)} seconds.${rest}`,
    )
  } finally {
    isOpen = false
    undo()
    partials.drop(key)
  }
}

const failed = (detail: string, facts: ToolFacts = {}): Outcome => ({
  state: 'failed',
  output: errorText(detail),
  facts,
  shows: [],
})

function taken({ output, facts = {}, shows = [] }: ToolResult, { limits }: ToolRound, purse: Purse): Outcome {
  const text = outputText(output)
  const shown = shows.flatMap((part): Part[] =>
    part.kind === 'text' || part.kind === 'attachment' ? [{ ...part, emitted: true }] : [],
  )
  const weighed = weigh(text, { facts, shown }, purse.brought, limits)
  // What it cost and what the library keeps is true all the same.
  if ('trouble' in weighed) return failed(weighed.trouble, facts)
  purse.add(weighed.after)
  return { state: 'done', output: text, facts, shows: shown }
}

/** The tool's answer, or a rejection as soon as the signal says so, whether it listens or not. */
function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Failure(fault('interrupted', 'Stopped.')))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    const settle = (tell: () => void) => {
      signal.removeEventListener('abort', abort)
      tell()
    }
    // One that throws at once rejects, too.
    void (async () => work())().then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    )
  })
}

function tellProgress(on: RunPorts, { run }: ToolRound, call: Planned, key: string, now: CallProgress): void {
  const { partial, ...rest } = now
  on.publish({
    type: 'call.progress',
    run_id: run.run_id,
    session_id: run.session_id,
    message_id: run.assistant_message_id as MessageId,
    call_id: call.part.call_id,
    ...rest,
    ...(partial ? { partial_uri: on.partials.show(key, partial) } : {}),
  })
}

/** The message first, in one piece with what is shown: a daemon that ends in between finds the outcome there. */
function finish(
  { store, clock }: RunPorts,
  { run, answer, receipt }: ToolRound,
  call: Planned,
  outcome: Outcome,
): void {
  const { state, output, facts, shows } = outcome
  const { call_id, name } = call.part
  answer.put([
    ...shows.map((part) => ({ at: 'part', part }) as const),
    { at: 'tool', place: call.place, state, output, facts },
  ])
  const at_ms = clock.now()
  store.transaction(() => {
    store.calls.end(run.run_id, call_id, { state, at_ms, output, facts })
    // What was paid stays counted, whatever happens next.
    if (facts.cost_usd !== undefined)
      store.runs.update(run.run_id, { receipt: receipt(), updated_at_ms: at_ms })
    store.runs.addEvent(run.run_id, { at_ms, kind: 'tool_ended', data: { call_id, name, state } })
    store.journal.append(run.session_id, {
      kind: 'tool_call_finished',
      at_ms,
      data: { run_id: run.run_id, call_id, name, state },
    })
  })
}
