import { InvalidArgumentError } from 'commander'

/** An age said like 12h or 7d, in milliseconds; days without a unit. */
export function ageOf(text: string): number {
  const [, count, unit = 'd'] = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)?$/u.exec(text) ?? []
  if (count === undefined) throw new InvalidArgumentError('Say it like 12h or 7d.')
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
  return Number(count) * (units[unit] ?? 1)
}
