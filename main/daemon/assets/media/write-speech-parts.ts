import { speechRate, toPcm16 } from '../../core/audio/resample'
import { wavHeader } from '../../core/audio/wav-header'
import type { SoundJob, SoundParts } from '../../ports/media'
import { writeMade } from './write-made'

/** 16 kHz mono WAVs, one after the other; a part ends where it is full. */
export async function writeSpeechParts(
  { out, part_ms }: Pick<SoundJob, 'out' | 'part_ms'>,
  sound: AsyncIterable<Float32Array> | Iterable<Float32Array>,
): Promise<SoundParts['parts']> {
  const longest = Math.max(1, Math.floor((part_ms * speechRate) / 1000))
  const parts: SoundParts['parts'][number][] = []
  let pieces: Uint8Array[] = []
  let held = 0
  let before = 0

  async function close(): Promise<void> {
    const bytes = Buffer.concat([wavHeader({ sample_rate: speechRate, channels: 1 }, held * 2), ...pieces])
    const made = await writeMade(out, `part-${String(parts.length + 1)}.wav`, 'audio/wav', bytes)
    const [from_ms, to_ms] = [before, before + held].map((at) => Math.round((at * 1000) / speechRate))
    parts.push({ ...made, format: 'wav', from_ms: from_ms ?? 0, to_ms: to_ms ?? 0 })
    before += held
    held = 0
    pieces = []
  }

  for await (const samples of sound) {
    for (let at = 0; at < samples.length;) {
      const some = samples.subarray(at, at + longest - held)
      pieces.push(toPcm16(some))
      held += some.length
      at += some.length
      if (held === longest) await close()
    }
  }
  if (held > 0) await close()
  return parts
}
