import { packWithLame, speakWithFlite } from './programs'
import { deliveredRate, resampled, toPcm } from './samples'
import { hum, hummedMp3 } from './syllables'

/** How something is said. `plain`: hummed, whatever programs there are, and the same each time. */
export interface Manner {
  readonly voice: string
  readonly speed: number
  readonly plain: boolean
}

/** A text as samples: 24 kHz, mono, signed, 16 bits, little-endian. */
export async function pcmOf(text: string, manner: Manner): Promise<Buffer> {
  return toPcm((await soundOf(text, manner)).samples)
}

/** A text as MP3. */
export async function mp3Of(text: string, manner: Manner): Promise<Buffer> {
  const packed = manner.plain ? undefined : await packWithLame(await soundOf(text, manner))
  return packed ?? hummedMp3(text, manner.speed)
}

async function soundOf(text: string, { voice, speed, plain }: Manner) {
  const number = [...voice].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)
  const spoken = plain ? undefined : await speakWithFlite(text, number, speed)
  return spoken ? resampled(spoken, deliveredRate) : hum(text, speed)
}
