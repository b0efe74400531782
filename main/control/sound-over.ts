import { Failure } from '../daemon/core/failure'
import type { SoundDoor } from '../daemon/ports/recordings'
import { readAnswer, send, unreachable, type Line } from './ask-over'
import { soundPath } from './sound-bytes'

/** Sound to the daemon of another process; answered once it is on the disk there. */
export function soundOver(line: Line, closing: AbortSignal): SoundDoor {
  async function put(path: string, type: string, bytes: Uint8Array): Promise<void> {
    const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const headers = { 'content-type': type, 'content-length': body.byteLength }
    const answered = await send({ ...line, method: 'PUT', path, headers, signal: closing }, body)
      .then(readAnswer)
      .catch((error: unknown) => {
        throw new Failure(unreachable(error), { cause: error })
      })
    if (!answered.ok) throw new Failure(answered.fault)
  }
  return {
    keepSound: ({ recording_id, segment, from_sample, samples }) =>
      put(
        `${soundPath(recording_id, segment, 'sound')}?from_sample=${String(from_sample)}`,
        'audio/l16',
        samples,
      ),
    keepSegment: ({ recording_id, segment, media_type, bytes }) =>
      put(soundPath(recording_id, segment, 'bytes'), media_type, bytes),
  }
}
