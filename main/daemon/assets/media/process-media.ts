import { kindOf } from '../../core/media-types/media-types'
import type { MediaJob, MediaResult } from '../../ports/media'
import { asFailure } from './as-failure'
import { readSource } from './read-source'

/** How far a job is, in bytes of its source. */
export type Progress = (done: number, all: number) => void

/**
 * Looks at one file, in whatever process this runs in. Each kind's libraries are loaded when the first of it comes.
 * Throws nothing but a `Failure`.
 */
export async function processMedia(job: MediaJob, progress?: Progress): Promise<MediaResult> {
  try {
    const { type, bytes, keep, giveBack } = await readSource(job)
    progress?.(0, bytes.length)
    const take = await takerOf(kindOf(type))
    const taken = await take({
      type,
      bytes,
      keep,
      out: job.out,
      ...(job.keeps_bytes ? { keeps_bytes: job.keeps_bytes } : {}),
      progress: (done) => progress?.(done, bytes.length),
    })
    giveBack()
    return { source_media_type: type, source_byte_length: bytes.length, ...taken }
  } catch (error) {
    throw asFailure(error)
  }
}

async function takerOf(kind: ReturnType<typeof kindOf>) {
  if (kind === 'image') return (await import('./take-picture')).takePicture
  if (kind === 'audio') return (await import('./take-audio')).takeAudio
  return (await import('./take-document')).takeDocument
}
