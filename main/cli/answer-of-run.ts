import { fault } from '@contract/fault'
import { Refused, type Session } from './session'
import { visibleText } from './text-tap'

/** The text of a run's answer as it is stored. Faults: `run_not_found`, `message_not_found`. */
export async function answerOfRun({ ask }: Session, run_id: string): Promise<string> {
  const { message } = await ask('runs.output', { run_id })
  if (message) return visibleText(message.parts)
  throw new Refused(fault('message_not_found', 'This run has not started; there is no answer yet.'))
}
