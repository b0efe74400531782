/** Order statistics of a sample. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  const place = (sorted.length - 1) * at
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? low
  return low + (high - low) * (place - Math.floor(place))
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))

/** One line of the bench table. */
export interface Row {
  readonly bench: string
  readonly figure: string
  readonly measured: number
  readonly unit: string
  /** The bare reference of the same run. */
  readonly reference?: number
  readonly goal: string
  readonly reached: boolean | null
  readonly note?: string
}
