/** What is quieter than this throughout is drawn as quiet. */
const least = 24

/** The loudest of each equal stretch of `peaks` (0 to 255) as `count` heights from 0 to 1, against the loudest of all. */
export function barsOf(peaks: Uint8Array, count: number): readonly number[] {
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), least)
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count))
    return peaks.subarray(from, to).reduce((most, peak) => Math.max(most, peak), 0) / loudest
  })
}

/** As one path in a box of `count` by 100; what is silent stays a thin line. */
export const pathOf = (bars: readonly number[]): string =>
  bars
    .map((bar, at) => {
      const height = Math.max(4, 96 * bar)
      return `M${at + 0.18} ${round(50 - height / 2)}h.64v${round(height)}h-.64z`
    })
    .join('')

const round = (value: number): number => Math.round(value * 10) / 10
