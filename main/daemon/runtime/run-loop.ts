import type { Fault } from '@contract/fault'
import type { Delta } from '@contract/fold'
import { squeeze } from '@contract/fold'
import type { AssetId, MessageId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { Receipt, RunView } from '@contract/runs'
import { Failure } from '../core/failure'
import { estimateCost, partsTokens, roughTokens } from '../core/pricing/estimate'
import { picturesOf } from '../core/runs/context-pictures'
import type { Gathered } from '../core/runs/receipt'
import { receiptOf } from '../core/runs/receipt'
import type { Asked, Happened, Todo } from '../core/runs/step'
import { billedModel } from '../core/runs/served'
import { newTurn, step } from '../core/runs/step'
import { textOf } from '../core/runs/text-of'
import type { Access, ChatEvent, ChatTurn } from '../ports/driver'
import type { AttemptCapture, Outcome, RunCapture } from '../ports/evidence'
import type { LeaseKey } from '../ports/leases'
import type { RunRecord } from '../ports/store'
import type { Ended } from './end-run'
import { endRun } from './end-run'
import { faultOf } from './fault-of'
import { historyOf } from './history'
import type { RunPorts } from './run-ports'
import { watchPin } from './watch-pin'
import type { BatchFate, BatchWriter } from './write-batches'

export interface RunHandle {
  readonly run: RunRecord
  begin(): void
  /** What it is doing, and when the next attempt begins. */
  live(): Pick<RunView, 'progress' | 'retry_at_ms'>
  /** The run has ended when this returns. */
  stop(asked: Asked): void
  /** Nothing of the run is in flight any more. */
  readonly settled: Promise<void>
}

/** What the loop tells its owner. */
export interface Told {
  readonly changed: () => void
  readonly ended: (ended: Ended) => void
}

/** Carries out what `step` decides for one run that has its messages. Nothing of it throws. */
export function createRun(
  on: RunPorts & { readonly batches: BatchWriter },
  run: RunRecord,
  told: Told,
): RunHandle {
  const { store, clock, log, batches } = on
  const messageId = run.assistant_message_id as MessageId
  const stopping = new AbortController()
  let turn = newTurn
  let seen = 0
  let retryAt: number | undefined
  let asking: Promise<void> = Promise.resolve()
  let kept: RunCapture | undefined
  /** Why what was received could not be kept. */
  let refusal: { readonly error: unknown } | undefined
  const pin = watchPin(on, run)
  let gathered: Gathered = {
    route_id: run.route_id,
    model: run.model,
    ...pin.asked,
    started_at_ms: clock.now(),
  }

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
        asking = ask()
        return
      case 'sleep':
        asking = clock.sleep(todo.ms, stopping.signal).then(
          () => tell({ is: 'slept' }),
          () => undefined,
        )
        return
      case 'note_retry':
        noteRetry(todo)
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

  /** One attempt. The key is read from the keychain each time, so a fresh one needs nothing more. */
  async function ask(): Promise<void> {
    let attempt: AttemptCapture | undefined
    /** Before the run's end is told, so that its evidence is there by then. */
    const put = (how: Outcome['how'], why?: Fault): void => {
      const parts = () => store.messages.get(messageId)?.parts ?? []
      const receipt = receiptOf(gathered, clock.now())
      attempt?.ended({ how, parts, receipt, ...(why ? { fault: why } : {}) })
      attempt = undefined
    }
    try {
      const [access, capture] = await Promise.all([openAccess(on.lease, run), kept ?? on.evidence.open(run)])
      kept = capture
      if (turn.over) return
      const asked = chatTurn(on, run)
      attempt = capture?.attempt(asked)
      pin.prepare(access, stopping.signal)
      let stray: Fault | undefined
      for await (const event of on.driver.streamChat(access, asked, stopping.signal, attempt)) {
        if (turn.over) return
        // What is said about an answer, its end for instance, is heard after the answer itself.
        if (event.is !== 'grew') batches.flush(messageId)
        if (!refusal) hear(event)
        if (refusal) throw refusal.error
        if (event.is === 'served') {
          stray = await lookAtPin()
          if (event.goes_on) continue
        }
        // What came along was paid for and is kept; nothing more is let in.
        if (stray) throw new Failure(stray)
      }
      batches.flush(messageId)
      if (refusal) throw refusal.error
      put('closed')
      tell({ is: 'closed' })
    } catch (error) {
      if (turn.over) return
      batches.flush(messageId)
      const why = faultOf(refusal ? refusal.error : error, log.surprise)
      put('failed', why)
      tell({ is: 'failed', fault: why, chance: on.ids.chance() })
    } finally {
      put('stopped')
    }
  }

  function hear(event: ChatEvent): void {
    switch (event.is) {
      case 'accepted':
      case 'served':
        learn(event)
        return event.is === 'accepted' ? tell({ is: 'accepted' }) : undefined
      case 'waiting':
        return tell({ is: 'waiting' })
      case 'grew':
        return grow(event.deltas)
      case 'usage':
        gathered = { ...gathered, usage: { ...gathered.usage, ...event.usage } }
        return
      case 'finished':
        gathered = { ...gathered, finish_reason: gathered.finish_reason ?? event.reason }
        return tell({ is: 'finished' })
    }
  }

  function learn(event: Extract<ChatEvent, { is: 'accepted' | 'served' }>): void {
    const known = gathered.generation_id
    gathered = {
      ...gathered,
      ...(event.generation_id === undefined ? {} : { generation_id: event.generation_id }),
      ...(event.is === 'served' && event.model !== undefined ? { served_model: event.model } : {}),
      ...(event.is === 'served' && event.provider !== undefined ? { served_provider: event.provider } : {}),
    }
    // Written down at once: after a kill it is the only way to learn what the answer cost.
    if (gathered.generation_id !== undefined && gathered.generation_id !== known) {
      const at = clock.now()
      store.runs.update(run.run_id, { receipt: receiptOf(gathered, at), updated_at_ms: at })
    }
  }

  async function lookAtPin(): Promise<Fault | undefined> {
    const { fault: stray, ...seen } = await pin.look(gathered)
    gathered = { ...gathered, ...seen }
    return stray
  }

  /** On disk first, then in the window. */
  function grow(deltas: readonly Delta[]): void {
    if (deltas.length === 0) return
    const batch = { from: seen + 1, upto: seen + deltas.length, deltas: squeeze(deltas) }
    seen = batch.upto
    batches.write(messageId, batch, fate)
  }

  const fate: BatchFate = {
    stored: (batch) => {
      if (gathered.first_token_at_ms === undefined) gathered = { ...gathered, first_token_at_ms: clock.now() }
      tell({ is: 'grew' })
      on.publish({
        type: 'run.grew',
        run_id: run.run_id,
        session_id: run.session_id,
        message_id: messageId,
        batch,
      })
    },
    refused: (error) => {
      refusal = { error }
      // Wakes the loop when the provider is silent.
      stopping.abort()
    },
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
      const isCounted = gathered.usage?.cost_usd !== undefined
      const receipt = receiptOf(gathered, clock.now(), seen > 0 && !isCounted ? estimate() : undefined)
      ended = endRun(on, run, { status, receipt, ...(why ? { fault: why } : {}) })
    } catch (error) {
      // The disk refuses. Every journalled byte is there; the owner writes the end as soon as there is room.
      ended = unwritten(faultOf(error, log.surprise))
    }
    told.ended(ended)
  }

  /** An end that only those who listen now hear of: the answer as it is on disk, and why it stops there. */
  function unwritten(why: Fault): Ended {
    const end = { status: 'failed', fault: why, receipt: receiptOf(gathered, clock.now()) } as const
    const kept = store.messages.get(messageId)
    return { run: { ...run, ...end }, message: kept ? { ...kept, ...end } : null }
  }

  /** By the catalogue's prices and the text, where the provider's count never came. */
  function estimate(): Receipt['cost'] {
    const paid = billedModel({ ...run, receipt: receiptOf(gathered, clock.now()) })
    const prices = store.models.find(run.route_id, paid) ?? store.models.find(run.route_id, run.model)
    const { history, pictures } = chatTurn(on, run)
    const asked = history.reduce((sum, { parts }) => sum + partsTokens(parts, pictures), 0)
    const answered = textOf(store.messages.get(messageId)?.parts ?? [])
    return estimateCost(prices, {
      prompt_tokens: gathered.usage?.prompt_tokens ?? asked,
      completion_tokens: gathered.usage?.completion_tokens ?? roughTokens(answered),
    })
  }

  return {
    run,
    begin: () => {
      const refusal = refused()
      tell(refusal ? { is: 'failed', fault: refusal, chance: 0 } : { is: 'begun' })
    },
    live: () => ({
      ...(turn.progress === 'unborn' ? {} : { progress: turn.progress }),
      ...(retryAt === undefined ? {} : { retry_at_ms: retryAt }),
    }),
    stop: (asked) => {
      batches.flush(messageId)
      tell({ is: 'stop', asked })
    },
    get settled() {
      return asking
    },
  }
}

