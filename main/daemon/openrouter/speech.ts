import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { Access, SpeechAsk, SpeechMade } from '../ports/driver'
import type { Line } from './send'

// PENDING: its owner fills this in.
export async function speak(
  _line: Line,
  _access: Access,
  _ask: SpeechAsk,
  _signal: AbortSignal,
): Promise<SpeechMade> {
  throw new Failure(fault('not_ready', 'Not yet.'))
}
