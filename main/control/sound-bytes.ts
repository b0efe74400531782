import { fault } from '@contract/fault'
import { segmentTypes, type SegmentType } from '@contract/recordings'
import { Failure } from '../daemon/core/failure'
import { respond } from './respond'
import type { Asked } from './serve-bytes'

/** Bytes of one piece or of one encoded segment, at most. */
export const largestSound = 32 * 1024 * 1024

const places = /^\/v1\/recordings\/([A-Za-z0-9_-]{1,100})\/segments\/(\d{1,6})\/(sound|bytes)$/

/** Where a recorder's sound goes: `sound` for a piece (`from_sample` as query), `bytes` for an encoded segment. */
export const soundPath = (recording: string, segment: number, what: 'sound' | 'bytes'): string =>
  `/v1/recordings/${encodeURIComponent(recording)}/segments/${String(segment)}/${what}`

/** Undefined: the place is none of these. Faults as of `SoundDoor`. */
export function serveSound(asked: Asked): Promise<() => unknown> | undefined {
  const [, recording_id, segment, what] = places.exec(asked.path) ?? []
  if (asked.request.method !== 'PUT' || recording_id === undefined) return undefined
  return take(asked, { recording_id, segment: Number(segment) }, what === 'sound')
}

async function take(
  { daemon, request, response, query }: Asked,
  place: { readonly recording_id: string; readonly segment: number },
  isPiece: boolean,
) {
  const { sound } = daemon
  const from_sample = Number(/^from_sample=(\d{1,12})$/.exec(query)?.[1] ?? NaN)
  const said = request.headers['content-type']
  const media_type = segmentTypes.find((type): type is SegmentType => type === said)
  if (isPiece ? Number.isNaN(from_sample) : query !== '' || media_type === undefined)
    throw refused(isPiece ? 'A piece says its from_sample.' : `A segment is ${segmentTypes.join(' or ')}.`)
  const bytes = await bodyOf(request)
  if (isPiece) await sound.keepSound({ ...place, from_sample, samples: bytes })
  else if (media_type) await sound.keepSegment({ ...place, media_type, bytes })
  return () => respond(response, { ok: true, value: undefined })
}

async function bodyOf(request: Asked['request']): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  // Ending the loop early must not end the connection: the refusal still has to be said.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length
    // What nobody wants is read all the same, within limits: whoever still sends would not hear the answer.
    if (size <= largestSound) chunks.push(chunk as Buffer)
    else if (size > 2 * largestSound) break
  }
  if (size > largestSound)
    throw new Failure(fault('body_too_large', 'A piece of sound holds 32 MiB at most.'))
  return Buffer.concat(chunks, size)
}

const refused = (detail: string) =>
  new Failure(fault('call_refused', detail, { call: 'recordings.endSegment' }))
