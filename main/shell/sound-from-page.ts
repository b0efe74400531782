import { takes } from '@contract/define'
import type { Answer } from '@contract/fault'
import { RecordingId } from '@contract/ids'
import { segmentTypes } from '@contract/recordings'
import { z } from 'zod'
import type { SoundDoor } from '../daemon/ports/recordings'
import type { Speaker } from './origin'
import { serveCall } from './serve'

/** Bytes of one piece, 65 seconds, and of one encoded segment at most. */
const largestPiece = 2 * 1024 * 1024
const largestSegment = 25 * 1024 * 1024

const bytesUpTo = (most: number) =>
  z.instanceof(ArrayBuffer).refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= most)

const place = { recording_id: RecordingId, segment: z.int().min(0).max(100_000) }
const Piece = z.strictObject({
  ...place,
  from_sample: z.int().min(0),
  samples: bytesUpTo(largestPiece).refine((bytes) => bytes.byteLength % 2 === 0),
})
const Segment = z.strictObject({
  ...place,
  media_type: z.enum(segmentTypes),
  bytes: bytesUpTo(largestSegment),
})
const calls = {
  'Bridge.keepSound': takes(() => Piece).returns<null>(),
  'Bridge.keepSegment': takes(() => Segment).returns<null>(),
}

/** Answers sound that came through the doorway once it is on the disk. Faults as of `Bridge`, and `call_refused`. */
export const serveSound = (
  sound: SoundDoor,
  report: (surprise: unknown) => string,
  from: Speaker,
  name: keyof typeof calls,
  raw: unknown,
): Promise<Answer<unknown>> =>
  serveCall({ calls, run: (_, given) => keep(sound, given), report }, from, name, raw)

/** `serveCall` has parsed it with one of the schemas above. */
async function keep(sound: SoundDoor, given: unknown): Promise<null> {
  const parsed = given as z.output<typeof Piece> | z.output<typeof Segment>
  if ('samples' in parsed) await sound.keepSound({ ...parsed, samples: new Uint8Array(parsed.samples) })
  else await sound.keepSegment({ ...parsed, bytes: new Uint8Array(parsed.bytes) })
  return null
}
