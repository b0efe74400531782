import { checkAudioFacts, type AudioFacts } from '../../core/media-types/audio-facts'
import { checkAudio } from '../../core/media-types/check-audio'
import type { AcceptedType } from '../../core/media-types/media-types'
import type { Given, Taken } from './taken'

/** Containers whose length only their packets tell. */
const measured: readonly AcceptedType[] = ['audio/webm', 'audio/mpeg', 'audio/mpga', 'audio/mp4', 'audio/m4a']

/** A recording stays as it is (contract 7.4). */
export async function takeAudio(given: Given): Promise<Taken> {
  const { type, bytes } = given
  const known = checkAudio(type, bytes)
  const facts = measured.includes(type) ? { ...known, ...(await measure(bytes)) } : known
  checkAudioFacts(facts)
  const raw = await given.keep()
  const { duration_ms, ...others } = facts
  return { raw, ...others, ...(duration_ms === undefined ? {} : { duration_ms: Math.round(duration_ms) }) }
}

/** What the library finds in the packets; nothing where it finds nothing, for the structure was checked already. */
async function measure(bytes: Uint8Array): Promise<AudioFacts> {
  const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny')
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  try {
    const track = await input.getPrimaryAudioTrack()
    if (!track) return {}
    const seconds = await track.computeDuration()
    return {
      sample_rate: await track.getSampleRate(),
      channels: await track.getNumberOfChannels(),
      ...(Number.isFinite(seconds) && seconds > 0 ? { duration_ms: seconds * 1000 } : {}),
    }
  } catch {
    return {}
  } finally {
    input.dispose()
  }
}
