import type { GivenOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import type { RunId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { Approval } from '@contract/permissions'
import type { Accepted, runCalls, RunView } from '@contract/runs'
import { isLost, Lost } from './lost'
import type { Session } from './session'
import type { TextTap } from './text-tap'

export type GivenRun = GivenOf<(typeof runCalls)['sessions.submitRun']>

export interface Followed {
  readonly run: RunView
  readonly message: Message | null
}

/**
 * Hands a run in and follows it to its end; its text goes through the tap. The key of the request makes a repeat find
 * the same run, so the same call goes on with a run after its daemon was restarted. `waits` hears of every call that
 * somebody has to decide, also more than once. Throws `Lost` when the daemon goes.
 */
export async function followRun(
  session: Session,
  request: GivenRun,
  tap: TextTap,
  accepted: (run: RunView) => void,
  waits: (approval: Approval) => void = () => undefined,
): Promise<Followed> {
  let end!: (followed: Followed) => void
  let fail!: (why: unknown) => void
  const ended = new Promise<Followed>((resolve, reject) => {
    end = resolve
    fail = reject
  })
  // Nobody may be waiting any more when it comes.
  ended.catch(() => undefined)
  const early: DaemonEvent[] = []
  let runId: RunId | undefined
  let isCatchingUp = false
  let isBehind = false

  /** What is stored now, from the start of the answer. */
  const ask = async (): Promise<Accepted> => {
    const stored = await session.ask('sessions.submitRun', request)
    const answer = answerOf(stored)
    if (answer) tap.catchUp(answer)
    stored.run.pending_approvals?.forEach(waits)
    if (isOver(stored.run)) end({ run: stored.run, message: answer ?? null })
    return stored
  }
  /** One question at a time; what is missed meanwhile is one more. */
  const catchUp = () => {
    isBehind = true
    if (isCatchingUp) return
    isCatchingUp = true
    const again = async (): Promise<void> => {
      while (isBehind) {
        isBehind = false
        await ask()
      }
    }
    again()
      .catch(fail)
      .finally(() => (isCatchingUp = false))
  }
  const hear = (event: DaemonEvent) => {
    if (!isFollowed(event)) return
    if (runId === undefined) early.push(event)
    else if (event.type === 'run.grew' && event.run_id === runId) {
      if (tap.pour(event.batch) === 'gap') catchUp()
    } else if (event.type === 'run.ended' && event.run.run_id === runId) {
      if (event.message) tap.catchUp(event.message)
      end(event)
    } else if (event.type === 'approval.changed' && event.approval.run_id === runId) waits(event.approval)
  }

  const undo = await session.listen(hear, { session_id: request.session_id, missed: catchUp })
  try {
    const { run } = await ask()
    runId = run.run_id
    accepted(run)
    for (const event of early.splice(0)) hear(event)
    return await Promise.race([
      ended,
      session.lost.then((): never => {
        throw new Lost()
      }),
    ])
  } catch (error) {
    throw isLost(error) ? new Lost() : error
  } finally {
    undo()
  }
}

const isFollowed = ({ type }: DaemonEvent): boolean =>
  type === 'run.grew' || type === 'run.ended' || type === 'approval.changed'

const answerOf = ({ messages }: Accepted): Message | undefined =>
  messages.find((message) => message.role === 'assistant')

export const isOver = ({ status }: Pick<RunView, 'status'>): boolean =>
  status === 'completed' || status === 'failed' || status === 'interrupted' || status === 'cancelled'
