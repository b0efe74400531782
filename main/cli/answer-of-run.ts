import { fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import { Refused, type Session } from './session'
import { visibleText } from './text-tap'

const pageSize = 200

/** The text of a run's answer as it is stored. Faults: `run_not_found`, `message_not_found`. */
export async function answerOfRun({ ask }: Session, run_id: string): Promise<string> {
  const { session_id, assistant_message_id: id } = await ask('runs.get', { run_id })
  if (id === null) throw none('This run has no answer.')
  let before: MessageId | undefined
  for (;;) {
    const { messages, has_more } = await ask('sessions.transcript', { session_id, before, limit: pageSize })
    const found = messages.find((message) => message.message_id === id)
    if (found) return visibleText(found.parts)
    if (!has_more)
      throw none('Another version of this answer is shown in its chat; choose this one there first.')
    before = messages[0]?.message_id
  }
}

const none = (detail: string) => new Refused(fault('message_not_found', detail))
