import type { Fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import { Failure } from '../core/failure'
import type { Happened } from '../core/runs/step'
import type { Access, ChatEvent } from '../ports/driver'
import type { AttemptCapture, Outcome, RunCapture } from '../ports/evidence'
import type { LeaseKey } from '../ports/leases'
import type { RunRecord } from '../ports/store'
import { chatTurn } from './chat-turn'
import { faultOf } from './fault-of'
import type { GrowingAnswer } from './growing-answer'
import type { RunPorts } from './run-ports'
import type { Tally } from './tally'
import type { PinWatch } from './watch-pin'

/** What requests to the model share within a run. */
export interface Asking {
  readonly run: RunRecord
  readonly answer: GrowingAnswer
  readonly tally: Tally
  readonly pin: PinWatch
  readonly signal: AbortSignal
  readonly isOver: () => boolean
  readonly tell: (happened: Happened) => void
}

/** Asks the model, turn by turn. What is returned never rejects: the end of a request is told. */
export function modelOf(on: RunPorts, asking: Asking): (number: number) => Promise<void> {
  const { run, answer, tally, pin, signal, isOver, tell } = asking
  let kept: RunCapture | undefined

  function hear(event: ChatEvent): void {
    tally.hear(event)
    switch (event.is) {
      case 'accepted':
        return tell({ is: 'accepted' })
      case 'waiting':
        return tell({ is: 'waiting' })
      case 'grew':
        return answer.hear(event.deltas)
      case 'finished': {
        // An answer that was cut off or blocked does not mean what it asks for.
        const isMeant = event.reason !== 'length' && event.reason !== 'content_filter'
        return tell({ is: 'finished', calls: isMeant ? answer.turn.calls : 0 })
      }
    }
  }

  async function lookAtPin(): Promise<Fault | undefined> {
    const { fault: stray, ...seen } = await pin.look(tally.now())
    tally.add(seen)
    return stray
  }

  function refuseSpending(number: number): void {
    const refusal = number > 1 ? on.spending.refusal() : undefined
    if (refusal) throw new Failure(refusal)
  }

  /** One attempt. The key is read from the keychain each time, so a fresh one needs nothing more. */
  return async (number) => {
    let attempt: AttemptCapture | undefined
    /** Before the run's end is told, so that its evidence is there by then. */
    const put = (how: Outcome['how'], why?: Fault): void => {
      const { base } = answer.turn
      const parts = () =>
        on.store.messages.get(run.assistant_message_id as MessageId)?.parts.slice(base) ?? []
      attempt?.ended({ how, parts, receipt: tally.receipt(), ...(why ? { fault: why } : {}) })
      attempt = undefined
    }
    try {
      refuseSpending(number)
      const [access, capture] = await Promise.all([openAccess(on.lease, run), kept ?? on.evidence.open(run)])
      kept = capture
      if (isOver()) return
      answer.begin(number)
      const asked = chatTurn(on, run)
      attempt = capture?.attempt(asked, number)
      pin.prepare(access, signal)
      let stray: Fault | undefined
      for await (const event of on.driver.streamChat(access, asked, signal, attempt)) {
        if (isOver()) return
        // What is said about an answer, its end for instance, is heard after the answer itself.
        if (event.is !== 'grew') answer.flush()
        if (!answer.refusal) hear(event)
        if (answer.refusal) throw answer.refusal.error
        if (event.is === 'served') {
          stray = await lookAtPin()
          if (event.goes_on) continue
        }
        // What came along was paid for and is kept; nothing more is let in.
        if (stray) throw new Failure(stray)
      }
      answer.flush()
      if (answer.refusal) throw answer.refusal.error
      put('closed')
      tell({ is: 'closed' })
    } catch (error) {
      if (isOver()) return
      answer.flush()
      const why = faultOf(answer.refusal ? answer.refusal.error : error, on.log.surprise)
      put('failed', why)
      tell({ is: 'failed', fault: why, chance: on.ids.chance() })
    } finally {
      put('stopped')
    }
  }
}

/** A key that was changed while the keychain answered is read once more. */
async function openAccess(lease: LeaseKey, run: RunRecord): Promise<Access> {
  const subject = `session:${run.session_id}`
  const leased = await lease(run.route_id, subject)
  const isGood = leased.view()?.active ?? true
  return isGood ? leased.open() : (await lease(run.route_id, subject)).open()
}
