import { fault } from '@contract/fault'
import type { RunId, SessionId } from '@contract/ids'
import { Failure } from '../core/failure'
import { isTerminal } from '../core/runs/transitions'
import type { Queue } from '../ports/queue'
import type { RunRecord } from '../ports/store'
import { atMost } from './at-most'
import { beginRun } from './begin-run'
import type { Begun } from './begin-run'
import type { Ended } from './end-run'
import { endRun } from './end-run'
import { createImageRuns } from './image-runs'
import type { RunHandle } from './run-loop'
import { createRun } from './run-loop'
import type { RunPorts } from './run-ports'
import { viewRun } from './views'
import { waitingImages } from './waiting-images'
import { createBatchWriter } from './write-batches'

export interface LiveQueue extends Queue {
  /** Takes up again what waited for approval when the daemon before this one ended; to be called before anything else. */
  restore(): void
  /** Starts what waits in every session that is free, and what was decided meanwhile. */
  resume(): void
  /**
   * Ends what is active (`daemon_stopping`), keeps what is queued or waits for approval; resolves when nothing is in
   * flight.
   */
  stopAll(): Promise<void>
  /** Runs in flight; those that wait for somebody are not. */
  activeCount(): number
  /** Ends them; what is queued or waits stays so. */
  interruptAll(): void
}

export interface QueuePorts extends RunPorts {
  /** False while routes or keys are missing: what is queued then stays queued. */
  readonly mayStart: () => boolean
  /** Up for a single command: what waited before it came goes on with the next daemon. */
  readonly isPassive?: boolean
  /** Hears of every end, after everybody else. */
  readonly ended: (run: RunRecord) => void
  /** A chat is free of the run it had, and of the next one unless it started; or its run waits for somebody. */
  readonly freed?: () => void
}

/** Milliseconds between two tries to write an end that the disk refused. */
const endAgainAfter = 10_000

