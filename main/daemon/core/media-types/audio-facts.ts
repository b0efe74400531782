import { must } from './refuse'

/** What is known of a recording. */
export interface AudioFacts {
  /** Hertz. */
  readonly sample_rate?: number
  readonly channels?: number
  readonly duration_ms?: number
}

const longest_s = 30 * 60

/** Limits of contract 7.3 for what is known. Checks: `audio_sample_rate`, `audio_channels`, `audio_duration`. */
export function checkAudioFacts({ sample_rate, channels, duration_ms }: AudioFacts): void {
  if (sample_rate !== undefined)
    must(
      sample_rate >= 8_000 && sample_rate <= 192_000,
      'audio_sample_rate',
      `This recording has ${String(sample_rate)} samples a second; from 8,000 to 192,000 are taken`,
    )
  if (channels !== undefined)
    must(
      channels >= 1 && channels <= 8,
      'audio_channels',
      `This recording has ${String(channels)} channels; from 1 to 8 are taken`,
    )
  if (duration_ms !== undefined)
    must(
      Math.ceil(duration_ms / 1000) <= longest_s,
      'audio_duration',
      `This recording is ${String(Math.ceil(duration_ms / 60_000))} minutes long; 30 are the most that is taken`,
    )
}
