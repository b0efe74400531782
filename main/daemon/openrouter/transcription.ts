import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { Access, TranscriptionAsk, Transcript } from '../ports/driver'
import type { Line } from './send'

// PENDING: its owner fills this in.
export async function transcribe(
  _line: Line,
  _access: Access,
  _ask: TranscriptionAsk,
  _signal: AbortSignal,
): Promise<Transcript> {
  throw new Failure(fault('not_ready', 'Not yet.'))
}