/** Sessions run side by side, the runs of one session one after the other (contract 6.4). */
export function createQueue(on: QueuePorts): LiveQueue {
  const { store, clock, publish } = on
  const active = new Map<SessionId, RunHandle>()
  const inFlight = new Set<Promise<void>>()
  const waiters = new Map<RunId, ((run: RunRecord) => void)[]>()
  const late = new Set<() => void>()
  const restored = new Set<RunId>()
  const batches = createBatchWriter({ store, clock, runsUnderWay: () => active.size })
  let stopped = false
  const pictures = createImageRuns({
    ...on,
    mayStart: () => mayStart(),
    begun: tellBegun,
    ended: (ended, settled) => {
      inFlight.add(settled)
      void settled.finally(() => inFlight.delete(settled))
      finish(ended)
    },
    changed: ({ run_id }) => publishRun(run_id),
  })

  const view = (run: RunRecord) => {
    if (run.kind === 'image')
      return viewRun(store, run, pictures.isRunning(run.run_id) ? { progress: 'running_tools' } : undefined)
    const handle = active.get(run.session_id)
    return viewRun(store, run, handle?.run.run_id === run.run_id ? handle.live() : undefined)
  }

  function admit(run: RunRecord) {
    const free = !active.has(run.session_id) && store.runs.queued(run.session_id).length === 0
    const begun = enroll(run, () => (free && mayStart() ? beginRun(on, run) : undefined))
    if (begun.messages.length > 0) launch(begun)
    return accepted(begun)
  }

  function admitImage(run: RunRecord) {
    const begun = enroll(run, () => pictures.beginNow(run))
    if (begun.messages.length > 0) pictures.launch(begun)
    return accepted(begun)
  }

  const accepted = ({ run, messages }: Begun) => ({ run: view(store.runs.get(run.run_id) ?? run), messages })

  /** Stores a new run, begun when `begin` says so. */
  function enroll(run: RunRecord, begin: () => Begun | undefined): Begun {
    const begun = store.transaction((): Begun => {
      store.runs.add(run)
      store.runs.addEvent(run.run_id, { at_ms: run.submitted_at_ms, kind: 'accepted' })
      store.journal.append(run.session_id, {
        kind: 'input_received',
        at_ms: run.submitted_at_ms,
        data: {
          run_id: run.run_id,
          parts: run.input,
          ...(run.observed ? { observed: run.observed } : {}),
        },
      })
      const now = begin()
      if (now) return now
      const position = viewRun(store, run).queued_position ?? 0
      store.runs.addEvent(run.run_id, { at_ms: run.submitted_at_ms, kind: 'queued', data: { position } })
      return { run, messages: [] }
    })
    publish({ type: 'run.accepted', run: view(begun.run) })
    return begun
  }

  const inFlightNow = () => [...active.values()].filter((handle) => !handle.isWaiting())
  const mayStart = () => !stopped && on.mayStart()

  function startNext(session: SessionId): void {
    if (active.has(session) || !mayStart()) return
    const next = store.runs.queued(session)[0]
    if (!next) return
    try {
      launch(store.transaction(() => beginRun(on, next)))
      publishPositions(session)
    } catch (error) {
      // The disk refuses; the run stays queued and the next end or start tries again.
      on.log.surprise(error)
    }
  }

  function tellBegun({ run, messages }: Begun): void {
    for (const message of messages) publish({ type: 'message.added', message })
    publishSession(run.session_id)
  }

  function launch(begun: Begun): void {
    tellBegun(begun)
    take(begun.run).begin(begun.refusal)
  }

  function take(run: RunRecord): RunHandle {
    const handle = createRun({ ...on, batches }, run, {
      changed: () => publishRun(run.run_id),
      moved: () => {
        publishRun(run.run_id)
        publishSession(run.session_id)
        on.freed?.()
      },
      ended: finish,
    })
    active.set(run.session_id, handle)
    return handle
  }

  function finish({ run, message, expired = [] }: Ended): void {
    const handle = active.get(run.session_id)
    if (handle?.run.run_id === run.run_id) {
      active.delete(run.session_id)
      const { settled } = handle
      inFlight.add(settled)
      void settled.finally(() => inFlight.delete(settled))
    }
    for (const approval of expired) publish({ type: 'approval.changed', approval })
    publish({ type: 'run.ended', run: view(run), message })
    publishSession(run.session_id)
    on.spending.changed()
    for (const wake of waiters.get(run.run_id) ?? []) wake(run)
    waiters.delete(run.run_id)
    if (isTerminal(store.runs.get(run.run_id)?.status ?? run.status)) on.ended(run)
    else endLater(run)
    startNext(run.session_id)
    on.freed?.()
  }

  /** The disk refused the end: it was told, and is written as soon as there is room. */
  function endLater(run: RunRecord): void {
    const undo = clock.after(endAgainAfter, () => {
      late.delete(undo)
      try {
        const { fault: why, receipt } = run
        const { message } = endRun(on, run, {
          status: 'failed',
          ...(why ? { fault: why } : {}),
          ...(receipt ? { receipt } : {}),
        })
        if (message) publish({ type: 'message.changed', message })
        publishSession(run.session_id)
      } catch {
        endLater(run)
      }
    })
    late.add(undo)
  }

  function publishRun(id: RunId): void {
    const run = store.runs.get(id)
    if (run && !isTerminal(run.status)) publish({ type: 'run.changed', run: view(run) })
  }

  function publishPositions(session: SessionId): void {
    for (const run of store.runs.queued(session)) publish({ type: 'run.changed', run: view(run) })
  }

  function publishSession(id: SessionId): void {
    const session = store.sessions.get(id)
    if (session) publish({ type: 'session.changed', session })
  }

  function find(id: RunId): RunRecord {
    const run = store.runs.get(id)
    if (run) return run
    throw new Failure(fault('run_not_found', 'There is no such run.'))
  }

  function cancel(id: RunId): RunRecord {
    const run = find(id)
    if (run.status === 'cancelled') return run
    if (isTerminal(run.status)) {
      throw new Failure(fault('run_state_conflict', `This run has already ${pastOf[run.status] ?? 'ended'}.`))
    }
    const handle = active.get(run.session_id)
    if (handle?.run.run_id === id) handle.stop('cancel')
    else if (!pictures.stop(id, 'cancel')) {
      finish(endRun(on, run, { status: 'cancelled' }))
      publishPositions(run.session_id)
      if (run.kind === 'image') pictures.resume()
    }
    return find(id)
  }

  function interrupt(session: SessionId): RunRecord | null {
    const handle = active.get(session)
    handle?.stop('interrupt')
    const picture = pictures.stopAll('interrupt', session)
    const stoppedRun = handle?.run ?? picture
    return stoppedRun ? find(stoppedRun.run_id) : null
  }

  return {
    admit,
    cancel,
    interrupt,
    view,
    admitImage,
    decided(id) {
      const handle = active.get(find(id).session_id)
      const isLeft = on.isPassive === true && restored.has(id)
      // While the routes are read again, `resume` comes later.
      if (handle?.run.run_id === id && mayStart() && !isLeft) handle.decided()
    },
    drop(session) {
      // The queued ones first, last first, so that none of them starts and none changes its place.
      const waiting = waitingImages(store).filter((run) => run.session_id === session)
      for (const run of [...store.runs.queued(session), ...waiting].reverse()) cancel(run.run_id)
      interrupt(session)
    },
    ended: (id) =>
      new Promise((resolve, reject) => {
        const run = find(id)
        if (isTerminal(run.status)) return resolve(run)
        if (stopped) return reject(new Failure(fault('daemon_stopping', 'Kheish is closing.')))
        waiters.set(id, [...(waiters.get(id) ?? []), resolve])
      }),
    restore() {
      for (const run of store.runs.unfinished()) {
        if (run.status !== 'waiting_for_approval' || run.kind !== 'input' || active.has(run.session_id))
          continue
        take(run).restore()
        restored.add(run.run_id)
        if (store.sessions.get(run.session_id)) store.sessions.update(run.session_id, { activity: 'waiting' })
      }
    },
    resume() {
      if (mayStart()) for (const handle of active.values()) if (handle.isWaiting()) handle.decided()
      for (const session of new Set(store.runs.unfinished().map((run) => run.session_id))) startNext(session)
      pictures.resume()
    },
    activeCount: () => inFlightNow().length + pictures.count(),
    interruptAll() {
      for (const handle of inFlightNow()) handle.stop('interrupt')
      pictures.stopAll('interrupt')
    },
    async stopAll() {
      stopped = true
      for (const undo of late) undo()
      for (const handle of active.values()) handle.stop('shutdown')
      pictures.stopAll('shutdown')
      await atMost(clock, 1_000, [...inFlight])
    },
  }
}

const pastOf: Readonly<Partial<Record<RunRecord['status'], string>>> = {
  completed: 'completed',
  failed: 'failed',
  interrupted: 'been interrupted',
}
