export interface Level {
  /** Both 0 to 1 of what a sample can hold. */
  readonly rms: number
  readonly peak: number
}

const full = 32_768

export function levelOf(samples: Int16Array): Level {
  let sum = 0
  let peak = 0
  for (const sample of samples) {
    sum += sample * sample
    const size = sample < 0 ? -sample : sample
    if (size > peak) peak = size
  }
  return { rms: samples.length === 0 ? 0 : Math.sqrt(sum / samples.length) / full, peak: peak / full }
}

/** The quietest that is told apart. */
export const quietest = -96

export const decibels = (share: number): number =>
  share <= 0 ? quietest : Math.max(quietest, 20 * Math.log10(share))

/** Where a level stands on a meter, 0 to 1: -60 dB and below is its foot. */
export const meterOf = ({ rms }: Level): number => Math.min(1, Math.max(0, 1 + decibels(rms) / 60))
