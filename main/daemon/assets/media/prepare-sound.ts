import { readFile } from 'node:fs/promises'
import { invalid } from '../../core/media-types/refuse'
import type { SoundJob, SoundParts } from '../../ports/media'
import { asFailure } from './as-failure'
import { cutPackets } from './cut-packets'
import { decodeSound } from './decode-sound'
import { writeSpeechParts } from './write-speech-parts'

/**
 * Makes a recording ready to be sent (contract 10.3). Decoded and cut between two samples where that can be done here;
 * cut between two packets where it can't (AAC, FLAC, Vorbis). Throws nothing but a `Failure`.
 */
export async function prepareSound(job: SoundJob): Promise<SoundParts> {
  try {
    const bytes = await readFile(job.source)
    const decoded = await decodeSound(job.media_type, bytes)
    const parts = decoded ? await writeSpeechParts(job, decoded) : await cutPackets(job, bytes)
    if (parts.length > 0) return { parts }
    throw invalid('sound_unreadable', 'There is no sound in this recording that can be read')
  } catch (error) {
    throw asFailure(error)
  }
}