/** A key that was changed while the keychain answered is read once more. */
async function openAccess(lease: LeaseKey, run: RunRecord): Promise<Access> {
  const subject = `session:${run.session_id}`
  const leased = await lease(run.route_id, subject)
  const isGood = leased.view()?.active ?? true
  return isGood ? leased.open() : (await lease(run.route_id, subject)).open()
}

const askedIn = ({ messages }: RunPorts['store'], run: RunRecord): readonly Part[] =>
  (run.user_message_id && messages.get(run.user_message_id)?.parts) || []

function chatTurn(
  { store, contents, blindness }: Pick<RunPorts, 'store' | 'contents' | 'blindness'>,
  run: RunRecord,
): ChatTurn & { readonly pictures: ReadonlySet<AssetId> } {
  const entry = store.models.find(run.route_id, run.model)
  const { context_assets = [] } = run
  // A retry with another model keeps what was pinned; a blind one is told of it in words.
  const earlier = context_assets.length > 0 && !blindness(run) ? context_assets : []
  const now = picturesOf(askedIn(store, run)).map((asset) => asset.asset_id)
  return {
    model: run.model,
    ...(run.fallback_models ? { fallback_models: run.fallback_models } : {}),
    ...(run.provider_preferences ? { provider_preferences: run.provider_preferences } : {}),
    system: store.runtime.get().system_prompt,
    history: historyOf(store, run.assistant_message_id as MessageId),
    contents,
    pictures: new Set([...now, ...earlier]),
    generation: run.generation,
    ...(entry ? { entry } : {}),
    session_id: run.session_id,
  }
}
