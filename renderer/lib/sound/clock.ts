/** `0:07`, `12:30`, `1:02:03`: a place in a recording, in whole seconds that have passed. */
export function clockOf(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

export const playbackSpeeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const

/** The next speed that is faster (1) or slower (-1); the same at either end. */
export function speedBeside(speed: number, by: 1 | -1): number {
  const beside =
    by === 1 ? playbackSpeeds.find((each) => each > speed) : playbackSpeeds.findLast((each) => each < speed)
  return beside ?? speed
}
