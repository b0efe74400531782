import { fault } from '@contract/fault'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { SessionView } from '@contract/sessions'
import { Failure } from '../core/failure'
import type { RunRecord, Store } from '../ports/store'

/** Fault: `session_not_found`. */
export function findSession({ sessions }: Pick<Store, 'sessions'>, id: SessionId): SessionView {
  const session = sessions.get(id)
  if (session) return session
  throw new Failure(fault('session_not_found', 'There is no such chat; it may have been deleted.'))
}

/** Fault: `message_not_found`, also for a message of another session. */
export function findMessage(
  { messages }: Pick<Store, 'messages'>,
  session: SessionId,
  id: MessageId,
): Message {
  const message = messages.get(id)
  if (message?.session_id === session) return message
  throw new Failure(fault('message_not_found', 'There is no such message in this chat.'))
}

/** Fault: `run_not_found`. */
export function findRun({ runs }: Pick<Store, 'runs'>, id: RunId): RunRecord {
  const run = runs.get(id)
  if (run) return run
  throw new Failure(fault('run_not_found', 'There is no such run.'))
}
